"""The choices on the page of a list: facets and limits to set, applied filters to remove."""

from dataclasses import dataclass

from catalog.listing.facet_index import CertificationSet, LimitFilter


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
