"""Fewer questions: what is left open, what is settled; and answers filled in by somebody else."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from advisor.rulebook_loader import current_rulebook
from tests.advisor.sheets import BY_OUTCOME, READY, Sheet, answered, query
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

RESULT, WIZARD = "/advisor/result/", "/advisor/"
SKIP = BY_OUTCOME["skip"]
OPEN = ("not-sure",)
FILLED = "filled=role&filled=cloud"


def _get(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return read_page(response.content)


def _link(page: Element, text: str) -> str:
    (found,) = [a.attributes["href"] for a in page.find_all("a") if a.text == text]
    return found


def _hidden(page: Element) -> list[tuple[str, str]]:
    inputs = page.find_all("input", type="hidden")
    return [(each.attributes["name"], each.attributes["value"]) for each in inputs]


def _first(count: int, sheet: Sheet = SKIP) -> Sheet:
    return {key: sheet[key] for key in list(sheet)[:count]}


def _problems(page: Element) -> list[str]:
    return [
        b.text for notice in page.find_all("div", class_="notice") for b in notice.find_all("b")
    ]


# --- Left open ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", READY)
def test_each_question_can_be_left_open(client: Client, key: str) -> None:
    before = {each: READY[each] for each in list(READY)[: list(READY).index(key)]}
    page = _get(client, f"{WIZARD}?{query(before)}")
    address = _link(page, "Not sure: leave it open")
    assert address == f"{WIZARD}?{query(before | {key: OPEN})}"
    after = _get(client, address)
    asked = [
        i.attributes["name"] for each in after.find_all("fieldset") for i in each.find_all("input")
    ]
    assert key not in asked


def test_question_left_open_keeps_its_place_in_the_address(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query(READY, change='cloud')}")
    address = _link(page, "Not sure: leave it open")
    assert address == f"{WIZARD}?{query(READY | {'cloud': OPEN})}"


def test_open_answer_is_shown_as_such_and_asked_again(client: Client) -> None:
    sheet = READY | {"time": OPEN}
    page = _get(client, f"{WIZARD}?{query(sheet)}")
    row = next(row for row in page.find("dl").find_all("div") if row.find("dt").text == "Time")
    assert row.find_all("dd")[0].text == "Not sure: left open"
    assert page.find("a", class_="call").attributes["href"] == f"{RESULT}?{query(sheet)}"
    again = _get(client, row.find("a").attributes["href"])
    assert again.find("p", id="why").text.endswith("You left this open.")
    assert [i for i in again.find("fieldset").find_all("input") if "checked" in i.attributes] == []


def test_answer_takes_the_place_of_an_open_one(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query(READY | {'time': OPEN}, change='time')}")
    hidden = _hidden(page)
    response = client.get(f"{WIZARD}?{urlencode([*hidden, ('time', '6')])}")
    kept = query({key: values for key, values in READY.items() if key != "time"})
    assert response.headers["Location"] == f"{WIZARD}?{kept}&time=6"


def test_what_an_open_answer_may_bring_up_is_asked(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query({'role': ('builder',), 'mandate': OPEN})}")
    assert page.find("legend").find("h1").text == "Which certification is required?"


# --- Settled -----------------------------------------------------------------------------------


def test_wizard_says_when_no_answer_can_change_the_verdict(client: Client) -> None:
    notice = _get(client, f"{WIZARD}?{query(_first(6))}").find("div", class_="notice")
    assert notice.find("h2").text == "Your verdict is settled"
    rest = dict.fromkeys(("portfolio", "cloud", "learning", "coursera"), OPEN)
    rest |= dict.fromkeys(("time", "budget", "held", "holds"), OPEN)
    assert notice.find("a").text == "Skip certifications for now."
    assert notice.find("a").attributes["href"] == f"{RESULT}?{query(_first(6) | rest)}"
    assert (
        _get(client, notice.find("a").attributes["href"]).find("h1").text == notice.find("a").text
    )


@pytest.mark.parametrize(
    "address",
    [
        query(_first(5)),
        query(SKIP),
        query(SKIP, change="held"),
        query(_first(7), submitted="cloud"),
        query(_first(7)) + "&cloud=zzz",
    ],
    ids=["can still change", "all answered", "to change", "nothing chosen", "not understood"],
)
def test_wizard_does_not_say_so_where_it_is_no_help(client: Client, address: str) -> None:
    page = _get(client, f"{WIZARD}?{address}")
    assert "Your verdict is settled" not in [h2.text for h2 in page.find_all("h2")]


# --- Filled in by somebody else ----------------------------------------------------------------


def test_learner_sees_what_was_filled_in_and_can_change_it(client: Client) -> None:
    page = _get(client, f"{WIZARD}?role=builder&cloud=gcp&{FILLED}")
    book = current_rulebook()
    assert page.find("legend").find("h1").text == book.by_key["mandate"].text
    filled = page.find("details", class_="filled")
    assert filled.find("summary").text == "Filled in for you: Role, Cloud platforms"
    assert [
        (row.find("dt").text, row.find_all("dd")[0].text) for row in filled.find_all("div")
    ] == [
        ("Role", "Developer, data scientist or ML engineer"),
        ("Cloud platforms", "Google Cloud"),
    ]
    assert filled.find_all("a")[1].attributes["href"] == (
        f"{WIZARD}?role=builder&cloud=gcp&change=cloud&{FILLED}"
    )


def test_answers_filled_in_are_marked_where_they_are_checked(client: Client) -> None:
    page = _get(client, f"{WIZARD}?{query(READY)}&{FILLED}")
    marked = [
        row.find("dt").text for row in page.find("dl").find_all("div") if row.find_all("small")
    ]
    assert marked == ["Role", "Cloud platforms"]


def test_answering_a_question_takes_it_from_those_filled_in(client: Client) -> None:
    page = _get(client, f"{WIZARD}?role=builder&cloud=gcp&change=cloud&{FILLED}")
    assert "filled in for you" in page.find("p", id="why").text
    hidden = _hidden(page)
    assert hidden == [("role", "builder"), ("filled", "role"), ("submitted", "cloud")]
    response = client.get(f"{WIZARD}?{urlencode([*hidden, ('cloud', 'aws')])}")
    assert response.headers["Location"] == f"{WIZARD}?role=builder&cloud=aws&filled=role"
    by_hand = client.get(f"{WIZARD}?role=builder&submitted=role&filled=role")
    assert by_hand.headers["Location"] == f"{WIZARD}?role=builder"


def test_leaving_a_question_open_takes_it_from_those_filled_in(client: Client) -> None:
    page = _get(client, f"{WIZARD}?role=builder&cloud=gcp&change=cloud&{FILLED}")
    assert _link(page, "Not sure: leave it open") == (
        f"{WIZARD}?role=builder&cloud=not-sure&filled=role"
    )


@pytest.mark.parametrize("wrong", ["zzz", "goal", ""])
def test_filled_in_without_an_answer_is_named(client: Client, wrong: str) -> None:
    page = _get(client, f"{WIZARD}?role=builder&filled=role&filled={wrong}")
    assert _problems(page) == [f"filled={wrong}" if wrong else "filled"]
    canonical = page.find("link", rel="canonical").attributes["href"]
    assert canonical == f"http://testserver{WIZARD}?role=builder&filled=role"


def test_answer_filled_in_and_dropped_is_named_once(client: Client) -> None:
    page = _get(client, f"{WIZARD}?role=builder&mandate=no&required=other&filled=required")
    (notice,) = page.find_all("div", class_="notice")
    assert notice.find("p").text.startswith("“Which one”")


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (READY, "whoever opens it can check and change each."),
        (answered(READY) | {"time": OPEN}, "whoever opens it is asked the rest, and can change"),
        ({"role": ("builder",)}, "whoever opens it is asked the rest, and can change each."),
    ],
    ids=["whole", "open", "begun"],
)
def test_link_to_share_has_the_answers_given(client: Client, sheet: Sheet, words: str) -> None:
    page = _get(client, f"{WIZARD}?{query(sheet)}")
    given = {key: values for key, values in sheet.items() if values != OPEN}
    address = f"{WIZARD}?{query(given)}&{urlencode([('filled', key) for key in given])}"
    assert _link(page, "Share a link with these answers filled in") == address
    assert words in page.find("main").text
    assert [a.attributes["href"] for a in page.find_all("a") if "data-copy" in a.attributes] == [
        address
    ]


def test_first_question_leads_to_how_it_decides(client: Client) -> None:
    page = _get(client, WIZARD)
    assert [a for a in page.find_all("a") if "data-copy" in a.attributes] == []
    assert _link(page, "How it decides") == "/advisor/how-it-decides/"


def test_redirect_from_an_incomplete_sheet_keeps_what_was_filled_in(client: Client) -> None:
    response = client.get(f"{RESULT}?role=builder&filled=role")
    assert response.headers["Location"] == f"{WIZARD}?role=builder&filled=role"
