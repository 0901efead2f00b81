"""The pages of the wizard and of the verdict: what they ask, fill in, say, and refuse."""

from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advisor.rulebook_loader import current_rulebook
from tests.advisor.sheets import (
    AI_PLUS,
    AWS_ML,
    BEGINNER,
    BY_OUTCOME,
    QUESTIONS,
    READY,
    SALES,
    SEVERAL,
    Sheet,
    answered,
    query,
)
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

RESULT, WIZARD = "/advisor/result/", "/advisor/"
HTMX = {"HX-Request": "true", "HX-Target": "wizard"}


def _get(client: Client, address: str, **headers: str) -> Element:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return read_page(response.content)


def _question(page: Element) -> str:
    return page.find("legend").find("h1").text


def _checked(page: Element) -> tuple[str, ...]:
    inputs = page.find("fieldset").find_all("input")
    return tuple(i.attributes["value"] for i in inputs if "checked" in i.attributes)


def _hidden(page: Element) -> list[tuple[str, str]]:
    return [
        (each.attributes["name"], each.attributes["value"])
        for each in page.find_all("input", type="hidden")
    ]


def _canonical(page: Element) -> str:
    return page.find("link", rel="canonical").attributes["href"]


def _before(key: str, sheet: Sheet = READY) -> Sheet:
    keys = list(sheet)
    return {each: sheet[each] for each in keys[: keys.index(key)]}


def _submitted(client: Client, page: Element, *values: str) -> HttpResponseBase:
    """The response to the form of the page, sent with these answers."""
    form = page.find("#wizard")
    name = form.find("fieldset").find_all("input")[0].attributes["name"]
    pairs = [*_hidden(page), *((name, value) for value in values)]
    return client.get(f"{form.attributes['action']}?{urlencode(pairs)}")


# --- One question a page -----------------------------------------------------------------------


@pytest.mark.parametrize("key", READY)
def test_wizard_asks_the_first_open_question(client: Client, key: str) -> None:
    page = _get(client, f"{WIZARD}?{query(_before(key))}")
    question = current_rulebook().by_key[key]
    assert _question(page) == question.text
    assert page.find("p", id="why").text.startswith(f"Why we ask: {question.why}")
    assert page.find("title").text == f"{question.text} · Advisor · Signal vs. Noise"
    inputs = page.find("fieldset").find_all("input")
    assert tuple(i.attributes["value"] for i in inputs) == QUESTIONS[key]
    assert {i.attributes["name"] for i in inputs} == {key}
    assert {i.attributes["type"] for i in inputs} == {"checkbox" if key in SEVERAL else "radio"}
    assert _checked(page) == ()
    assert _hidden(page) == [
        *((k, v) for k, values in _before(key).items() for v in values),
        ("submitted", key),
    ]
    assert _canonical(page) == f"http://testserver{WIZARD}?{query(_before(key))}".removesuffix("?")


@pytest.mark.parametrize("sheet", BY_OUTCOME.values(), ids=BY_OUTCOME)
def test_wizard_leads_from_the_first_question_to_the_answers(client: Client, sheet: Sheet) -> None:
    address = WIZARD
    for key, values in sheet.items():
        page = _get(client, address)
        assert page.find("#wizard").find("fieldset").find_all("input")[0].attributes["name"] == key
        response = _submitted(client, page, *values)
        assert response.status_code == 302
        address = response.headers["Location"]
    assert address == f"{WIZARD}?{query(sheet)}"
    assert _get(client, address).find("h1").text == "Check your answers"


@pytest.mark.parametrize("key", READY)
def test_question_to_change_has_its_answer_filled_in(client: Client, key: str) -> None:
    page = _get(client, f"{WIZARD}?{query(READY, change=key)}")
    assert _question(page) == current_rulebook().by_key[key].text
    assert _checked(page) == READY[key]
    assert page.find("a", class_="back").attributes["href"] == f"{WIZARD}?{query(READY)}"
    assert _canonical(page) == f"http://testserver{WIZARD}?{query(READY, change=key)}"
    response = _submitted(client, page, *READY[key])
    after = read_page(client.get(response.headers["Location"]).content)
    assert after.find("h1").text == "Check your answers"
    assert _canonical(after) == f"http://testserver{WIZARD}?{query(READY)}"


@pytest.mark.parametrize("key", list(READY)[1:])
def test_back_leads_to_the_question_before_with_its_answer(client: Client, key: str) -> None:
    page = _get(client, f"{WIZARD}?{query(_before(key))}")
    previous = list(READY)[list(READY).index(key) - 1]
    back = page.find("a", class_="back").attributes["href"]
    assert back == f"{WIZARD}?{query(_before(key), change=previous)}"
    before = _get(client, back)
    assert (_question(before), _checked(before)) == (
        current_rulebook().by_key[previous].text,
        READY[previous],
    )
    again = _submitted(client, before, *READY[previous])
    assert _question(_get(client, again.headers["Location"])) == _question(page)


def test_back_leads_from_the_first_question_to_the_start(client: Client) -> None:
    assert _get(client, WIZARD).find("a", class_="back").attributes["href"] == "/"


def test_answers_to_check_are_all_shown_with_links_to_change_them(client: Client) -> None:
    sheet = answered(READY, cloud="gcp azure")
    page = _get(client, f"{WIZARD}?{query(sheet)}")
    rows = page.find("dl").find_all("div")
    book = current_rulebook()
    assert [row.find("dt").text for row in rows] == [book.by_key[key].label for key in sheet]
    assert [row.find_all("dd")[0].text for row in rows] == [
        "; ".join(book.by_key[key].by_key[value].label for value in values)
        for key, values in sheet.items()
    ]
    assert [row.find("a").attributes["href"] for row in rows] == [
        f"{WIZARD}?{query(sheet, change=key)}" for key in sheet
    ]
    assert [row.find("a").text for row in rows] == [
        f"Change “{book.by_key[key].label}”" for key in sheet
    ]
    assert page.find("a", class_="call").attributes["href"] == f"{RESULT}?{query(sheet)}"


def test_progress_counts_the_questions_asked(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query(_before('goal'))}")
    assert page.find("p", class_="progress").text == "Question 3 of 12"
    assert page.find("progress").attributes["value"] == "3"


# --- Errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", READY)
def test_submitting_nothing_gives_an_error_summary(client: Client, key: str) -> None:
    page = _get(client, f"{WIZARD}?{query(_before(key), submitted=key)}")
    question = current_rulebook().by_key[key]
    several = "Choose all that are true." if key in SEVERAL else "Choose one answer."
    error = f"{question.label}: nothing was chosen. {several}"
    assert page.find("title").text == f"Error: {question.text} · Advisor · Signal vs. Noise"
    summary = page.find("div", class_="error-summary")
    assert {
        "role": "alert",
        "tabindex": "-1",
        "autofocus": "",
    }.items() <= summary.attributes.items()
    assert (summary.find("a").text, summary.find("a").attributes["href"]) == (error, f"#{key}-1")
    field = page.find("fieldset")
    assert field.find_all("input")[0].attributes["id"] == f"{key}-1"
    assert field.attributes["aria-describedby"] == f"why {key}-error"
    assert field.find("p", id=f"{key}-error").text == f"Error: {error}"


@pytest.mark.parametrize(
    ("key", "given", "checked", "words"),
    [
        ("role", ["zzz"], (), "This is not an answer to “What is your role"),
        ("role", [""], (), "This is not an answer to “What is your role"),
        ("role", ["builder", "mlops"], ("builder", "mlops"), "Only one answer is possible"),
        ("cloud", ["gcp", "none"], ("gcp", "none"), "“None” can’t be combined"),
        ("goal", ["production", "zzz"], ("production",), "This is not an answer to “What do you"),
        ("role", ["\0"], (), "This is not an answer"),
        ("role", ["x" * 5000], (), "This is not an answer"),
        ("role", ["<script>"], (), "This is not an answer"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_answer_that_cannot_be_taken_is_an_error_of_its_question(
    client: Client, key: str, given: list[str], checked: tuple[str, ...], words: str
) -> None:
    wrong = urlencode([(key, value) for value in given])
    page = _get(client, f"{WIZARD}?{query(_before(key))}&{wrong}")
    assert page.find("title").text.startswith("Error: ")
    assert page.find("div", class_="error-summary").find("a").text.startswith(words)
    assert page.find("div", class_="notice").find("b").text.startswith(key)
    assert _checked(page) == checked
    assert key not in [name for name, _ in _hidden(page)]


@pytest.mark.parametrize("address", [WIZARD, RESULT])
def test_unknown_parameter_is_named(client: Client, address: str) -> None:
    page = _get(client, f"{address}?{query(READY)}&utm_source=%3Cb%3E&x=1")
    notice = page.find("div", class_="notice")
    assert notice.attributes["role"] == "status"
    assert [p.text for p in notice.find_all("p")] == [
        "utm_source=<b>: The advisor has no such question.",
        "x=1: The advisor has no such question.",
    ]
    assert "utm_source" not in _canonical(page)


@pytest.mark.parametrize("name", ["change", "submitted"])
@pytest.mark.parametrize("value", ["zzz", "pillars"], ids=["no question", "not asked"])
def test_question_that_cannot_be_opened_is_named(client: Client, name: str, value: str) -> None:
    page = read_page(client.get(f"{WIZARD}?role=business&{name}={value}").content)
    assert [
        b.text for notice in page.find_all("div", class_="notice") for b in notice.find_all("b")
    ] == [f"{name}={value}"]


@pytest.mark.parametrize("address", [WIZARD, RESULT])
def test_dropped_answers_are_named(client: Client, address: str) -> None:
    page = _get(client, f"{address}?{query(READY | {'role': ('business',)})}")
    said = page.find("div", class_="notice").find("p").text
    assert said == (
        "“Fundamentals”, “Practice”, “Public work”, “Framework”: "
        "after your other answers, we don’t ask this."
    )
    assert "pillars" not in _canonical(page)


def test_changing_the_role_drops_and_names_the_abandoned_answers(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query(READY, change='role')}")
    response = _submitted(client, page, "business")
    after = _get(client, response.headers["Location"])
    assert after.find("h1").text == "Check your answers"
    assert "Fundamentals" in after.find("div", class_="notice").text
    sheet = {"role": ("business",)} | {key: READY[key] for key in SALES if key != "role"}
    assert after.find("a", class_="call").attributes["href"] == f"{RESULT}?{query(sheet)}"


def test_ten_problems_are_shown_and_the_rest_counted(client: Client) -> None:
    wrong = "&".join(f"p{n}=1" for n in range(987))
    page = _get(client, f"{RESULT}?{query(READY)}&{wrong}")
    paragraphs = page.find("div", class_="notice").find_all("p")
    assert (len(paragraphs), paragraphs[-1].text) == (11, "And 977 more.")


@pytest.mark.parametrize("key", READY)
@pytest.mark.parametrize(
    "value",
    ["zzz", "", "%00", "%ff", "%ed%a0%80", "x" * 5000, "%F0%9F%9F%A1", "%22%3E%3Cscript%3E"],
    ids=lambda value: value[:12],
)
def test_bad_answer_never_breaks_a_page_nor_is_passed_over(
    client: Client, key: str, value: str
) -> None:
    rest = query({each: values for each, values in READY.items() if each != key})
    asks = _get(client, f"{WIZARD}?{rest}&{key}={value}")
    assert asks.find("title").text.startswith("Error: ")
    response = client.get(f"{RESULT}?{rest}&{key}={value}")
    assert response.status_code == 302
    after = _get(client, response.headers["Location"])
    assert after.find("title").text.startswith("Error: ")
    assert client.get(f"/advisor/result.json?{rest}&{key}={value}").status_code == 400


@pytest.mark.parametrize("path", [WIZARD, RESULT, "/advisor/result.json"])
@pytest.mark.parametrize(
    ("wrong", "is_answered"),
    [
        ("%00=%00", True),
        ("%ff=%ff", True),
        ("&&&", True),
        ("=", True),
        ("a" * 5000, True),
        ("&".join(["goal=production"] * 900), True),
        ("&".join(f"goal=g{n}" for n in range(900)), True),
        ("&".join(f"p{n}=1" for n in range(1001)), False),
        ("&".join(["goal=production"] * 1001), False),
    ],
    ids=lambda value: str(value)[:20],
)
def test_bad_address_never_breaks_a_page(
    client: Client, path: str, wrong: str, *, is_answered: bool
) -> None:
    response = client.get(f"{path}?{query(READY)}&{wrong}")
    expected = {200, 302, 400} if path.endswith("json") else {200, 302}
    assert response.status_code in (expected if is_answered else {400})


@pytest.mark.parametrize("path", [WIZARD, RESULT, "/advisor/result.json"])
def test_nothing_is_taken_by_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


# --- The verdict's page ------------------------------------------------------------------------


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_verdict_has_its_canonical_address(client: Client, slug: str) -> None:
    sheet = BY_OUTCOME[slug]
    twice = urlencode([(k, v) for k, values in reversed(sheet.items()) for v in values * 2])
    page = _get(client, f"{RESULT}?{twice}")
    assert _canonical(page) == f"http://testserver{RESULT}?{query(sheet)}"


@pytest.mark.parametrize("key", READY)
def test_verdict_on_an_incomplete_sheet_goes_back_to_the_question(client: Client, key: str) -> None:
    rest = {each: values for each, values in READY.items() if each != key}
    response = client.get(f"{RESULT}?{query(rest)}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{WIZARD}?{query(rest)}")


def test_verdict_names_what_closed_when_and_by_whose_word(client: Client) -> None:
    page = _get(client, f"{RESULT}?{query(BY_OUTCOME['none-fits'])}")
    closest = page.section("What came closest, and what stood in the way")
    assert closest
    assert "Its last day was 31 March 2026." in closest.text
    assert "metaltoad.com" in closest.text
    assert (
        "Named as what follows it: AWS Certified Machine Learning Engineer - Associate, not rated "
        "by this guide; AWS Certified Generative AI Developer - Professional, not rated by this "
        "guide."
    ) in closest.text


def test_verdict_shows_the_caution_of_what_it_recommends(client: Client) -> None:
    sheet = answered(SALES, goal="employment", programming="basic", budget="100")
    the_one = _get(client, f"{RESULT}?{query(sheet)}").section("The one")
    assert the_one
    cautions = [p.text for p in the_one.find_all("p", class_="notice")]
    assert "Caution: How long it takes is not known." in cautions


def test_caution_is_visible_wherever_a_certification_is_called_worth_it(client: Client) -> None:
    page = read_page(client.get(f"{RESULT}?{query(SALES)}").content)
    item = next(
        li
        for ul in page.find_all("ul", class_="standing")
        for li in ul.find_all("li")
        if "Microsoft Azure AI Fundamentals" in li.text
    )
    assert "Caution: How long it takes is not known." in item.text


@pytest.mark.parametrize(
    ("required", "heading", "other"),
    [(AI_PLUS, "The one", "The one you named"), (AWS_ML, "The one you named", "The one")],
)
def test_verdict_on_a_mandate_shows_the_certification_that_was_named(
    client: Client, required: str, heading: str, other: str
) -> None:
    page = _get(client, f"{RESULT}?{query(answered(READY, mandate='yes', required=required))}")
    shown = page.section(heading)
    assert shown
    assert shown.find("h3").find("a").attributes["href"] == f"/certifications/{required}/"
    assert page.section(other) is None


def test_verdict_on_another_mandate_names_no_certification(client: Client) -> None:
    page = _get(client, f"{RESULT}?{query(answered(READY, mandate='yes', required='other'))}")
    assert (page.section("The one"), page.section("The one you named")) == (None, None)


def test_mandate_that_is_not_listed_gets_the_help_of_a_search_without_a_hit(
    client: Client,
) -> None:
    page = _get(client, f"{RESULT}?{query(answered(READY, mandate='yes', required='other'))}")
    without = _get(client, "/certifications/?q=zzzzzzzz")
    for part in ("ul.kinds", "ol.criteria"):
        help_on_it = page.find("div.not-found").find(part)
        assert help_on_it.text == without.find("div.not-found").find(part).text
    assert _get(client, f"{RESULT}?{query(READY)}").find_all("div.not-found") == []


def test_reason_repeats_what_the_learner_said(client: Client) -> None:
    why = _get(client, f"{RESULT}?{query(BEGINNER)}").section("Why")
    assert why
    assert why.find_all("p", class_="you-said")[0].text == (
        "You said you want structured, guided learning; you have none of the "
        "fundamentals yet; you learn best with structure and guidance"
    )


def test_verdict_leads_back_to_the_answers(client: Client) -> None:
    page = _get(client, f"{RESULT}?{query(READY)}")
    edit = next(a for a in page.find_all("a") if a.text == "Change your answers")
    assert edit.attributes["href"] == f"{WIZARD}?{query(READY)}"


# --- htmx, caches, cookies, queries ------------------------------------------------------------


@pytest.mark.parametrize("sheet", [{}, _before("goal"), READY], ids=["first", "later", "check"])
def test_htmx_gets_the_fragment_that_is_in_the_page(client: Client, sheet: Sheet) -> None:
    address = f"{WIZARD}?{query(sheet)}"
    whole = _get(client, address)
    fragment = _get(client, address, **HTMX)
    assert fragment.find_all("html") == []
    assert fragment.find("title").text == whole.find("title").text
    (swapped,) = [*fragment.find_all("form", id="wizard"), *fragment.find_all("div", id="wizard")]
    (in_page,) = [*whole.find_all("form", id="wizard"), *whole.find_all("div", id="wizard")]
    assert swapped.text.removeprefix(fragment.find("title").text).strip() == in_page.text
    assert "autofocus" in swapped.find("h1").attributes
    assert "autofocus" not in in_page.find("h1").attributes


def test_htmx_gets_the_focus_on_the_error_and_not_on_the_heading(client: Client) -> None:
    fragment = _get(client, f"{WIZARD}?submitted=role", **HTMX)
    assert fragment.find("title").text.startswith("Error: ")
    assert "autofocus" in fragment.find("div", class_="error-summary").attributes
    assert "autofocus" not in fragment.find("h1").attributes


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Target": "results"},
        {"HX-Target": "wizard"},
        {**HTMX, "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-History-Restore-Request": "true"},
        {"HX-History-Restore-Request": "true"},
    ],
    ids=[
        "no target",
        "another target",
        "not by htmx",
        "restore of the wizard",
        "restore as htmx",
        "restore",
    ],
)
def test_page_is_whole_unless_the_wizard_is_the_target(
    client: Client, headers: dict[str, str]
) -> None:
    page = _get(client, WIZARD, **headers)
    assert len(page.find_all("html")) == 1
    assert _question(page) == current_rulebook().by_key["role"].text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("address", ["", "?submitted=role", "?submitted=role&role=builder"])
def test_wizard_varies_by_what_htmx_says(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    response = client.get(f"{WIZARD}{address}", headers=headers)
    assert {"HX-Request", "HX-Target"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    "address",
    [WIZARD, f"{WIZARD}?submitted=role", f"{WIZARD}?{query(READY)}", f"{RESULT}?{query(READY)}",
     f"/advisor/result.json?{query(READY)}", "/advisor/result.json"],
    ids=["question", "error", "check", "result", "json", "json error"],
)  # fmt: skip
def test_no_cookie_is_set(client: Client, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (WIZARD, 1),
        (f"{WIZARD}?{query(_before('budget'))}", 4),
        (f"{WIZARD}?{query(READY)}", 4),
        (f"{WIZARD}?submitted=role&role=builder", 3),
        ("/advisor/result.json", 3),
    ],
)
def test_questions_and_json_take_hardly_any_queries(
    client: Client, address: str, most: int
) -> None:
    client.get(WIZARD)  # the rulebook is loaded
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= most


@pytest.mark.parametrize("slug", BY_OUTCOME)
def test_verdict_takes_a_constant_number_of_queries(client: Client, slug: str) -> None:
    client.get(f"{RESULT}?{query(BY_OUTCOME[slug])}")  # rulebook and certifications are loaded
    caches["default"].clear()
    counts = []
    for address in (RESULT, "/advisor/result.json"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{address}?{query(BY_OUTCOME[slug])}")
        counts.append(len(queries))
    assert counts == [3, 3]
