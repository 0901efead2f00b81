"""The query in an address: one canonical form, nothing dropped without a word."""

from random import Random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from catalog.listing.facet_index import Index, current_index
from catalog.listing.list_page import Listing, read_listing
from catalog.listing.list_query import EXPECTED, ORDER, TOO_LONG, ListQuery, read_query
from catalog.models import Certification
from catalog.url_parameters import Problem
from script.trials.many_certifications import make_certifications
from tests.catalog.listing.states import TODAY, follow, mess_up, pick_hostile, pick_pairs, read

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
AI_PLUS = "ai-plus-individual-certification"
LIST = "/certifications/"
NO_CHOICE = "There is no such choice."
ONE = "Only one value is possible; give one."


@pytest.fixture
def index(guide: None) -> Index:
    """Of the shipped content and some sixty certifications more."""
    make_certifications(60)
    return current_index(TODAY)


def parsed(text: str) -> tuple[ListQuery, list[Problem]]:
    listing, problems = read_listing(QueryDict(text))
    return listing.query, problems


def canonical(text: str) -> str:
    query, problems = parsed(text)
    assert problems == []
    return query.url()


# --- Canonical addresses -----------------------------------------------------------


def test_canonical_address_is_idempotent_and_the_order_never_matters(index: Index) -> None:
    random = Random(1)
    seen = set()
    for _ in range(400):
        pairs = pick_pairs(random, index)
        listing = read(index, pairs)
        url = listing.query.url()
        seen.add(url)
        assert read(index, mess_up(random, pairs)).query.url() == url
        assert read(index, mess_up(random, listing.query.pairs)).query.url() == url
        assert follow(index, url).query == listing.query
        names = [name for name, _ in listing.query.pairs]
        assert names == sorted(names, key=ORDER.index)
        assert len(set(listing.query.pairs)) == len(listing.query.pairs)
    assert len(seen) > 300


def test_canonical_address_of_a_hostile_query_is_sound(index: Index) -> None:
    random = Random(2)
    for _ in range(400):
        raw = QueryDict(pick_hostile(random, index).text)
        query, problems = read_query(index, dict(raw.lists()), renamed={})
        assert problems != []
        assert follow(index, query.url()).query == query


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ""),
        ("tier=high", "tier=high"),
        ("tier=moderate&tier=high", "tier=high&tier=moderate"),
        ("platform=aws&tier=high&tier=high", "tier=high&platform=aws"),
        ("sort=signal&page=1&tier=&q=+", ""),
        ("sort=cost&page=2", "sort=cost&page=2"),
        ("sort=signal&q=aws", "q=aws&sort=signal"),  # a search is sorted by how well it is met
        ("cost_max=0250.50", "cost_max=250.5"),
        ("cost_max=100", "cost_max=100"),
        ("cost_max=250&cost_max=250.0&cost_max=unknown", "cost_max=250&cost_max=unknown"),
        ("months_max=0", "months_max=0"),
        ("q=++machine%09learning+", "q=machine+learning"),
        ("q=%C3%9Cber+%26+co", "q=%C3%9Cber+%26+co"),
        (f"cert={AI_PLUS}&cert={GOOGLE}", f"cert={GOOGLE}&cert={AI_PLUS}"),
        ("as_of=2026-11-23&status=open", "status=open&as_of=2026-11-23"),
    ],
)
def test_canonical_address(given: str, expected: str) -> None:
    assert canonical(given) == f"{LIST}?{expected}".removesuffix("?")


def test_control_characters_in_a_search_are_spaces() -> None:
    assert canonical("q=cl%00oud%1fz%7f") == f"{LIST}?q=cl+oud+z"


def test_former_slug_is_replaced_by_the_one_of_today() -> None:
    certification = Certification.objects.get(slug=AI_PLUS)
    for slug in ("second-name", "third-name"):
        certification.slug = slug
        certification.save()
    expected = f"{LIST}?cert={GOOGLE}&cert=third-name"
    assert canonical(f"cert={AI_PLUS}&cert={GOOGLE}") == expected
    assert canonical(f"cert=+second-name+&cert={AI_PLUS}&cert={GOOGLE}&cert=third-name") == expected


def test_replacing_a_value_goes_back_to_the_first_page() -> None:
    query, _ = parsed("tier=high&page=3&sort=name")
    assert query.replace(tier=()).url() == f"{LIST}?sort=name"
    assert query.replace(kind=("exam",)).url() == f"{LIST}?tier=high&kind=exam&sort=name"
    assert parsed("q=aws&sort=signal")[0].replace(q=()).url() == LIST
    assert query.replace(page=("2",)).url() == f"{LIST}?tier=high&sort=name&page=2"


# --- What can't be understood ------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "problems", "rest"),
    [
        ("utm_source=x", [("utm_source", "", "The catalogue has no such filter.")], ""),
        ("TIER=high", [("TIER", "", "The catalogue has no such filter.")], ""),
        ("tier=HIGH&tier=low", [("tier", "HIGH", NO_CHOICE)], "tier=low"),
        ("tier=zz&tier=yy", [("tier", "zz", NO_CHOICE), ("tier", "yy", NO_CHOICE)], ""),
        ("cert=no-such-entry", [("cert", "no-such-entry", NO_CHOICE)], ""),
        ("cost_max=1_000", [("cost_max", "1_000", EXPECTED["cost_max"])], ""),
        ("cost_max=1e3&cost_max=250", [("cost_max", "1e3", EXPECTED["cost_max"])], "cost_max=250"),
        ("months_max=%D9%A3", [("months_max", "٣", EXPECTED["months_max"])], ""),
        ("cost_max=100&cost_max=250", [("cost_max", "100, 250", ONE)], ""),
        (
            "cost_max=100&cost_max=unknown&cost_max=250",
            [("cost_max", "100, 250", ONE)],
            "cost_max=unknown",
        ),
        ("sort=name&sort=signal", [("sort", "name, signal", ONE)], ""),
        ("page=1&page=2", [("page", "1, 2", ONE)], ""),
        ("page=0", [("page", "0", EXPECTED["page"])], ""),
        ("as_of=2026-11-24", [("as_of", "2026-11-24", EXPECTED["as_of"])], ""),
        ("as_of=2026-02-30", [("as_of", "2026-02-30", EXPECTED["as_of"])], ""),
        ("q=%00", [("q", "\x00", EXPECTED["q"])], ""),
        ("q=%ff", [("q", "\ufffd", EXPECTED["q"])], ""),
        (f"q={'x' * 201}", [("q", "x" * 201, TOO_LONG)], f"q={'x' * 200}"),
        (f"q={'x' * 200}", [], f"q={'x' * 200}"),
    ],
)
def test_what_cannot_be_understood_is_named_and_the_rest_applied(
    given: str, problems: list[tuple[str, str, str]], rest: str
) -> None:
    query, found = parsed(given)
    assert [(each.parameter, each.value, each.reason) for each in found] == problems
    assert query.url() == f"{LIST}?{rest}".removesuffix("?")


def test_hostile_queries_are_named_in_full_and_never_widen_the_list(index: Index) -> None:
    random = Random(3)
    for _ in range(600):
        hostile = pick_hostile(random, index)
        raw = dict(QueryDict(hostile.text).lists())
        query, problems = read_query(index, raw, renamed={})
        assert {each.parameter for each in problems} == {name for name, _ in hostile.bad}
        for name, value in hostile.bad:
            said = [each.value for each in problems if each.parameter == name]
            assert name not in ORDER or any(value.strip() in each for each in said)
        assert all(each.reason for each in problems)
        expected = read(index, hostile.sound)
        assert query == expected.query
        assert Listing(index, query).keys == expected.keys


def test_thousand_parameters_are_read() -> None:
    text = urlencode([("cert", f"no-such-{n}") for n in range(999)] + [("tier", "high")])
    query, problems = parsed(text)
    assert len(problems) == 999
    assert query.url() == f"{LIST}?tier=high"
