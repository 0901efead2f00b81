"""Geometry of the signal map: study time against total cost, one band for each tier.

A certification is drawn where both are known; for the others the map says how many there are.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from math import ceil, log10
from typing import NamedTuple

from catalog.fact_words import short_dollars
from catalog.lifecycle import Status
from catalog.models import Certification, Tier

MAX_POINTS = 60
HEIGHT, REACH = 180, 12  # pixels: a plane's least height; a point's to each side, for fingers
NARROWEST = 220  # pixels: what is apart in a plane of this width is so in every wider one

Figures = tuple[int, int, float]  # the shortest and the longest months, and the cost in all
Ticks = tuple[tuple[float, str], ...]  # the place of each line and what it says


class Point(NamedTuple):
    """A certification's number in the legend; `x` and `bar` are per cent of the width, `y` pixels.

    The bar runs from the shortest study time to the longest.
    """

    number: int
    slug: str
    is_closed: bool
    x: float
    bar: float
    y: float

    @property
    def span(self) -> tuple[float, float]:
        """The pixels kept free for the point in the narrowest plane, from left to right."""
        left = self.x * NARROWEST / 100 - REACH
        return left, max(left + 2 * REACH, (self.x + self.bar) * NARROWEST / 100)


class Band(NamedTuple):
    """One tier: the points of its certifications in a plane `height` pixels high."""

    tier: Tier | None
    points: tuple[Point, ...]
    certifications: tuple[Certification, ...]
    height: int
    costs: Ticks


class SignalMap(NamedTuple):
    """The bands to draw from the strongest tier to not rated, on one scale."""

    bands: tuple[Band, ...]
    months: Ticks


def signal_map(certifications: Sequence[Certification], *, today: date) -> SignalMap:
    """The map of the certifications whose cost and time are known; a tier keeps their order."""
    known = []
    for certification in sorted(certifications, key=_rank):
        figures = _figures(certification)
        if figures:
            known.append((certification, figures))
    months = _ticks(max((most for _, (_, most, _) in known), default=0))
    costs = _ticks(max((cost for _, (*_, cost) in known), default=0))
    bands: list[Band] = []
    for _, group in groupby(known, key=lambda pair: _rank(pair[0])):
        drawn = sum(len(band.points) for band in bands)
        bands.append(_band(list(group), drawn, months, costs, today))
    across = tuple((round(100 * month / months[-1], 2), str(month)) for month in months)
    return SignalMap(tuple(bands), across)


def _figures(certification: Certification) -> Figures | None:
    least, most = certification.months_min, certification.months_max
    cost = certification.total_usd
    return None if least is None or most is None or cost is None else (least, most, float(cost))


def _rank(certification: Certification) -> float:
    return certification.judged_tier.order if certification.judged_tier else float("inf")


def _ticks(largest: float) -> list[int]:
    """Two to four round numbers from zero up to no less than the largest."""
    power = 10 ** max(0, ceil(log10(max(largest, 1) / 3)) - 1)
    step = next(n * power for n in (1, 2, 5, 10) if n * power * 3 >= largest)
    return [step * n for n in range(max(1, ceil(largest / step)) + 1)]


def _band(
    known: list[tuple[Certification, Figures]],
    drawn: int,
    months: list[int],
    costs: list[int],
    today: date,
) -> Band:
    flat = [
        Point(
            number,
            certification.slug,
            certification.status_on(today) is Status.CLOSED,
            x=round(100 * least / months[-1], 2),
            bar=round(100 * (most - least) / months[-1], 2),
            y=cost / costs[-1],
        )
        for number, (certification, (least, most, cost)) in enumerate(known, start=drawn + 1)
    ]
    height, points = HEIGHT, _place(flat, HEIGHT)
    while points is None:
        height += HEIGHT // 2
        points = _place(flat, height)
    ticks = tuple(
        (round(height - height * cost / costs[-1], 1), short_dollars(cost)) for cost in costs
    )
    return Band(
        known[0][0].judged_tier,
        points,
        certifications=tuple(certification for certification, _ in known),
        height=height,
        costs=ticks,
    )


def _place(flat: Iterable[Point], height: int) -> tuple[Point, ...] | None:
    """The points, each at its cost or the nearest free height; None if one finds no place."""
    moves = sorted(range(-height, height + 1, REACH), key=abs)
    placed: list[Point] = []
    for point in flat:
        left, right = point.span
        rivals = [other.y for other in placed if other.span[0] < right and left < other.span[1]]
        for move in moves:
            y = round(height * (1 - point.y) + move, 1)
            if 0 <= y <= height and all(abs(y - rival) >= 2 * REACH for rival in rivals):
                placed.append(point._replace(y=y))
                break
        else:
            return None
    return tuple(placed)
