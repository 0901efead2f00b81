"""The first page: the verdict, the tiers at a glance, the ranking."""

import pytest

from catalog.models import Certification, Tier
from tests.catalog.pages import AVOID, HIGH, LOW, MODERATE, RATED, TITLE, UNRATED, maybe, shown
from tests.factories.rows import a_certification
from tests.html import texts

pytestmark = pytest.mark.usefixtures("guide", "today")


def test_home_opens_with_the_verdict_of_the_guide() -> None:
    page = shown("/")
    assert texts(page, "title") == [TITLE]
    assert texts(page, "h1") == ["Most AI certifications are worthless."]
    assert texts(page, ".standfirst") == [
        (
            "They are revenue streams for vendors, resume padding for candidates, and noise for "
            "hiring managers."
        )
    ]
    assert page.find("form").attributes["action"] == "/certifications/"
    assert texts(page.find("form"), "label") == ["Is yours worth it? Find it"]


def test_home_shows_the_tiers_with_their_meaning_and_how_many_are_open() -> None:
    page = shown("/")
    rungs = page.find_all(".rung")
    assert [
        (rung.find("h3").text, rung.find(".signal").attributes["data-level"]) for rung in rungs
    ] == [(HIGH, "4"), (MODERATE, "2"), (LOW, "1"), (AVOID, "0")]
    assert [maybe(rung, ".meaning") for rung in rungs] == [
        (
            "These certifications indicate genuine competence. They are difficult, require "
            "prerequisites, and cannot be crammed."
        ),
        (
            "These certifications have some value but are easily gamed or indicate only "
            "surface-level knowledge."
        ),
        (
            "These certifications indicate minimal competence or are easily obtained without "
            "genuine understanding. They may have marketing value but little technical signal."
        ),
        "",
    ]
    assert texts(page, ".tally") == [
        "3 entries, 1 known to be open",
        "3 entries, 1 known to be open",
        "4 entries, 2 known to be open",
        "4 entries, all categories",
    ]


def test_home_counts_what_is_still_open_and_leads_there() -> None:
    page = shown("/")
    assert texts(page, ".summing-up") == ["14 entries, 4 known to be open: see those."]
    those = "/certifications/?rated=by-name&status=open&status=closing"
    assert page.find(".summing-up").find("a").attributes["href"] == those
    assert texts(shown(those), "#count") == [
        "All certifications, By name, Open or Closing: 4 entries"
    ]


def test_home_counts_what_the_guide_does_not_name_and_leads_there() -> None:
    unrated = shown("/").find_all(".unrated")
    assert [each.text for each in unrated] == [
        "22 more the guide does not name. It judges their kind.",
        (
            f"{UNRATED} 86 entries. Listed with what is known, but without a tier until an editor "
            "rates them."
        ),
    ]
    for each, count in zip(unrated, (22, 86), strict=True):
        listed = shown(each.find("a").attributes["href"])
        assert listed.find("#count").text.endswith(f": {count} entries")
    assert len(RATED) + 22 + 86 == Certification.objects.count()


def test_home_lists_the_rated_certifications_with_their_status() -> None:
    items = [item for names in shown("/").find_all(".names") for item in names.find_all("li")]
    assert [
        (item.find("a").attributes["href"], item.find("a").text, maybe(item, ".status"))
        for item in items
    ] == [(f"/certifications/{slug}/", name, status) for slug, name, _, status, *_ in RATED]


def test_home_shows_twelve_of_a_long_tier_and_leads_to_all() -> None:
    avoid = Tier.objects.get(slug="avoid")
    for number in range(8):
        a_certification(slug=f"more-{number}", tier=avoid, order=60 + number)
    assert len(shown("/").find_all(".names")[-1].find_all("li")) == 12
    a_certification(slug="thirteenth", tier=avoid, order=70)
    items = shown("/").find_all(".names")[-1].find_all("li")
    last = items[-1].find("a")
    assert (len(items), last.text, last.attributes["href"]) == (
        13,
        "See all 13",
        "/certifications/?tier=avoid",
    )


def test_home_ranks_what_hiring_managers_look_for() -> None:
    headed = shown("/").find(".headed")
    assert headed.find("h2").text == "What Actually Matters to Competent Hiring Managers"
    assert texts(headed, "b") == [
        "GitHub portfolio",
        "Publications/Papers",
        "Production systems",
        "Technical interviews",
        "References",
        "Education",
    ]
    assert texts(headed, ".distant") == ["Certifications are distant 7th at best."]


def test_home_leads_on_who_has_none_in_mind_or_chooses_for_others() -> None:
    links = shown("/").find(".actions").find_all("a")
    assert [link.attributes["href"] for link in links] == [
        "/advisor/",
        "/certifications/",
        "/certifications/for-whom/?rated=by-name",
    ]
