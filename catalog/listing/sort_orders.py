"""The orders in which a list can be sorted."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from catalog.text_folding import fold

LEADING_SIGNS = re.compile(r"^[\W_]+")  # a quotation mark before a name does not count


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A certification as limits, sorting and facets see it on a day; None is unknown.

    `choices` has the value of each facet, in their order.
    """

    pk: int
    slug: str
    name: str
    total_usd: Decimal | None
    months_min: int | None
    choices: tuple[str, ...]


def by_signal(rows: Sequence[IndexRow]) -> list[int]:
    """The places of rows in the guide's order, as they are."""
    return list(range(len(rows)))


def by_cost(rows: Sequence[IndexRow]) -> list[int]:
    return _by_amount([row.total_usd for row in rows])


def by_time(rows: Sequence[IndexRow]) -> list[int]:
    return _by_amount([row.months_min for row in rows])


def by_name(rows: Sequence[IndexRow]) -> list[int]:
    return sorted(by_signal(rows), key=lambda place: LEADING_SIGNS.sub("", fold(rows[place].name)))


def _by_amount(amounts: Sequence[Decimal | int | None]) -> list[int]:
    """The places of amounts, the least first; those that are not known come last."""
    places = range(len(amounts))
    return sorted(places, key=lambda place: (amounts[place] is None, amounts[place] or 0))


class SortOrder(NamedTuple):
    """An order: its label, and the function that puts the places of rows in this order."""

    label: str
    places_of: Callable[[Sequence[IndexRow]], list[int]]


SORTS: Mapping[str, SortOrder] = {
    "signal": SortOrder("Signal", by_signal),
    "cost": SortOrder("Cost", by_cost),
    "time": SortOrder("Study time", by_time),
    "name": SortOrder("Name", by_name),
}
