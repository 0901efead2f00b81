"""Kinds and criteria for a certificate that the catalogue does not have."""

from dataclasses import dataclass

from catalog.models import Certification, Quotation, Statement
from catalog.row_cache import judged_kinds, quotations


@dataclass(frozen=True, slots=True)
class NotFound:
    """The categories that it may be one of, and the guide's criteria to judge it by."""

    categories: list[Certification]
    criteria: list[Statement]


def not_found(version: str) -> NotFound:
    """Return what helps where a search or a learner names what is not in the catalogue."""
    quoted = quotations(version)
    criteria = [quoted[place] for place in Quotation.CRITERIA if place in quoted]
    return NotFound(judged_kinds(version), criteria)
