"""The choices on the page of a list: facets and limits to set, applied filters to remove."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.listing.facet_index import LIMITS, UNKNOWN, CertificationSet, LimitFilter
from catalog.listing.list_query import ListQuery
from catalog.models import Certification


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A choice of a facet, with the number of certifications that it has or would add."""

    name: str
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LimitChoice:
    """A limit on cost or time, with the certifications whose amount is not known."""

    name: str
    limit: LimitFilter
    value: str
    has_unknown: bool
    unknown_count: int


@dataclass(frozen=True, slots=True)
class HiddenByLimits:
    """The certifications that limits hide because an amount is not known.

    `show_url` is the list with them.
    """

    noun: str
    count: int
    show_url: str


@dataclass(frozen=True, slots=True)
class Chip:
    """An applied filter, with the URL that removes it and the certifications without it."""

    label: str
    remove_url: str
    without: CertificationSet

    @property
    def count_without(self) -> int:
        return self.without.bit_count()


def may_exceed_limits(
    query: ListQuery, certifications: Iterable[Certification]
) -> list[Certification]:
    """The certifications whose longest time, or the cost of it, is over the limits."""
    given = {name: [v for v in query.values.get(name, ()) if v != UNKNOWN] for name in LIMITS}
    most = {name: Decimal(values[0]) for name, values in given.items() if values}
    found = []
    for certification in certifications if most else ():
        amounts = {"cost_max": certification.most_usd, "months_max": certification.months_max}
        if any((amounts[name] or 0) > limit for name, limit in most.items()):
            found.append(certification)
    return found
