"""The result page on open answers, the page without a verdict, and the way to a recommendation."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.domain.answers import read_answers
from advisor.rulebook_loader import current_rulebook
from advisor.undecided_page import MOST_NAMED
from tests.advisor.sheets import (
    AI_PLUS,
    AWS_GENERATIVE,
    AWS_ML,
    BY_OUTCOME,
    GOOGLE,
    QUESTIONS,
    READY,
    Sheet,
    answered,
    ask,
    is_asked,
    query,
)
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

OPEN = ("not-sure",)
SKIP = BY_OUTCOME["skip"]
AGREED = SKIP | {"portfolio": OPEN, "time": OPEN}
UNDECIDED = READY | {"cloud": OPEN, "held": OPEN, "holds": OPEN}
FAR = answered(
    *(READY,), goal="employment", pillars="none", experience="none", portfolio="none", cloud="none"
)


def _get(client: Client, sheet: Sheet) -> Element:
    response = client.get(f"/advisor/result/?{query(sheet)}")
    assert response.status_code == 200
    return read_page(response.content)


def _ask(client: Client, sheet: Sheet, *, status: int) -> dict[str, Any]:
    response = client.get(f"/advisor/result.json?{query(sheet)}")
    assert response.status_code == status
    found: dict[str, Any] = response.json()
    return found


def _section(page: Element, heading: str) -> Element:
    section = page.section(heading)
    assert section, heading
    return section


# --- Open answers that agree -------------------------------------------------------------------


def test_result_page_on_open_answers_says_what_holds_and_what_was_left_open(client: Client) -> None:
    page = _get(client, AGREED)
    whole = _get(client, SKIP)
    assert page.find("h1").text == whole.find("h1").text == "Skip certifications for now."
    left = _section(page, "What you left open")
    assert [(a.text, a.attributes["href"]) for a in left.find_all("a")] == [
        (
            "What public work shows what you can do?",
            f"/advisor/?{query(AGREED, change='portfolio')}",
        ),
        ("How many months can you study?", f"/advisor/?{query(AGREED, change='time')}"),
    ]
    assert page.section("Every other certification, for you") is None
    assert page.section("What would change this verdict") is None
    canonical = page.find("link", rel="canonical").attributes["href"]
    assert canonical == f"http://testserver/advisor/result/?{query(AGREED)}"


def test_json_on_open_answers_has_what_holds(client: Client) -> None:
    found, whole = _ask(client, AGREED, status=200), ask(client, SKIP)
    assert set(found) == set(whole)
    assert found["open"] == ["portfolio", "time"]
    assert found["outcome"] == whole["outcome"]
    empty: dict[str, Any] = {"changes": [], "trace": [], "certifications": [], "nearest": []}
    assert empty.items() <= found.items()
    assert (found["nearest_change"], found["list"]) == (None, None)


def test_result_page_on_open_answers_has_the_one_it_recommends(client: Client) -> None:
    sheet = READY | {"portfolio": OPEN}
    the_one = _section(_get(client, sheet), "The one")
    assert the_one.find("h3").find("a").attributes["href"] == f"/certifications/{GOOGLE}/"
    assert [
        certification["slug"] for certification in _ask(client, sheet, status=200)["certifications"]
    ] == [GOOGLE]


@pytest.mark.parametrize(
    ("required", "heading"), [(AI_PLUS, "The one"), (AWS_ML, "The one you named")]
)
def test_result_page_on_open_answers_has_the_one_that_was_named(
    client: Client, required: str, heading: str
) -> None:
    sheet = answered(READY, mandate="yes", required=required) | {"goal": OPEN}
    shown = _section(_get(client, sheet), heading)
    assert shown.find("h3").find("a").attributes["href"] == f"/certifications/{required}/"


def test_possible_goals_alone_never_make_a_reason(client: Client) -> None:
    found = _ask(client, AGREED, status=200)
    given = {(key, value) for key, values in AGREED.items() for value in values}
    for reason in (*found["outcome"]["reasons"], *found["instead"], *found["warnings"]):
        assert {(each["question"], each["answer"]) for each in reason["because"]} <= given


# --- Open answers that do not ------------------------------------------------------------------


def test_page_without_a_verdict_names_what_decides_and_what_can_come(client: Client) -> None:
    page = _get(client, UNDECIDED)
    assert page.find("h1").text == "No verdict yet: it depends."
    assert [
        (a.text, a.attributes["href"]) for a in _section(page, "What it depends on").find_all("a")
    ] == [
        (
            "Which cloud platforms do you use, or plan to use, yourself or where you work?",
            f"/advisor/?{query(UNDECIDED, change='cloud')}",
        )
    ]
    call = page.find("a", class_="call")
    assert (call.text, call.attributes["href"]) == (
        "Answer “Cloud platforms”",
        f"/advisor/?{query(UNDECIDED, change='cloud')}",
    )
    assert [li.text for li in _section(page, "What it can come to").find_all("li")] == [
        "One certification could make sense for you, but none of them fits today.",
        "Get one certification, and stop there. Google Professional Machine Learning Engineer",
    ]
    asked = client.get(f"/advisor/result/?{query(UNDECIDED)}")
    assert asked.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_json_without_a_verdict_names_what_decides(client: Client) -> None:
    found = _ask(client, UNDECIDED, status=400)
    assert set(found) == {"error", "missing", "invalid", "open"}
    assert (found["missing"], found["invalid"]) == (["cloud"], [])
    assert found["open"] == ["cloud", "held", "holds"]


def test_possible_verdicts_are_those_that_answers_lead_to(client: Client) -> None:
    shown = {
        li.text for li in _section(_get(client, UNDECIDED), "What it can come to").find_all("li")
    }
    headlines = set()
    for cloud in QUESTIONS["cloud"]:
        verdict = ask(client, answered(READY, cloud=cloud))
        headlines.add(verdict["outcome"]["headline"].replace("there: Google", "there. Google"))
    assert {text.rstrip(".") for text in headlines} == {text.rstrip(".") for text in shown}


def test_open_answers_take_a_constant_number_of_queries(client: Client) -> None:
    client.get(f"/advisor/result/?{query(AGREED)}")  # rulebook and certifications are loaded
    caches["default"].clear()
    counts = []
    for address in ("result/", "result.json"):
        for sheet in (AGREED, UNDECIDED):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/advisor/{address}?{query(sheet)}")
            counts.append(len(queries))
    assert counts == [3, 3, 3, 2]  # an error is not kept: nothing to check


# --- The way to a recommendation ---------------------------------------------------------------


def test_result_page_says_the_shortest_way_to_a_recommendation(client: Client) -> None:
    change = _section(_get(client, FAR), "What would change this verdict")
    (first, *_) = change.find_all("li")
    assert first.find("a").text == (
        "If you complete the ML fundamentals (Pillars 1-4), do hands-on ML projects and work with "
        "Google Cloud"
    )
    assert "Then: Get one certification, and stop there: Google Professional" in first.text
    assert first.find("small").text == "Taking it that you use no framework in particular."


def test_nearest_change_leads_where_it_says(client: Client) -> None:
    nearest = ask(client, FAR)["nearest_change"]
    assert [(move["question"], move["from"], move["to"]) for move in nearest["moves"]] == [
        ("pillars", "none", "4"),
        ("experience", "none", "hands-on"),
        ("cloud", ["none"], ["gcp"]),
    ]
    assert nearest["also"] == {"framework": "none"}
    verdict = client.get(nearest["url"].replace("result/", "result.json")).json()
    assert (verdict["outcome"]["slug"], verdict["recommended"]) == ("one", GOOGLE)
    assert (nearest["outcome"], nearest["recommended"]) == ("one", GOOGLE)
    assert verdict["nearest_change"] is None


def test_result_page_says_plainly_that_nothing_in_the_learners_power_helps(client: Client) -> None:
    sheet = answered(READY, role="researcher")
    change = _section(_get(client, sheet), "What would change this verdict")
    assert change.find_all("p")[0].text == (
        "Nothing in your power leads to a recommendation, however many answers you change."
    )
    assert ask(client, sheet)["nearest_change"] is None


def test_reading_left_open_to_the_end_is_complete() -> None:
    book = current_rulebook()
    for sheet in BY_OUTCOME.values():
        for key in sheet:
            reading = read_answers(book, dict.fromkeys(QUESTIONS, OPEN) | {key: sheet[key]})
            asked = {q.key for q in reading.asked}
            assert reading.missing == ()
            assert {each for each in sheet if is_asked(each, sheet)} - {"coursera"} <= asked | {key}


# --- What could be spent otherwise -------------------------------------------------------------

LEARNING = {
    "role": "researcher", "goal": "learn", "learning": "guided", "pillars": "none",
    "experience": "none", "portfolio": "none", "cloud": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"budget": "100"},
            "Google Professional Machine Learning Engineer, for one, takes $200 and",
        ),
        (
            {"goal": "shortcut"},
            "Google Professional Machine Learning Engineer, for one, takes $200",
        ),
        # What did not come close is named only if the learner could pay for it.
        (
            {"goal": "shortcut", "budget": "100"},
            "AWS Certified AI Practitioner, for one, takes $100",
        ),
        (
            LEARNING | {"coursera": "no"},
            "takes at least $177 and 3-6 months.",
        ),
        # With Coursera Plus it costs nothing more.
        (
            LEARNING | {"coursera": "yes"},
            "for one, takes 3-6 months.",
        ),
    ],
)
def test_result_page_says_what_fee_and_months_could_be_spent_otherwise(
    client: Client, changes: dict[str, str], words: str
) -> None:
    page = _get(client, answered(READY, **{"budget": "any", "time": "any"} | changes))
    said = _section(page, "What to do instead").find_all("p")[0].text
    assert words in said
    assert said.endswith("Spent the guide’s way, the same time and money buy more:")


@pytest.mark.parametrize(
    "sheet",
    [
        READY,
        AGREED,
        # Nobody can spend otherwise what an employer requires.
        answered(READY, mandate="yes", required=AWS_GENERATIVE),
        answered(READY, mandate="yes", required=AWS_ML),
        # Who can spend nothing is kept from what is not known to be free.
        answered(READY, goal="shortcut", budget="0", time="any"),
    ],
)
def test_result_page_that_recommends_or_requires_or_is_open_weighs_no_fee(
    client: Client, sheet: Sheet
) -> None:
    page = _get(client, sheet)
    section = page.section("What else to do") or _section(page, "What to do instead")
    assert section.find_all("p") == []


def test_result_page_begins_with_the_one_that_is_required(client: Client) -> None:
    page = _get(client, answered(READY, mandate="yes", required=AWS_ML))
    first = page.find_all("section", class_="headed")[0]
    assert first.find("h2").text == "The one you named"
    assert "It’s no longer available. Ask whoever requires it" in first.text


def test_result_page_says_why_the_one_is_preferred_to_what_would_fit_too(client: Client) -> None:
    page = _get(client, BY_OUTCOME["literacy"])
    said = [p.text for p in _section(page, "The one").find_all("p") if "Chosen before" in p.text]
    assert said == []  # who can't program is not ready for the other exam


# --- Any of very many certifications could be named ----------------------------------------------

MANDATED = answered(READY, mandate="yes", required=AI_PLUS)


def test_result_page_shows_a_few_of_those_that_could_be_required_instead(client: Client) -> None:
    changes = ask(client, MANDATED)["changes"]
    named = [c for c in changes if c["question"] == "required" and c["to"] != "other"]
    fold = next(d for d in _get(client, MANDATED).find_all("details") if "yours" in d.text)
    links = [a.attributes["href"] for a in fold.find_all("a")]
    assert fold.find("summary").text == (
        f"Answers that aren’t yours to change ({len(links) - 1 + len(named) - MOST_NAMED})"
    )
    assert [change["url"] for change in named if change["url"] in links] == [
        change["url"] for change in named[:MOST_NAMED]
    ]
    assert fold.find_all("p")[-1].text == (
        f"The same goes for {len(named) - MOST_NAMED} others. Name the one required of you."
    )
    assert links[-1] == f"/advisor/?{query(MANDATED, change='required')}"


def test_page_without_a_verdict_names_a_few_of_those_that_could_be_required(
    client: Client,
) -> None:
    page = _get(client, MANDATED | {"required": OPEN})
    (names,) = [li.find("small").text for li in page.find_all("li") if li.find_all("small")]
    number = len(ask(client, MANDATED)["changes"])
    assert names.count("; or ") == MOST_NAMED
    assert re.fullmatch(r".*; or any of \d+ others", names), number
