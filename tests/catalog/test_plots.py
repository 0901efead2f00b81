"""The signal map: where its points and labels stand, and what its table holds."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from catalog.models import Certification, Lifecycle, Price, Tier
from catalog.plots import MAX_POINTS, REACH, WIDTHS, Mark, SignalMap, signal_map

TODAY = date(2026, 11, 23)
TIERS = {
    slug: Tier(pk=order, slug=slug, name=slug.title(), order=order, bars=4 - order)
    for order, slug in enumerate(("high", "moderate", "low", "avoid"), start=1)
}


def _entry(
    name: str = "A Certificate",
    *,
    tier: str | None = "high",
    months: tuple[int, int] | None = (2, 3),
    cost: str | None = "200",
    is_closed: bool = False,
) -> Certification:
    entry = Certification(
        name=name,
        slug="a-certificate",
        tier=TIERS[tier] if tier else None,
        months_min=months[0] if months else None,
        months_max=months[1] if months else None,
    )
    Lifecycle(certification=entry, reported="closed" if is_closed else "open")
    if cost is not None:
        Price(certification=entry, amount=Decimal(cost), currency="USD", period="once")
    return entry


def _entries() -> st.SearchStrategy[list[Certification]]:
    months = st.tuples(st.integers(1, 36), st.integers(0, 24)).map(lambda m: (m[0], m[0] + m[1]))
    entry = st.builds(
        _entry,
        st.text("abcdefg WM-", min_size=1, max_size=60).map(lambda name: f"X{name}"),
        tier=st.sampled_from(["high", "moderate", "low", "avoid", None]),
        months=st.none() | st.sampled_from([(1, 1), (2, 3), (3, 6)]) | months,
        cost=st.none() | st.sampled_from(["0", "100", "300"]) | st.integers(0, 99999).map(str),
        is_closed=st.booleans(),
    )
    return st.lists(entry, max_size=MAX_POINTS)


def _map(*entries: Certification) -> SignalMap:
    return signal_map(entries, today=TODAY)


def _points(drawn: SignalMap) -> list[Mark]:
    return [point for band in drawn.bands for point in band.points]


def _unknown(drawn: SignalMap) -> list[Mark]:
    return [mark for band in drawn.bands for mark in band.unknown]


def _names(marks: Iterable[Mark]) -> list[str]:
    return [mark.certification.name for mark in marks]


def _html(entries: list[Certification]) -> str:
    context = {"map": signal_map(entries, today=TODAY), "today": TODAY}
    return render_to_string("catalog/_signal_map.html", context)


@settings(deadline=None, max_examples=100)
@given(_entries())
def test_every_entry_is_in_one_band_and_in_the_lane_exactly_if_unknown(
    entries: list[Certification],
) -> None:
    drawn = signal_map(entries, today=TODAY)
    is_known = {id(e): e.months_min is not None and e.price_or_none is not None for e in entries}
    assert [mark.certification for mark in drawn.marks] == entries
    assert sorted(id(mark.certification) for mark in _points(drawn)) == sorted(
        each for each, known in is_known.items() if known
    )
    assert sorted(id(mark.certification) for mark in _unknown(drawn)) == sorted(
        each for each, known in is_known.items() if not known
    )
    for band in drawn.bands:
        assert {mark.certification.tier for mark in band.points + band.unknown} == {band.tier}


@settings(deadline=None, max_examples=100)
@given(_entries())
def test_points_and_labels_are_inside_and_never_overlap(entries: list[Certification]) -> None:
    for band in signal_map(entries, today=TODAY).bands:
        for point in band.points:
            assert 0 <= point.x <= point.x + point.bar <= 100.01
            assert 0 <= point.y <= band.height
        for one, other in combinations(band.points, 2):
            for width in WIDTHS:
                is_apart_across = abs(one.x - other.x) * width / 100 >= 2 * REACH - 0.01
                assert is_apart_across or abs(one.y - other.y) >= 2 * REACH
        shown = [point.label for point in band.points if point.label and not point.label.room]
        assert all(label.box.is_inside(band.height) for label in shown)
        for label, point in ((label, point) for label in shown for point in band.points):
            assert label.box.is_clear_of(point.box)
        for label, another in combinations(shown, 2):
            assert label.box.is_clear_of(another.box)


@settings(deadline=None, max_examples=50)
@given(_entries())
def test_the_same_entries_give_the_same_map(entries: list[Certification]) -> None:
    assert signal_map(entries, today=TODAY) == signal_map(list(entries), today=TODAY)


@settings(deadline=None, max_examples=50)
@given(_entries().filter(bool))
def test_the_table_holds_every_entry_in_the_given_order(entries: list[Certification]) -> None:
    rows = _html(entries).partition("<tbody>")[2].split("</tr>")[:-1]
    expected = [
        (e.name, str(e.tier or "Not rated"), e.study_time, str(e.status_on(TODAY))) for e in entries
    ]
    assert [re.findall(r">([^<>]+)</(?:a|td)>", row)[i] for row in rows for i in (0, 1, 2, 4)] == [
        each for row in expected for each in row
    ]


def test_longer_is_further_right_and_dearer_is_higher() -> None:
    quick, long = _entry("Quick", months=(1, 1)), _entry("Long", months=(6, 6))
    cheap, dear = _entry("Cheap", cost="100"), _entry("Dear", cost="300")
    at = {mark.certification.name: mark for mark in _points(_map(quick, long, cheap, dear))}
    assert at["Quick"].x < at["Cheap"].x == at["Dear"].x < at["Long"].x
    assert at["Dear"].y < at["Quick"].y == at["Long"].y < at["Cheap"].y


def test_the_bands_run_from_the_strongest_tier_to_not_rated() -> None:
    tiers = [None, "avoid", "moderate", "high", "low", "high"]
    bands = _map(*(_entry(tier=tier) for tier in tiers)).bands
    assert [band.tier and band.tier.slug for band in bands] == [
        "high",
        "moderate",
        "low",
        "avoid",
        None,
    ]


def test_no_entries_give_an_empty_drawing() -> None:
    assert (_map().marks, _map().bands) == ((), ())
    assert _html([]).strip() == ""


def test_one_entry_stands_at_its_months_and_its_cost() -> None:
    (band,) = _map(_entry(months=(2, 3), cost="150")).bands
    (point,) = band.points
    assert (point.x, point.bar, point.y) == (66.67, 33.33, 0)
    assert band.costs == ((180, "$0"), (120, "$50"), (60, "$100"), (0, "$150"))


def test_equal_entries_are_stacked_in_their_order() -> None:
    (band,) = _map(_entry("One"), _entry("Two"), _entry("Three")).bands
    assert _names(band.points) == ["One", "Two", "Three"]
    assert len({point.x for point in band.points}) == 1
    ys = sorted(point.y for point in band.points)
    assert [later - earlier for earlier, later in pairwise(ys)] == [24, 24]


@pytest.mark.parametrize(("months", "cost"), [(None, "100"), ((1, 2), None), (None, None)], ids=str)
def test_what_is_unknown_is_in_the_lane(months: tuple[int, int] | None, cost: str | None) -> None:
    drawn = _map(_entry(months=months, cost=cost))
    assert (_points(drawn), len(_unknown(drawn))) == ([], 1)
    assert "<circle" not in _html([_entry(months=months, cost=cost)])


def test_hollow_is_exactly_what_is_closed() -> None:
    entries = [_entry("Open"), _entry("Shut", is_closed=True)]
    assert [mark.is_closed for mark in _map(*entries).marks] == [False, True]
    drawing = _html(entries).partition("<details>")[0]
    links = [each.partition("</a>")[0] for each in drawing.split("aria-label=")[2:]]
    assert [("Shut" in each, "<rect" in each) for each in links[-2:]] == [
        (False, False),
        (True, True),
    ]


def test_sixty_entries_are_drawn_and_sixty_one_are_counted() -> None:
    assert len(_points(_map(*[_entry()] * MAX_POINTS))) == MAX_POINTS
    many = [_entry()] * (MAX_POINTS + 1)
    assert (_map(*many).is_too_large, _map(*many).bands) == (True, ())
    assert "61 entries are too many" in _html(many)
    assert "<svg" not in _html(many)


def test_a_label_that_finds_no_room_is_there_for_hover_and_focus() -> None:
    (band,) = _map(*[_entry("A rather long name of a certificate")] * 12).bands
    rooms = [point.label.room for point in band.points if point.label]
    assert len(rooms) == 12
    assert "crowded" in rooms


@pytest.mark.usefixtures("guide")
def test_the_shipped_catalogue_shows_its_names_and_needs_no_query_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entries = list(Certification.objects.in_guide_order().with_card())
    with django_assert_num_queries(0):
        html = _html(entries)
    rooms = [point.label.room for point in _points(_map(*entries)) if point.label]
    assert rooms == ["", "", "", "roomy", "", ""]
    assert html.count("<a href=") == 2 * len(entries)
    assert "style=" not in html
