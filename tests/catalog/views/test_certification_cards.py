"""The list of all certifications: by tier, in order, with what a card shows."""

import pytest

from tests.catalog.pages import (
    AVOID,
    CERTIFICATIONS,
    DETAILS,
    HIGH,
    LOW,
    MODERATE,
    UNRATED,
    maybe,
    shown,
)
from tests.html import texts

pytestmark = pytest.mark.usefixtures("guide", "today")


def test_list_has_every_certification_by_tier_in_order() -> None:
    sections = shown("/certifications/").find("#results").find_all("section.tier")
    assert [(section.attributes["id"], section.find("h2").text) for section in sections] == [
        ("high", HIGH),
        ("moderate", MODERATE),
        ("low", LOW),
        ("avoid", AVOID),
        ("not-rated", UNRATED),
    ]
    listed = [(texts(section, "h2"), texts(section, "h3")) for section in sections]
    assert listed == [
        ([tier], [name for _, name, rated, *_ in CERTIFICATIONS if rated == tier])
        for tier in (HIGH, MODERATE, LOW, AVOID, UNRATED)
    ]


def test_list_shows_tier_status_cost_and_time_of_each_certification() -> None:
    cards = shown("/certifications/").find_all(".card")
    assert [
        (
            card.find("h3").find("a").attributes["href"],
            card.find(".signal").text,
            maybe(card, ".status"),
            *(texts(card, "dd") or ["", ""]),
        )
        for card in cards
    ] == [
        (f"/certifications/{slug}/", tier, status, cost, months)
        for slug, _, tier, status, _, cost, months in CERTIFICATIONS
    ]


def test_list_results_link_to_certifications_and_nothing_else() -> None:
    links = shown("/certifications/").find("#results").find_all("a")
    assert [link.attributes["href"] for link in links] == DETAILS
