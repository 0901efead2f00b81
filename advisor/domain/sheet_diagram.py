"""The decision diagram of sets of sheets: dd's, with the two steps that take most of its time."""

import sys
from typing import Any

from dd.bdd import BDD

# A diagram has a level for each certification that can be held, and takes two calls a level, which
# Python ends at 1,000. Of 4,000 calls each may even take its part of a thread's stack of 2 MB.
sys.setrecursionlimit(4_000)

Edge = int  # to a node; the complement of a set is its negative
ALL: Edge = 1
NONE: Edge = -1


class SheetDiagram(BDD):
    """A diagram of dd that keeps all its nodes, so it need not count what refers to them.

    With that, and an intersection of its own, comparing two rulebooks takes a third of the time.
    """

    def __init__(self) -> None:
        """Make a diagram without levels."""
        super().__init__()
        self._intersections: dict[tuple[Edge, Edge], Edge] = {}

    def __del__(self) -> None:
        """Leave out dd's search for nodes that nothing refers to."""

    def find_or_add(self, level: int, low: Edge, high: Edge) -> Edge:
        """Return the set that is `low` where the level is false, and `high` where it is true."""
        if low == high:
            return low
        sign = 1
        if high < 0:  # of a set and its complement one is kept
            low, high, sign = -low, -high, -1
        node = (level, low, high)
        number: Edge | None = self._pred.get(node)
        if number is None:
            number = self._pred[node] = len(self._succ) + 1
            self._succ[number] = node
        return sign * number

    def both(self, one: Edge, other: Edge) -> Edge:
        """Return the intersection of two sets."""
        if other in (one, ALL):
            return one
        if one == ALL:
            return other
        if NONE in (one, other) or one == -other:
            return NONE
        pair = (one, other) if one < other else (other, one)
        found = self._intersections.get(pair)
        if found is None:
            found = self._intersections[pair] = self._intersection(one, other)
        return found

    def _intersection(self, one: Edge, other: Edge) -> Edge:
        nodes: Any = self._succ
        level, low, high = nodes[abs(one)]
        at, left, right = nodes[abs(other)]
        if one < 0:
            low, high = -low, -high
        if other < 0:
            left, right = -left, -right
        if level < at:
            left = right = other
        elif at < level:
            level, low, high = at, one, one
        return self.find_or_add(level, self.both(low, left), self.both(high, right))
