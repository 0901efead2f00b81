"""The intersections of sets in a diagram, beside those of dd."""

from collections.abc import Callable
from itertools import product
from random import Random

from dd.bdd import BDD

from advisor.domain.sheet_diagram import NONE, SheetDiagram

NAMES = "abcde"


def made(diagram: BDD, both: Callable[[int, int], int]) -> list[int]:
    """Intersections of random sets and complements, each of two of those before."""
    diagram.declare(*NAMES)
    random, sets = Random(1), [1, *(diagram.var(name) for name in NAMES)]
    for _ in range(200):
        one, other = (random.choice(sets) * random.choice((1, -1)) for _ in range(2))
        sets.append(both(one, other))
    return sets


def table(diagram: BDD, sets: list[int]) -> list[list[bool]]:
    rows = []
    for values in product((False, True), repeat=len(NAMES)):
        row = dict(zip(NAMES, values, strict=True))
        rows.append([diagram.let(row, each) == 1 for each in sets])
    return rows


def test_intersections_are_those_of_dd() -> None:
    own, theirs = SheetDiagram(), BDD()  # type: ignore[abstract]  # dd declares what it lacks
    found = made(own, own.both)
    expected = made(theirs, lambda one, other: theirs.ite(one, other, -1))
    assert table(own, found) == table(theirs, expected)
    # Equal sets are the same edge: that is how they are compared.
    assert len(set(found)) == len(set(expected))


def test_diagram_may_have_a_level_for_each_of_many_certifications_held() -> None:
    diagram = SheetDiagram()  # type: ignore[abstract]
    diagram.declare(*(f"held={number}" for number in range(1_500)))
    last = diagram.var("held=1499")
    every, but_last = last, -last
    for number in reversed(range(1_499)):
        held = diagram.var(f"held={number}")
        every, but_last = diagram.both(held, every), diagram.both(held, but_last)
    assert diagram.both(every, but_last) == NONE
