"""Kinds and criteria for a certificate that the catalogue does not have."""

from dataclasses import dataclass

from catalog.listing.facet_index import Index
from catalog.listing.filters import NOT_RATED
from catalog.listing.list_query import DEFAULTS
from catalog.models import Certification, Quotation, Statement
from catalog.row_cache import cards_by_key, quotations


@dataclass(frozen=True, slots=True)
class NotFound:
    """The categories that it may be one of, and the guide's criteria to judge it by."""

    categories: list[Certification]
    criteria: list[Statement]


def not_found(index: Index) -> NotFound:
    """Return what helps where a search or a learner names what is not in the catalogue."""
    quoted = quotations(index.version)
    criteria = [quoted[place] for place in Quotation.CRITERIA if place in quoted]
    return NotFound(judged_kinds(index), criteria)


def judged_kinds(index: Index) -> list[Certification]:
    """Return the categories that the guide judges, in its order."""
    categories = index.chosen["kind"].get(Certification.Kind.CATEGORY, 0)
    keys = index.in_order(categories & ~index.chosen["rated"].get(NOT_RATED, 0), DEFAULTS["sort"])
    return [*cards_by_key(index.version, keys).values()]
