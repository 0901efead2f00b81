"""The order of statements: section by section, so that no heading is printed twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.models import Statement

CANONICAL = {section: place for place, section in enumerate(Statement.Section.values)}


@dataclass(frozen=True)
class Placed:
    """A statement on its way into a list; without an order it goes last in its section."""

    section: str
    order: int | None
    is_moved: bool = False  # it goes before a statement that has the same number

    def rank(self, sections: Sequence[str]) -> tuple[int, bool, int, bool]:
        place = sections.index(self.section)
        return place, self.order is None, self.order or 0, not self.is_moved


def orders_of(rows: Sequence[Placed], *, known: Sequence[str] = ()) -> list[int]:
    """The order number of each row; the rows keep their numbers if these are in order already.

    `known` are the sections that the list had, in their order; a new one goes where the guide
    usually has it.
    """
    sections = _with_new(known, [row.section for row in rows])
    places = sorted(range(len(rows)), key=lambda place: rows[place].rank(sections))
    numbers = [rows[place].order for place in places]
    given = [number for number in numbers if number is not None]
    if len(given) == len(rows) and all(a < b for a, b in pairwise(given)):
        return [row.order or 0 for row in rows]
    orders = dict(zip(places, range(1, len(rows) + 1), strict=True))
    return [orders[place] for place in range(len(rows))]


def _with_new(known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    sections = [*dict.fromkeys(known)]
    for section in sorted({*wanted} - {*known}, key=CANONICAL.__getitem__):
        before = [s for s in sections if CANONICAL[s] < CANONICAL[section]]
        sections.insert(sections.index(before[-1]) + 1 if before else 0, section)
    return sections
