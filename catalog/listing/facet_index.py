"""Index of the certifications that each choice selects, kept while content and day stand.

A set of certifications is one integer: bit i is the i-th certification in the guide's order.
Counting and combining thousands of certifications then costs next to nothing, and no page asks the
database for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from catalog.listing.filters import NONE, CertificationFilter
from catalog.models import Certification, Provider, Tier
from catalog.models.guide import content_version

UNKNOWN = "unknown"  # the choice, beside a limit, of certifications whose cost or time is not known

CertificationSet = int


class LimitFilter(NamedTuple):
    """A parameter that limits an amount: its column, and what it and its unit are called."""

    column: str
    label: str
    unit: str
    noun: str  # what a certification may not have


LIMITS = {
    "cost_max": LimitFilter("total_usd", "Total cost", "US dollars", "price"),
    "months_max": LimitFilter("months_min", "Study time", "months", "study time"),
}


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What facets, limits and sorting look at; None is unknown."""

    pk: int
    slug: str
    name: str
    tier: str
    provider: str
    platform: str
    kind: str
    status: str
    total_usd: Decimal | None
    months_min: int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A parameter with its choices, value and label, in the order in which they are shown."""

    name: str
    label: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Index:
    """All certifications on one day, in the guide's order.

    `chosen[parameter][value]` is the set of certifications that a choice selects.
    """

    version: str
    day: date
    rows: tuple[IndexRow, ...]
    facets: tuple[Facet, ...]
    chosen: Mapping[str, Mapping[str, CertificationSet]]

    @property
    def everything(self) -> CertificationSet:
        """The set of all certifications."""
        return (1 << len(self.rows)) - 1

    @cached_property
    def position(self) -> Mapping[int, int]:
        """The place of each certification in the guide's order, by primary key."""
        return {row.pk: place for place, row in enumerate(self.rows)}

    @cached_property
    def name_of(self) -> Mapping[str, str]:
        """The names of the certifications, by slug."""
        return {row.slug: row.name for row in self.rows}

    def set_of(self, keys: Iterable[int]) -> CertificationSet:
        """The set of the certifications with these primary keys."""
        return _set_of(self.position[key] for key in keys if key in self.position)

    def within(self, parameter: str, limit: Decimal) -> CertificationSet:
        """The certifications known to be within a limit."""
        union = 0
        for amount, certifications in self._by_amount[parameter].items():
            if amount is not None and amount <= limit:
                union |= certifications
        return union

    def without_amount(self, parameter: str) -> CertificationSet:
        """The certifications whose cost or time is not known."""
        return self._by_amount[parameter].get(None, 0)

    def in_order(self, certifications: CertificationSet, sort: str) -> list[int]:
        """The primary keys of a set of certifications, sorted; unknown amounts come last."""
        bits = f"{certifications:b}"[::-1].ljust(len(self.rows), "0")
        return [self.rows[place].pk for place in self._orders[sort] if bits[place] == "1"]

    @cached_property
    def _orders(self) -> Mapping[str, list[int]]:
        places = list(range(len(self.rows)))

        def by_amount(column: str) -> list[int]:
            amounts = [getattr(row, column) for row in self.rows]
            return sorted(places, key=lambda i: (amounts[i] is None, amounts[i] or 0))

        return {
            "signal": places,
            "cost": by_amount("total_usd"),
            "time": by_amount("months_min"),
            "name": sorted(places, key=lambda i: self.rows[i].name.casefold()),
        }

    @cached_property
    def _by_amount(self) -> Mapping[str, Mapping[Decimal | None, CertificationSet]]:
        return {name: sets_by(self.rows, limit.column) for name, limit in LIMITS.items()}


def sets_by(rows: Iterable[IndexRow], column: str) -> dict[Any, CertificationSet]:
    """The certifications by what they have in a column."""
    places: dict[Any, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[getattr(row, column)].append(place)
    return {value: _set_of(those) for value, those in places.items()}


def _set_of(places: Iterable[int]) -> CertificationSet:
    # Adding up 1 << place would copy the growing number for every certification.
    chosen = set(places)
    size = max(chosen, default=0) // 8 + 1
    bits = bytearray(size)
    for place in chosen:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def current_index(today: date) -> Index:
    """The index of the content as it stands, on a day."""
    return _build(content_version(), today)


@lru_cache(maxsize=2)
def _build(version: str, today: date) -> Index:
    certifications = list(
        Certification.objects.in_guide_order().select_related("lifecycle", "price")
    )
    rows, filters = rows_of(certifications, today), CertificationFilter(certifications, today=today)
    position = {row.pk: place for place, row in enumerate(rows)}
    facets, chosen = [], {"cert": sets_by(rows, "slug")}
    for name, facet in filters.filters.items():
        choices = filters.choices_of(name)
        facets.append(Facet(name, str(facet.label), choices))
        chosen[name] = {
            value: _set_of(position[key] for key in filters.selected_by(name, value))
            for value in choices
        }
    return Index(version, today, rows, tuple(facets), chosen)


def rows_of(certifications: Iterable[Certification], day: date) -> tuple[IndexRow, ...]:
    """What these certifications are on a day."""
    tiers = dict(Tier.objects.values_list("pk", "slug"))
    providers = dict(Provider.objects.values_list("pk", "slug"))
    return tuple(
        IndexRow(
            each.pk,
            each.slug,
            each.name,
            tier=tiers.get(each.tier_id or 0, NONE),
            provider=providers.get(each.provider_id or 0, NONE),
            platform=each.platform or NONE,
            kind=each.kind,
            status=each.status_on(day),
            total_usd=each.total_usd,
            months_min=each.months_min,
        )
        for each in certifications
    )
