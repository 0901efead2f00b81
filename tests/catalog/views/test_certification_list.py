"""The page of the list: whole and as a fragment, what it says, where it links."""

import itertools
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.listing.facet_index import current_index
from catalog.listing.list_page import PAGE_SIZE, read_listing
from catalog.models import Certification, Chapter
from catalog.signal_map import MAX_POINTS
from script.trials.many_certifications import make_certifications
from tests.catalog.listing.states import TODAY, facts_by_key, pick_hostile, pick_pairs, read
from tests.factories.rows import a_certification, new_lifecycle
from tests.html import Element, ids, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")

LIST = "/certifications/"
ABOUT = "/advisor/?about="
GOOGLE = "google-professional-machine-learning-engineer"
AI_PLUS = "ai-plus-individual-certification"
ON_GOOGLE = f"{LIST}?tier=high&platform=gcp&cost_max=250"
IN_WORDS = "High signal on Google Cloud, up to $250: 1 entry"
SWAP = {"HX-Request": "true", "HX-Target": "results"}


def get(url: str, **headers: str) -> Any:
    return Client().get(url, headers={name.replace("_", "-"): v for name, v in headers.items()})


def shown(url: str) -> Element:
    response = get(url)
    assert response.status_code == 200
    return read_page(response.content)


def swapped(url: str) -> Any:
    return Client().get(url, headers=SWAP)


def slugs(page: Element) -> list[str]:
    """The slugs in the order of the list; each card asks about its own."""
    results = page.find("#results")
    links = [a.attributes["href"] for a in results.find_all("a")]
    listed = [link for link in links if not link.startswith(ABOUT)]
    assert all(link.startswith(LIST) for link in listed)
    found = [link.removeprefix(LIST).removesuffix("/") for link in listed]
    asked = [link.removeprefix(ABOUT) for link in links if link.startswith(ABOUT)]
    assert len(asked) == len(results.find_all(".card"))
    assert [slug for slug in found if slug in asked] == asked
    return found


def head(page: Element, tag: str, key: str, content: str) -> dict[str, str]:
    return {
        each.attributes[key]: each.attributes[content]
        for each in page.find("head").find_all(tag)
        if key in each.attributes and content in each.attributes
    }


# --- What the page shows -----------------------------------------------------------


def test_results_link_to_the_certifications_and_to_nothing_else() -> None:
    index, random, facts = current_index(TODAY), Random(14), facts_by_key()
    for _ in range(40):
        pairs = [each for each in pick_pairs(random, index) if each[0] != "page"]
        listing = read(index, pairs)
        page = shown(listing.query.url())
        assert slugs(page) == [facts[key]["cert"] for key in listing.page_keys]
        assert page.find("h1").text == "Every certification, judged"
        assert page.find("#count").text == listing.title
        assert len(ids(page)) == len(set(ids(page)))


def test_head_says_the_list_in_words() -> None:
    page = shown(ON_GOOGLE)
    assert page.find("title").text == f"{IN_WORDS} · Signal vs. Noise"
    assert head(page, "meta", "name", "content")["description"] == (
        f"{IN_WORDS}. Judged by the signal they send, with dated facts."
    )
    assert head(page, "link", "rel", "href")["canonical"] == f"http://testserver{ON_GOOGLE}"
    assert head(page, "meta", "property", "content") == {
        "og:type": "website",
        "og:site_name": "Signal vs. Noise",
        "og:title": IN_WORDS,
        "og:description": f"{IN_WORDS}. Judged by the signal they send, with dated facts.",
        "og:url": f"http://testserver{ON_GOOGLE}",
    }
    assert slugs(page) == [GOOGLE]


def test_words_of_an_address_are_escaped() -> None:
    said = get(f"{LIST}?q=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E").content.decode()
    assert "<script>alert" not in said
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in said


def test_form_shows_the_state_and_keeps_what_it_has_no_field_for() -> None:
    url = (
        f"{LIST}?q=cloud&tier=high&tier=none&cost_max=250&cost_max=unknown&cert={GOOGLE}"
        "&sort=cost&as_of=2026-11-01"
    )
    form = shown(url).find("#filters")
    fields = form.find_all("input")
    checked = [
        (f.attributes["name"], f.attributes["value"]) for f in fields if "checked" in f.attributes
    ]
    assert checked == [("tier", "high"), ("tier", "none"), ("cost_max", "unknown")]
    filled = {
        f.attributes["name"]: f.attributes["value"]
        for f in fields
        if f.attributes["type"] != "checkbox"
    }
    assert filled == {
        "cost_max": "250",
        "months_max": "",
        "cert": GOOGLE,
        "as_of": "2026-11-01",
    }
    (selected,) = [o for o in form.find_all("option") if "selected" in o.attributes]
    assert selected.attributes["value"] == "cost"


def test_chips_remove_one_filter_each_or_all() -> None:
    page = shown(f"{LIST}?tier=high&platform=gcp&sort=name")
    links = page.find(".chips").find_all("a")
    assert [(a.text.removesuffix(" \xd7"), a.attributes["href"]) for a in links] == [
        ("Remove: High signal", f"{LIST}?platform=gcp&sort=name"),
        ("Remove: Google Cloud", f"{LIST}?tier=high&sort=name"),
        ("Clear all filters", LIST),
    ]
    assert shown(LIST).find_all(".chips") == []


def test_no_results_say_what_was_asked_and_what_brings_certifications_back() -> None:
    page = shown(f"{LIST}?tier=high&kind=category")
    notice = page.find("#applied").find(".notice")
    assert slugs(page) == []
    assert texts(notice, "p")[0] == "High signal, Category: there is none."
    index = current_index(TODAY)
    for item, removed in zip(notice.find_all("li"), ("tier=high", "kind=category"), strict=True):
        name, value = removed.split("=")
        other = {"tier": ("kind", "category"), "kind": ("tier", "high")}[name]
        count = read(index, [other]).count
        label = {"high": "High signal", "category": "Category"}[value]
        assert item.text == f"Without {label}: {count} {'entry' if count == 1 else 'entries'}"
        assert item.find("a").attributes["href"] == f"{LIST}?{'='.join(other)}"
    assert texts(notice, "p")[1].startswith("Nearest: ")


def test_no_results_by_several_filters_say_so() -> None:
    page = shown(f"{LIST}?tier=high&platform=azure&kind=category")
    assert "No single filter is in the way; clear several." in page.find("#applied").text


def test_certifications_of_unknown_price_are_named_beside_a_limit() -> None:
    page = shown(f"{LIST}?cost_max=100")
    (said,) = [p for p in page.find("#applied").find_all("p") if "no known price" in p.text]
    count = int(said.text.split()[0])
    link = said.find("a").attributes["href"]
    assert link == f"{LIST}?cost_max=100&cost_max=unknown"
    index = current_index(TODAY)
    limited = read(index, [("cost_max", "100")]).count
    with_unknown = read(index, [("cost_max", "100"), ("cost_max", "unknown")])
    assert with_unknown.count == limited + count
    assert slugs(shown(link)) == [facts_by_key()[key]["cert"] for key in with_unknown.page_keys]


def test_pinned_choice_is_a_list_with_a_title() -> None:
    page = shown(f"{LIST}?cert={GOOGLE}&cert={AI_PLUS}")
    assert slugs(page) == [GOOGLE, AI_PLUS]
    assert page.find("#count").text == "2 entries, chosen"


def test_address_that_remembers_a_day_says_what_has_changed_since() -> None:
    new_lifecycle(certification=a_certification(slug="brand-new"), reported="open").save()
    Certification.history.exclude(slug="brand-new").update(history_date="2026-01-10T12:00Z")
    page = shown(f"{LIST}?as_of=2026-11-22")
    said = page.find("#applied").find(".notice")
    assert said.find("h2").text == "Since 22 November 2026"
    assert texts(said, "li")[0].startswith("New in this list: Brand new")
    assert "brand-new" in slugs(shown(f"{LIST}?cert=brand-new&as_of=2026-11-22"))
    others = range(2, number_of_pages() + 1)
    listed = slugs(page) + [
        slug for n in others for slug in slugs(shown(f"{LIST}?page={n}&as_of=2026-11-22"))
    ]
    assert listed.count("brand-new") == 1
    assert head(page, "link", "rel", "href")["canonical"].endswith("?as_of=2026-11-22")


# --- Search ------------------------------------------------------------------------


def box(page: Element) -> str:
    return page.find("#q").attributes["value"]


def test_best_match_comes_first_and_is_marked() -> None:
    page = shown(f"{LIST}?q=azure+ai+engineer")
    assert slugs(page)[0] == "microsoft-azure-ai-engineer-associate"
    marked = page.find("#results").find_all("mark")
    assert [mark.text for mark in marked][:3] == ["Azure", "AI", "Engineer"]
    assert texts(shown(f"{LIST}?q=ai-102"), ".found") == ["Exam AI-102"]


@pytest.mark.parametrize(
    "typed", ["aws practioner", "zzz", "!!!", "🔴", "x" * 200, "y z " * 200, "中文", "<b>&\"'", "٣"]
)
def test_what_was_typed_stays_in_the_box(typed: str) -> None:
    assert box(shown(f"{LIST}?q={quote_plus(typed)}")) == typed


def test_what_the_catalogue_does_not_have_is_no_dead_end() -> None:
    page = shown(f"{LIST}?q=certificate+of+zymurgy").find(".not-found")
    assert texts(page, "h2") == ["The catalogue does not have it"]
    kinds = [a.attributes["href"] for a in page.find(".kinds").find_all("a")]
    assert kinds == [
        f"{LIST}{category.slug}/"
        for category in Certification.objects.in_guide_order().filter(kind="category")
    ]
    assert all(text.endswith("?") for text in texts(page.find(".kinds"), "a"))
    chapter = Chapter.objects.get(slug="evaluation-criteria")
    criteria = chapter.statements.filter(form="numbered").values_list("text", flat=True)
    assert texts(page.find(".criteria"), "a") == list(criteria)


def test_search_without_a_name_leads_on() -> None:
    page = shown(f"{LIST}?q=is+a+free+one+on+a+resume").find(".not-found")
    links = {a.attributes["href"] for a in page.find_all("a")}
    assert texts(page, "h2") == ["That names no certification"]
    assert {f"{LIST}?cost_max=0", "/advisor/"} < links
    assert "Never lead with them on resumes" in texts(page.find(".notice"), "a")


def test_alternatives_lead_to_their_comparison_and_what_is_unknown_to_its_search() -> None:
    both = shown(f"{LIST}?q=pmle+or+aif-c01").find("#applied")
    one = shown(f"{LIST}?q=pmle+or+zymurgy").find("#applied")
    compare = f"{LIST}compare/?cert={GOOGLE}&cert=aws-certified-ai-practitioner"
    assert [a.attributes["href"] for a in both.find("p").find_all("a")] == [compare]
    assert [a.attributes["href"] for a in one.find("p").find_all("a")] == [f"{LIST}?q=zymurgy"]


def test_nearest_is_never_closed() -> None:
    for query in ("q=tensorflow+zzzzz", "status=open&q=ai-102", "platform=gcp&status=closed"):
        listing, _ = read_listing(QueryDict(query))
        closed = listing.index.chosen["status"]["closed"]
        assert listing.index.set_of(listing.nearest_keys) & closed == 0


# --- Pages -------------------------------------------------------------------------


def number_of_pages() -> int:
    return -(-Certification.objects.count() // PAGE_SIZE)


def test_pages_are_real_links_and_hold_each_certification_once() -> None:
    shipped = Certification.objects.count()
    make_certifications(60)
    pages = number_of_pages()
    found, url, visited = [], LIST, []
    while url:
        page = shown(url)
        visited.append(url)
        found += slugs(page)
        nav = page.find("nav.pages")
        assert nav.find("span").text == f"Page {len(visited)} of {pages}"
        links = {a.attributes["rel"]: a.attributes["href"] for a in nav.find_all("a")}
        assert links.get("prev") == (visited[-2] if len(visited) > 1 else None)
        url = links.get("next", "")
    assert visited == [LIST, *(f"{LIST}?page={n}" for n in range(2, pages + 1))]
    assert found == [each["cert"] for each in facts_by_key().values()]
    assert len(found) == len(set(found)) == shipped + 60
    assert (pages - 1) * PAGE_SIZE < len(found) <= pages * PAGE_SIZE
    assert shown(f"{LIST}?tier=high&platform=gcp&cert={GOOGLE}").find_all("nav.pages") == []


@pytest.mark.parametrize("beyond", [1, 999_990])
def test_page_after_the_last_is_named_and_the_last_one_shown(beyond: int) -> None:
    make_certifications(60)
    last = number_of_pages()
    page = last + beyond
    found = shown(f"{LIST}?page={page}&tier=")
    assert slugs(found) == slugs(shown(f"{LIST}?page={last}"))
    said = texts(found.find("#applied").find(".notice"), "p")
    assert said[0] == f"page={page}: The last page of this list is {last}."
    assert head(found, "link", "rel", "href")["canonical"].endswith(f"{LIST}?page={last}")


def test_large_list_has_no_map_and_says_why() -> None:
    make_certifications(2 * MAX_POINTS)  # of many the price or the time is not known
    page = shown(LIST)
    assert page.find_all(".signal-map") == []
    assert (
        f"The signal map draws up to {MAX_POINTS} entries: filter first."
        in page.find("#list-foot").text
    )


@pytest.mark.parametrize(
    "query", ["", "q=certification", "tier=high&cost_max=250", "sort=cost", "q=no-such-word"]
)
def test_number_of_queries_is_small_and_does_not_grow(query: str) -> None:
    url = f"{LIST}?{query}".removesuffix("?")
    counted = []
    for number in (0, 300):
        make_certifications(number)
        get(url)  # builds the index
        for headers in ({}, SWAP):
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(url, headers=headers).status_code == 200
            counted.append(len(queries))
    assert max(counted) <= 8
    # Where none of the certifications shown has a successor, one query less is needed.
    assert all(few - 1 <= many <= few for few, many in zip(counted[:2], counted[2:], strict=True))


# --- Page and fragment -------------------------------------------------------------


@pytest.mark.parametrize("url", [LIST, ON_GOOGLE, f"{LIST}?tier=high&kind=category"])
def test_fragment_is_what_the_page_holds(url: str) -> None:
    page, response = shown(url), swapped(url)
    fragment = read_page(response.content)
    assert [each.attributes.get("id", each.tag) for each in fragment.elements] == [
        *("title", "results", "search", "filters", "applied", "list-foot", "count"),
    ]
    for name in ("#results", "#filters", "#applied", "#list-foot", "#count"):
        assert fragment.find(name).text == page.find(name).text
        assert [x.attributes.get("href") for x in fragment.find(name).walk()] == [
            x.attributes.get("href") for x in page.find(name).walk()
        ]
    assert fragment.find("title").text == page.find("title").text
    assert response.headers["HX-Push-Url"] == url
    is_apart = [each for each in fragment.elements if "hx-swap-oob" in each.attributes]
    assert is_apart == fragment.elements[2:]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "filters"},
        {"HX-Request": "true", "HX-Target": "wizard"},
        {"HX-Target": "results"},
        {**SWAP, "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-History-Restore-Request": "true"},
        {"HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-Boosted": "true"},
    ],
)
def test_whole_page_for_all_other_requests(headers: dict[str, str]) -> None:
    response = Client().get(ON_GOOGLE, headers=headers)
    assert response.content == get(ON_GOOGLE).content
    assert response.content.startswith(b"<!doctype html>")
    assert "HX-Push-Url" not in response.headers


@pytest.mark.parametrize("headers", [{}, SWAP])
@pytest.mark.parametrize("url", [LIST, f"{LIST}?sort=signal", f"{LIST}?nothing=1"])
def test_cache_is_told_what_the_answer_varies_with(url: str, headers: dict[str, str]) -> None:
    response = Client().get(url, headers=headers)
    varies = {each.strip() for each in response.headers["Vary"].split(",")}
    assert {"HX-Request", "HX-Target"} <= varies


def test_fragment_pushes_the_canonical_address() -> None:
    response = swapped(f"{LIST}?sort=signal&q=&cost_max=0250&cost_max=&tier=low&tier=high")
    assert response.status_code == 200
    assert response.headers["HX-Push-Url"] == f"{LIST}?tier=high&tier=low&cost_max=250"


# --- Addresses ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("?sort=signal&page=1&q=", ""),
        ("?platform=gcp&tier=high", "?tier=high&platform=gcp"),
        ("?tier=high&tier=high", "?tier=high"),
        ("?q=machine%20learning", "?q=machine+learning"),
        ("?q=%c3%bcber", "?q=%C3%BCber"),
        ("?cost_max=250.00", "?cost_max=250"),
    ],
)
def test_other_address_redirects_to_the_canonical_one(given: str, expected: str) -> None:
    response = get(f"{LIST}{given}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{LIST}{expected}")
    assert get(f"{LIST}{expected}").status_code == 200


def test_address_with_a_problem_is_not_redirected_but_names_the_canonical_one() -> None:
    page = shown(f"{LIST}?utm_source=x&tier=high&sort=signal")
    assert head(page, "link", "rel", "href")["canonical"] == f"http://testserver{LIST}?tier=high"
    assert texts(page.find("#applied").find(".notice"), "p") == [
        "utm_source: The catalogue has no such filter.",
        "We ignored these, so the list is not filtered by them.",
    ]


def test_former_slug_redirects_for_ever() -> None:
    certification = Certification.objects.get(slug=AI_PLUS)
    for slug in ("second-name", "third-name"):
        certification.slug = slug
        certification.save()
    for old in (AI_PLUS, "second-name"):
        response = get(f"{LIST}{old}/")
        assert (response.status_code, response.headers["Location"]) == (301, f"{LIST}third-name/")
        response = get(f"{LIST}?cert={old}")
        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"{LIST}?cert=third-name",
        )
    assert get(f"{LIST}fourth-name/").status_code == 404


def test_hostile_addresses_name_each_thing_and_show_no_more_than_the_rest_says() -> None:
    index, random, facts = current_index(TODAY), Random(15), facts_by_key()
    for _ in range(80):
        hostile = pick_hostile(random, index)
        page = shown(f"{LIST}?{hostile.text}")
        said = texts(page.find("#applied").find_all(".notice")[0], "b")
        for name, _ in itertools.islice(hostile.bad, 10):
            short = name if len(name) <= 60 else f"{name[:59]}…"
            assert any(each.startswith(short.strip()) for each in said)
        expected = read(index, hostile.sound)
        assert slugs(page) == [facts[key]["cert"] for key in expected.page_keys]


@pytest.mark.parametrize("path", [LIST, "/certifications/compare/"])
def test_too_many_parameters_are_refused_and_as_many_as_go_are_named(path: str) -> None:
    assert get(f"{path}?{'x=1&' * 1001}").status_code == 400
    page = shown(f"{path}?{'&'.join(f'x{n}=1' for n in range(1000))}")
    said = texts(page.find_all(".notice")[0], "p")
    assert said[0] == "x0: The catalogue has no such filter."
    assert any(each.startswith("And 99") for each in said)


@pytest.mark.parametrize("value", ["\x00", "\ufffd", "x" * 5000, "' OR 1=1", "%", "🔴"])
@pytest.mark.parametrize("name", ["cert", "q", "tier", "cost_max", "page", "as_of"])
def test_no_value_breaks_any_form_of_the_list(name: str, value: str) -> None:
    query = f"{name}={quote(value)}"
    for path in (LIST, "/certifications/compare/"):
        assert get(f"{path}?{query}").status_code in {200, 302}
    for path in ("/certifications.json", "/certifications.csv", "/feeds/changes.atom"):
        assert get(f"{path}?{query}").status_code in {200, 400}


@pytest.mark.parametrize("path", [LIST, "/certifications.json", "/certifications.csv"])
def test_only_reading_is_allowed(path: str) -> None:
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


@pytest.mark.parametrize(
    ("limit", "named"),
    [
        ("months_max=3", ["IBM AI Engineering Professional Certificate"]),
        ("months_max=6", []),
        ("cost_max=200", ["IBM AI Engineering Professional Certificate"]),
        ("cost_max=354", []),
        ("months_max=unknown", []),
    ],
)
def test_what_may_exceed_a_limit_is_named(limit: str, named: list[str]) -> None:
    notes = shown(f"{LIST}?tier=moderate&provider=ibm&{limit}").find("#applied").find_all("p")
    said = [note for note in notes if note.text.startswith("Limits are held against")]
    assert [text for note in said for text in texts(note, "a")] == named
