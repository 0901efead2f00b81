"""The list of all certifications: by tier, in order, with what a card shows."""

import itertools

import pytest

from catalog.models import Certification, Rated
from tests.catalog.pages import (
    AVOID,
    CERTIFICATIONS,
    DETAILS,
    HIGH,
    LOW,
    MODERATE,
    RATED,
    UNRATED,
    list_pages,
    maybe,
)
from tests.html import Element, texts

pytestmark = pytest.mark.usefixtures("guide", "today")


BY_KIND = {LOW: 9, AVOID: 13}


def cards() -> list[Element]:
    return [card for page in list_pages() for card in page.find("#results").find_all(".card")]


def rows() -> list[Element]:
    return [row for page in list_pages() for row in page.find("#results").find_all("li.row")]


def test_list_has_every_certification_by_tier_in_order() -> None:
    sections = [each for page in list_pages() for each in page.find_all("section.tier")]
    headed = [(section.attributes["id"], section.find("h2").text) for section in sections]
    assert [heading for heading, _ in itertools.groupby(headed)] == [
        ("high", HIGH),
        ("moderate", MODERATE),
        ("low", LOW),
        ("avoid", AVOID),
        ("not-rated", UNRATED),
    ]
    listed: dict[str, list[str]] = {}
    for section, (_, tier) in zip(sections, headed, strict=True):
        names = texts(section, "h3") or [row.find("a").text for row in section.find_all(".row")]
        listed.setdefault(tier, []).extend(names)
    for tier in (HIGH, MODERATE, LOW, AVOID):
        named = [name for _, name, rated, *_ in CERTIFICATIONS if rated == tier]
        assert listed[tier][: len(named)] == named
        assert len(listed[tier]) == len(named) + BY_KIND.get(tier, 0)
    assert {name for _, name, rated, *_ in CERTIFICATIONS if rated == UNRATED} <= {*listed[UNRATED]}
    every = Certification.objects.values_list("name", flat=True)
    assert sorted(itertools.chain(*listed.values())) == sorted(every)


def test_list_shows_tier_status_cost_and_time_of_each_certification() -> None:
    assert [
        (
            card.find("h3").find("a").attributes["href"],
            card.find(".signal").text,
            maybe(card, ".status"),
            *(texts(card, "dd") or ["", ""]),
        )
        for card in cards()
        if not card.find(".signal").text.startswith("Its kind: ")
    ] == [
        (f"/certifications/{slug}/", tier, status, cost, months)
        for slug, _, tier, status, _, cost, months in RATED
    ]


def test_list_shows_the_tier_of_its_kind_as_that_of_its_kind() -> None:
    by_kind = {
        each.get_absolute_url(): each.one_of
        for each in Certification.objects.all()
        if each.rated == Rated.BY_KIND
    }
    shown_as = {
        card.find("h3").find("a").attributes["href"]: (
            card.find(".signal").text,
            texts(card, ".byline")[1],
        )
        for card in cards()
        if card.find(".signal").text.startswith("Its kind: ")
    }
    assert shown_as == {
        url: (f"Its kind: {kind.tier.name}", f"One of: {kind.name}")
        for url, kind in by_kind.items()
        if kind is not None and kind.tier is not None
    }
    assert len(shown_as) == len(by_kind) == sum(BY_KIND.values())


def test_list_shows_what_is_not_rated_in_a_row_with_its_status() -> None:
    found = {
        row.find("a").attributes["href"]: (row.find("a").text, maybe(row, ".status"))
        for row in rows()
    }
    for slug, name, tier, status, *_ in CERTIFICATIONS:
        if tier == UNRATED:
            assert found.pop(f"/certifications/{slug}/") == (name, status)
    assert len(found) == 86 - 3


def test_list_results_link_to_certifications_and_cards_to_the_advisor() -> None:
    links = [link for page in list_pages() for link in page.find("#results").find_all("a")]
    urls = [link.attributes["href"] for link in links]
    asked = [url for url in urls if url.startswith("/advisor/?about=")]
    found = [url for url in urls if url not in asked]
    assert len(asked) == len(set(asked)) == len(cards())
    assert len(found) == len(set(found))
    assert set(found) == {row.get_absolute_url() for row in Certification.objects.all()}
    assert [url for url in found if url in DETAILS[: len(RATED)]] == DETAILS[: len(RATED)]
