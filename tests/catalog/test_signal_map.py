"""The signal map: where its points stand, and what its legend says."""

import re
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from catalog.models import Certification, Lifecycle, Price, Tier
from catalog.signal_map import MAX_POINTS, NARROWEST, REACH, Point, SignalMap, signal_map

TODAY = date(2026, 11, 23)
TIERS = {
    slug: Tier(pk=order, slug=slug, name=slug.title(), order=order, bars=4 - order)
    for order, slug in enumerate(("high", "moderate", "low", "avoid"), start=1)
}


def _certification(
    name: str = "A Certificate",
    *,
    tier: str | None = "high",
    months: tuple[int, int] | None = (2, 3),
    cost: str | None = "200",
    is_closed: bool = False,
) -> Certification:
    certification = Certification(
        name=name,
        slug="a-certificate",
        tier=TIERS[tier] if tier else None,
        months_min=months[0] if months else None,
        months_max=months[1] if months else None,
    )
    Lifecycle(certification=certification, reported="closed" if is_closed else "open")
    if cost is not None:
        Price(certification=certification, amount=Decimal(cost), currency="USD", period="once")
    return certification


def _certifications() -> st.SearchStrategy[list[Certification]]:
    months = st.tuples(st.integers(1, 36), st.integers(0, 24)).map(lambda m: (m[0], m[0] + m[1]))
    certification = st.builds(
        _certification,
        st.text("abcdefg WM-", min_size=1, max_size=60).map(lambda name: f"X{name}"),
        tier=st.sampled_from(["high", "moderate", "low", "avoid", None]),
        months=st.none() | st.sampled_from([(1, 1), (2, 3), (3, 6)]) | months,
        cost=st.none() | st.sampled_from(["0", "100", "300"]) | st.integers(0, 99999).map(str),
        is_closed=st.booleans(),
    )
    return st.lists(certification, max_size=MAX_POINTS).map(_numbered)


def _numbered(certifications: list[Certification]) -> list[Certification]:
    for number, certification in enumerate(certifications):
        certification.slug = f"entry-{number}"
    return certifications


def _map(*certifications: Certification) -> SignalMap:
    return signal_map(_numbered(list(certifications)), today=TODAY)


def _points(drawn: SignalMap) -> list[Point]:
    return [point for band in drawn.bands for point in band.points]


def _html(*certifications: Certification) -> str:
    context = {"map": _map(*certifications), "today": TODAY}
    return render_to_string("catalog/_signal_map.html", context)


def _is_known(certification: Certification) -> bool:
    return certification.months_min is not None and certification.price_or_none is not None


@settings(deadline=None, max_examples=100)
@given(_certifications())
def test_every_certification_is_in_its_tiers_band_and_has_a_point_exactly_if_known(
    certifications: list[Certification],
) -> None:
    drawn = signal_map(certifications, today=TODAY)
    for band in drawn.bands:
        mine = [
            certification for certification in certifications if certification.tier == band.tier
        ]
        assert list(band.certifications) == [
            certification for certification in mine if _is_known(certification)
        ]
        assert [point.slug for point in band.points] == [
            certification.slug for certification in band.certifications
        ]
    shown = sum(len(band.certifications) for band in drawn.bands)
    assert shown == sum(map(_is_known, certifications))
    numbers = [point.number for point in _points(drawn)]
    assert numbers == list(range(1, len(numbers) + 1))


@settings(deadline=None, max_examples=100)
@given(_certifications())
def test_points_are_inside_and_never_hide_each_other(certifications: list[Certification]) -> None:
    for band in signal_map(certifications, today=TODAY).bands:
        for point in band.points:
            assert 0 <= point.x <= point.x + point.bar <= 100.01
            assert 0 <= point.y <= band.height
        for one, other in combinations(band.points, 2):
            for width in (NARROWEST, 470, 1200):
                is_apart_across = abs(one.x - other.x) * width / 100 >= 2 * REACH - 0.01
                assert is_apart_across or abs(one.y - other.y) >= 2 * REACH
                for point, longer in ((one, other), (other, one)):
                    left, right = (x * width / 100 for x in (longer.x, longer.x + longer.bar))
                    is_on_bar = left < point.x * width / 100 + REACH - 0.01 and (
                        point.x * width / 100 - REACH + 0.01 < right
                    )
                    assert not is_on_bar or abs(one.y - other.y) >= 2 * REACH


@settings(deadline=None, max_examples=50)
@given(_certifications())
def test_the_same_certifications_give_the_same_map(certifications: list[Certification]) -> None:
    assert signal_map(certifications, today=TODAY) == signal_map(list(certifications), today=TODAY)


@settings(deadline=None, max_examples=50)
@given(_certifications())
def test_the_legend_tells_of_every_certification_what_the_map_draws(
    certifications: list[Certification],
) -> None:
    legend = re.findall(
        r'id="map-([\w-]+)".*?>([^<]+)</a> <span>(.*?)</span>', _html(*certifications)
    )
    shown = [
        certification
        for band in _map(*certifications).bands
        for certification in band.certifications
    ]
    assert legend == [
        (
            certification.slug,
            certification.name,
            ", ".join(
                (
                    "cost unknown"
                    if certification.total_usd is None
                    else f"${certification.total_usd:,}",
                    certification.study_time if certification.months_min else "time unknown",
                    str(certification.status_on(TODAY)),
                )
            ),
        )
        for certification in shown
    ]


def test_a_point_is_a_link_named_by_its_certification_in_the_legend() -> None:
    html = _html(
        _certification("One"),
        _certification("Two", tier="low", cost=None),
        _certification("Three", tier="low"),
    )
    points = re.findall(r'href="([^"]+)" aria-labelledby="([^"]+)".*?>(\d+)</text>', html)
    assert points == [
        ("/certifications/entry-0/", "map-entry-0", "1"),
        ("/certifications/entry-2/", "map-entry-2", "2"),
    ]
    assert re.findall(r'<ol class="legend" start="(\d+)"><li id="([^"]+)"', html) == [
        ("1", "map-entry-0"),
        ("2", "map-entry-2"),
    ]


def test_longer_is_further_right_and_dearer_is_higher() -> None:
    drawn = _map(
        _certification(months=(1, 1)),
        _certification(months=(6, 6)),
        _certification(cost="100"),
        _certification(cost="300"),
    )
    quick, long, cheap, dear = _points(drawn)
    assert quick.x < cheap.x == dear.x < long.x
    assert dear.y < quick.y == long.y < cheap.y


def test_the_bands_run_from_the_strongest_tier_to_not_rated() -> None:
    tiers = [None, "avoid", "moderate", "high", "low", "high"]
    bands = _map(*(_certification(tier=tier) for tier in tiers)).bands
    assert [band.tier and band.tier.slug for band in bands] == [
        "high",
        "moderate",
        "low",
        "avoid",
        None,
    ]


def test_one_certification_stands_at_its_months_and_its_cost() -> None:
    (band,) = _map(_certification(months=(2, 3), cost="150")).bands
    (point,) = band.points
    assert (point.x, point.bar, point.y) == (66.67, 33.33, 0)
    assert band.costs == ((180, "$0"), (120, "$50"), (60, "$100"), (0, "$150"))


def test_equal_certifications_are_stacked_in_their_order() -> None:
    (band,) = _map(_certification("One"), _certification("Two"), _certification("Three")).bands
    assert [certification.name for certification in band.certifications] == ["One", "Two", "Three"]
    assert len({point.x for point in band.points}) == 1
    ys = sorted(point.y for point in band.points)
    assert [later - earlier for earlier, later in pairwise(ys)] == [24, 24]


@pytest.mark.parametrize("months", [None, (1, 2)])
@pytest.mark.parametrize(
    ("cost", "words"), [("100", "$100"), ("1234.50", "$1,234.50"), (None, "cost unknown")]
)
def test_what_is_unknown_has_no_point(
    months: tuple[int, int] | None, cost: str | None, words: str
) -> None:
    html = _html(_certification(months=months, cost=cost))
    is_known = bool(months and cost)
    told = html.count(f"<span>{words}, 1-2 months, open</span>")
    assert (html.count("<circle"), told) == ((2, 1) if is_known else (0, 0))


def test_the_map_says_how_many_it_does_not_draw() -> None:
    drawn = {"map": _map(_certification()), "today": TODAY}
    words = "nobody says what it costs or how long it takes."
    one = render_to_string("catalog/_signal_map.html", {**drawn, "undrawn_count": 1})
    assert f"1 more is not drawn: {words}" in one
    assert words not in render_to_string("catalog/_signal_map.html", {**drawn, "undrawn_count": 0})


def test_hollow_is_exactly_what_is_closed() -> None:
    certifications = [_certification("Open"), _certification("Shut", is_closed=True)]
    assert [point.is_closed for point in _points(_map(*certifications))] == [False, True]
    html = _html(*certifications)
    links = [each.partition("</a>")[0] for each in html.split("aria-labelledby=")[2:]]
    assert ["<rect" in each for each in links] == [False, True]
    assert re.findall(r'<li id="map-[^"]+" data-status="(\w+)"', html) == ["open", "closed"]


def test_as_many_certifications_as_are_drawn_find_their_place() -> None:
    assert len(_points(_map(*(_certification() for _ in range(MAX_POINTS))))) == MAX_POINTS


@pytest.mark.usefixtures("guide")
def test_the_shipped_catalogue_needs_no_query_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    certifications = list(Certification.objects.in_guide_order().with_card())
    with django_assert_num_queries(0):
        drawn = signal_map(certifications, today=TODAY)
        html = render_to_string("catalog/_signal_map.html", {"map": drawn, "today": TODAY})
    assert html.count("<a href=") == 2 * len(_points(drawn))
    assert "style=" not in html
