"""The index: which certifications each choice selects, cached while content and day stand.

A set of certifications is one integer: bit i is the i-th certification in the guide's order.
Counting and combining thousands of certifications then costs next to nothing, and no page asks the
database for it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from catalog.certification_rows import MOST_KEPT, Row, certification_of, certification_rows
from catalog.editorial.content_version import content_version
from catalog.listing.filters import FACETS
from catalog.listing.sort_orders import SORTS, IndexRow
from catalog.models import Certification

UNKNOWN = "unknown"  # the choice, beside a limit, of certifications whose cost or time is not known

CertificationSet = int
Value = TypeVar("Value", bound=Hashable)


class LimitFilter(NamedTuple):
    """A parameter that limits an amount: the column it looks at, and its words."""

    column: str
    label: str
    unit: str
    noun: str  # what a certification may not have


LIMITS = {
    "cost_max": LimitFilter("total_usd", "Total cost", "US dollars", "price"),
    "months_max": LimitFilter("months_min", "Study time", "months", "study time"),
}


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
        return {sort: order.places_of(self.rows) for sort, order in SORTS.items()}

    @cached_property
    def _by_amount(self) -> Mapping[str, Mapping[Decimal | None, CertificationSet]]:
        return {
            name: sets_by(getattr(row, limit.column) for row in self.rows)
            for name, limit in LIMITS.items()
        }


def sets_by(values: Iterable[Value]) -> dict[Value, CertificationSet]:
    """The set of certifications for each value, from the value of each in the guide's order."""
    places: dict[Value, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        places[value].append(place)
    return {value: _set_of(found) for value, found in places.items()}


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


@lru_cache(maxsize=1)
def _build(version: str, today: date) -> Index:
    rows = tuple(_row_of(row, today) for row in certification_rows())
    facets = tuple(Facet(name, str(facet.label), facet.choices) for name, facet in FACETS.items())
    choices: dict[str, Iterable[str]] = {facet.name: facet.choices for facet in facets}
    choices["cert"] = [row.slug for row in rows]
    return Index(version, today, rows, facets, sets_by_choice(rows, choices))


@lru_cache(maxsize=MOST_KEPT)
def _row_of(row: Row, day: date) -> IndexRow:
    return index_row(certification_of(row), day)


def index_row(certification: Certification, day: date) -> IndexRow:
    """The row of a certification in the index of a day."""
    return IndexRow(
        certification.pk,
        certification.slug,
        certification.name,
        total_usd=certification.total_usd,
        months_min=certification.months_min,
        choices=tuple(str(facet.value_of(certification, day)) for facet in FACETS.values()),
    )


def sets_by_choice(
    rows: Sequence[IndexRow], choices: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, CertificationSet]]:
    """The set of rows that each choice of each parameter selects."""
    values_by_parameter = {
        name: [row.choices[place] for row in rows] for place, name in enumerate(FACETS)
    }
    values_by_parameter["cert"] = [row.slug for row in rows]
    chosen = {}
    for parameter, values in choices.items():
        sets = sets_by(values_by_parameter[parameter])
        chosen[parameter] = {value: sets.get(value, 0) for value in values}
    return chosen
