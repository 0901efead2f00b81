"""A list of the catalogue: its counts are what a click then shows, and it says what it is."""

from random import Random

import pytest
from django.http import QueryDict

from catalog.listing.facet_index import Index, current_index
from catalog.listing.list_page import NEAREST, PAGE_SIZE, Listing, read_listing
from script.trials.many_certifications import make_certifications
from tests.catalog.listing.states import (
    AMOUNTS,
    TODAY,
    facts_by_key,
    follow,
    pick_pairs,
    read,
    select,
)
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
AI_PLUS = "ai-plus-individual-certification"


@pytest.fixture
def index(guide: None) -> Index:
    """Of the shipped content and some sixty certifications more."""
    make_certifications(60)
    return current_index(TODAY)


def listed(text: str = "") -> Listing:
    listing, problems = read_listing(QueryDict(text))
    assert problems == []
    return listing


def slugs(listing: Listing) -> list[str]:
    index = listing.index
    return [index.rows[index.position[key]].slug for key in listing.keys]


# --- Random states -----------------------------------------------------------------


def test_certifications_and_order_are_those_picked_one_by_one(index: Index) -> None:
    random, facts = Random(5), facts_by_key()
    for _ in range(250):
        listing = read(index, pick_pairs(random, index))
        assert listing.keys == select(facts, listing.query)
        assert listing.count == len(listing.keys)


def test_each_facet_count_is_what_the_click_shows(index: Index) -> None:
    random, facts = Random(6), facts_by_key()
    some = 0
    for _ in range(150):
        listing = read(index, pick_pairs(random, index))
        for facet, choices in listing.facets:
            chosen = listing.query.values.get(facet.name, ())
            for choice in choices:
                picked = tuple(dict.fromkeys((*chosen, choice.value)))
                clicked = listing.query.replace(**{facet.name: picked})
                after = read(index, clicked.pairs).keys
                assert choice.count == sum(facts[key][facet.name] == choice.value for key in after)
                assert chosen or choice.count == len(after)
                assert choice.is_chosen == (choice.value in chosen)
                some += choice.count > 0
    assert some > 300


def test_each_count_of_an_unknown_amount_is_what_the_click_shows(index: Index) -> None:
    random, facts = Random(7), facts_by_key()
    for _ in range(150):
        listing = read(index, pick_pairs(random, index))
        for limit in listing.limits:
            values = tuple(dict.fromkeys((*listing.query.values.get(limit.name, ()), "unknown")))
            after = read(index, listing.query.replace(**{limit.name: values}).pairs).keys
            assert limit.unknown_count == sum(facts[key][limit.name] is None for key in after)
            assert limit.has_unknown == ("unknown" in listing.query.values.get(limit.name, ()))


def test_each_chip_removes_itself_and_counts_what_is_there_without_it(index: Index) -> None:
    random = Random(8)
    for _ in range(150):
        listing = read(index, pick_pairs(random, index))
        filters = [p for p in listing.query.pairs if p[0] not in ("sort", "page", "as_of")]
        assert len(listing.chips) == len(filters)
        for chip, pair in zip(listing.chips, filters, strict=True):
            without = follow(index, chip.remove_url)
            assert chip.count_without == without.count
            left = [each for each in listing.query.pairs if each != pair and each[0] != "page"]
            assert without.query.pairs == left


def test_what_limits_hide_is_said_and_the_link_shows_it(index: Index) -> None:
    random, facts = Random(9), facts_by_key()
    some = 0
    for _ in range(250):
        listing = read(index, pick_pairs(random, index))
        for hidden in listing.hidden_by_limits:
            added = set(follow(index, hidden.show_url).keys) - set(listing.keys)
            assert hidden.count == len(added) > 0
            assert all(None in (facts[k]["cost_max"], facts[k]["months_max"]) for k in added)
            some += 1
        # No certification is hidden by a limit without a word.
        values = listing.query.values
        more = {
            name: (*values[name], "unknown")
            for name in AMOUNTS
            if name in values and "unknown" not in values[name]
        }
        links = [each.show_url for each in listing.hidden_by_limits]
        shown = {key for link in links for key in follow(index, link).keys}
        unlimited = read(index, listing.query.replace(**more).pairs)
        assert set(unlimited.keys) == shown | set(listing.keys)
    assert some > 20


def test_nearest_certifications_come_back_by_a_single_removal(index: Index) -> None:
    random = Random(10)
    empty = 0
    for _ in range(250):
        listing = read(index, pick_pairs(random, index))
        back = {key for each in listing.chips for key in follow(index, each.remove_url).keys}
        if listing.count:
            assert listing.nearest_keys == []
        else:
            empty += 1
            back -= set(index.in_order(index.chosen["status"]["closed"], "signal"))
            in_order = [row.pk for row in index.rows if row.pk in back]
            expected = [] if listing.is_not_found else in_order[:NEAREST]
            assert listing.nearest_keys == expected
    assert empty > 20


def test_pages_hold_every_certification_once_and_link_to_each_other(index: Index) -> None:
    random = Random(11)
    for _ in range(100):
        listing = read(index, [p for p in pick_pairs(random, index) if p[0] != "page"])
        assert listing.previous_url is None
        found, page, urls = list(listing.page_keys), listing, [listing.query.url()]
        while page.next_url:
            page = follow(index, page.next_url)
            assert page.previous_url == urls[-1]
            assert page.title.endswith(f", page {page.page}")
            urls.append(page.query.url())
            found += page.page_keys
        assert found == listing.keys
        assert len(urls) == listing.last_page == max(1, -(-listing.count // PAGE_SIZE))


# --- Named lists -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("as_of=2026-11-01", "All certifications: {} entries, compared with 1 November 2026"),
        ("", "All certifications: {} entries"),
        (
            "tier=high&platform=gcp&cost_max=250",
            "High signal on Google Cloud, up to $250: 1 entry",
        ),
        ("tier=high&tier=none", "High signal or Not rated by this guide: {} entries"),
        (f"cert={GOOGLE}&cert={AI_PLUS}", "2 entries, chosen"),
        (
            "months_max=1&sort=name",
            "All certifications, in at most 1 month: {} entries, by name",
        ),
        (
            "months_max=2.5&months_max=unknown",
            "All certifications, in at most 2.5 months or study time unknown: {} entries",
        ),
        ("q=cloud&kind=exam", "All certifications, Exam, “cloud”: {} entries"),
        ("cost_max=unknown", "All certifications, price unknown: {} entries"),
        (
            "tier=avoid&kind=exam&provider=aws&status=closed&cost_max=0",
            "Avoid, Exam by Amazon Web Services, Closed, up to $0: 0 entries",
        ),
    ],
)
def test_title_says_the_list_in_words(text: str, title: str) -> None:
    listing = listed(text)
    assert listing.title == title.format(listing.count)


def test_certification_hidden_by_two_limits_together_is_not_passed_over() -> None:
    a_certification(slug="nothing-known")
    pin = "cert=nothing-known"
    (hidden,) = listed(f"cost_max=100&months_max=3&{pin}").hidden_by_limits
    assert (hidden.noun, hidden.count) == ("price or study time", 1)
    assert hidden.show_url == (
        f"/certifications/?cost_max=100&cost_max=unknown&months_max=3&months_max=unknown&{pin}"
    )


def test_addresses_of_the_list_in_other_forms() -> None:
    listing = listed("tier=high&sort=name&as_of=2026-11-01")
    assert listing.urls["json"] == "/certifications.json?tier=high&sort=name"
    assert listing.urls["csv"] == "/certifications.csv?tier=high&sort=name"
    assert listing.urls["atom"] == "/feeds/changes.atom?tier=high&sort=name"
    assert listing.urls["ics"] == "/calendar/closings.ics?tier=high&sort=name"
    assert listing.dated_url == "/certifications/?tier=high&sort=name&as_of=2026-11-23"


def test_pinned_choice_is_a_list_in_the_guides_order() -> None:
    listing = listed(f"cert={AI_PLUS}&cert={GOOGLE}")
    assert slugs(listing) == [GOOGLE, AI_PLUS]
    assert slugs(listed(f"cert={AI_PLUS}&cert={GOOGLE}&sort=name")) == [AI_PLUS, GOOGLE]
    assert listing.query.values["cert"] == (GOOGLE, AI_PLUS)
    assert [chip.label for chip in listing.chips] == [
        "Google Professional Machine Learning Engineer",
        "AI+ Individual Certification",
    ]
