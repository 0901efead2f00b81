"""Geometry of the signal map: study time against total cost, one band for each tier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby
from math import ceil, log10
from textwrap import wrap

from catalog.lifecycle import Status
from catalog.models import Certification, Tier

MAX_POINTS = 60
WIDTHS = (220, 470, 1200)  # a plane's least, roomy, greatest: clear at two is clear between them
HEIGHT, REACH, LINE = 180, 12, 15  # a plane's least; a point's, for fingers; that of a label's line
LINE_LETTERS, MAX_LINES = 25, 3
NARROW_LETTERS = frozenset(" .,:;'|()[]-fijlrtI")


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels: left and right at each of WIDTHS, top and bottom at all."""

    spans: tuple[tuple[float, float], ...]
    top: float
    bottom: float

    def is_beside(self, other: "Box", *, start: int = 0) -> bool:
        """Whether the two could be level, at every width from the one at `start`."""
        pairs = list(zip(self.spans[start:], other.spans[start:], strict=True))
        return all(a[1] <= b[0] for a, b in pairs) or all(b[1] <= a[0] for a, b in pairs)

    def is_clear_of(self, other: "Box", *, start: int = 0) -> bool:
        """Whether the two overlap at none of these widths."""
        is_level = self.top < other.bottom and other.top < self.bottom
        return not is_level or self.is_beside(other, start=start)

    def is_inside(self, height: float) -> bool:
        """Whether it leaves the plane by half a point at most."""
        spans = zip(self.spans, WIDTHS, strict=True)
        is_within = all(left >= -REACH and right <= width + REACH for (left, right), width in spans)
        return is_within and self.top >= -REACH and self.bottom <= height + REACH


@dataclass(frozen=True)
class Label:
    """A name in short lines, at pixels from its point's true place.

    `room` is empty if it is always shown, “roomy” if only where the plane is not at its
    narrowest, “crowded” if only while its point has the pointer or the focus.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    box: Box
    room: str = "crowded"


@dataclass(frozen=True)
class Mark:
    """One entry; if drawn, with `x` and `bar` in per cent of the width, the rest in pixels."""

    certification: Certification
    status: Status
    cost_usd: Decimal | None
    x: float = 0
    bar: float = 0
    y: float = 0
    label: Label | None = None

    @property
    def is_known(self) -> bool:
        """Whether it has a place in the plane."""
        return self.cost_usd is not None and self.certification.months_min is not None

    @property
    def is_closed(self) -> bool:
        """Whether it is drawn hollow."""
        return self.status is Status.CLOSED

    @property
    def cost(self) -> str:
        """The total cost, e.g. “$150”; empty if unknown."""
        return "" if self.cost_usd is None else f"${self.cost_usd:,.2f}".removesuffix(".00")

    @cached_property
    def box(self) -> Box:
        """What is kept free for it: room for a finger, and the bar to the longest time."""
        ends = [(self.x * width / 100, (self.x + self.bar) * width / 100) for width in WIDTHS]
        spans = tuple((left - REACH, max(left + REACH, right)) for left, right in ends)
        return Box(spans, self.y - REACH, self.y + REACH)


@dataclass(frozen=True)
class Band:
    """One tier: its points in a plane that is `height` pixels high, and those of unknown place."""

    tier: Tier | None
    points: tuple[Mark, ...]
    unknown: tuple[Mark, ...]
    height: int
    costs: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class SignalMap:
    """What the template draws: ticks as place and words, bands from High to not rated."""

    marks: tuple[Mark, ...]
    bands: tuple[Band, ...] = ()
    months: tuple[tuple[float, str], ...] = ()
    limit: int = MAX_POINTS

    @property
    def is_too_large(self) -> bool:
        """Whether there are more entries than can be told apart."""
        return len(self.marks) > self.limit


def signal_map(certifications: Sequence[Certification], *, today: date) -> SignalMap:
    """The map of exactly these entries; those of one tier keep their order."""
    marks = tuple(_mark(each, today) for each in certifications)
    if len(marks) > MAX_POINTS:
        return SignalMap(marks)
    known = [mark for mark in marks if mark.is_known]
    months = _ticks(max((mark.certification.months_max or 0 for mark in known), default=0))
    costs = _ticks(max((float(mark.cost_usd or 0) for mark in known), default=0))
    by_tier = sorted(marks, key=_rank)
    bands = tuple(_band(list(group), months, costs) for _, group in groupby(by_tier, key=_rank))
    return SignalMap(
        marks, bands, tuple((round(100 * each / months[-1], 2), str(each)) for each in months)
    )


def _mark(certification: Certification, today: date) -> Mark:
    price = certification.price_or_none
    cost = price.total_usd(months_min=certification.months_min) if price else None
    return Mark(certification, certification.status_on(today), cost)


def _rank(mark: Mark) -> float:
    tier = mark.certification.tier
    return tier.order if tier else float("inf")


def _ticks(largest: float) -> list[int]:
    """Two to four round numbers from zero up to no less than the largest."""
    power = 10 ** max(0, ceil(log10(max(largest, 1) / 3)) - 1)
    step = next(n * power for n in (1, 2, 5, 10) if n * power * 3 >= largest)
    return [step * n for n in range(max(1, ceil(largest / step)) + 1)]


def _band(marks: list[Mark], months: list[int], costs: list[int]) -> Band:
    known = [mark for mark in marks if mark.is_known]
    height, points = HEIGHT, _place(known, months[-1], costs[-1], HEIGHT)
    while points is None:
        height += HEIGHT // 2
        points = _place(known, months[-1], costs[-1], height)
    ticks = tuple((round(height - height * each / costs[-1], 1), _short(each)) for each in costs)
    unknown = tuple(mark for mark in marks if not mark.is_known)
    return Band(marks[0].certification.tier, _label(points, height), unknown, height, ticks)


def _short(cost: int) -> str:
    return f"${cost:,}" if cost < 10_000 else f"${cost // 1000:,}k"  # noqa: PLR2004  five digits


def _place(marks: list[Mark], months: int, cost: int, height: int) -> list[Mark] | None:
    """Each mark at its place or the nearest free one above or below; None if the plane is full."""
    moves = sorted(range(-height, height + 1, REACH), key=abs)
    placed: list[Mark] = []
    for mark in marks:
        least, most = mark.certification.months_min or 0, mark.certification.months_max or 0
        x, bar = round(100 * least / months, 2), round(100 * (most - least) / months, 2)
        true_y = round(height - height * float(mark.cost_usd or 0) / cost, 1)
        drawn = replace(mark, x=x, bar=bar)
        rivals = [other.y for other in placed if not drawn.box.is_beside(other.box)]
        tries = (true_y + move for move in moves if 0 <= true_y + move <= height)
        free = (y for y in tries if all(abs(y - rival) >= 2 * REACH for rival in rivals))
        y = next(free, None)
        if y is None:
            return None
        placed.append(replace(drawn, y=y))
    return placed


def _label(points: list[Mark], height: int) -> tuple[Mark, ...]:
    """The points with their names, those first that have room at every width."""
    taken = [point.box for point in points]
    labels: dict[int, Label] = {}
    for start, room in enumerate(("", "roomy")):
        for at, point in enumerate(points):
            for label in [] if at in labels else _labels(point):
                others = (label.box.is_clear_of(other, start=start) for other in taken)
                if label.box.is_inside(height) and all(others):
                    labels[at] = replace(label, room=room)
                    taken.append(label.box)
                    break
    return tuple(
        replace(point, label=labels.get(at) or _labels(point)[-1])
        for at, point in enumerate(points)
    )


def _labels(point: Mark) -> list[Label]:
    """Where its label could stand, the best place first."""
    name = point.certification.name
    lines = tuple(wrap(name, LINE_LETTERS, max_lines=MAX_LINES, placeholder="…"))
    width, high = max(map(_width, lines)), LINE * len(lines)
    starts = [point.x * each / 100 for each in WIDTHS]
    along = max(-starts[0], min(-REACH / 2, WIDTHS[0] + REACH - starts[0] - width))
    above, beside, below = -REACH - high, -high / 2, REACH
    places = [(-REACH, beside, "end"), (along, below, ""), (along, above, "")]
    if not point.bar:
        places.insert(0, (REACH, beside, ""))
    labels = []
    for x, top, anchor in places:
        left = x - width if anchor else x
        spans = tuple((each + left, each + left + width) for each in starts)
        box = Box(spans, point.y + top, point.y + top + high)
        labels.append(Label(lines, round(x, 1), round(top - 3, 1), anchor, box))
    return labels


@lru_cache(maxsize=5_000)
def _width(line: str) -> float:
    """How wide a line of 13 px is at most, in the usual sans-serifs."""
    return sum(5 if each in NARROW_LETTERS else 7.3 if each.islower() else 10 for each in line)
