"""Defects found in the code, each in its smallest test: they fail until they are mended."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.advisor import pages
from tests.advisor.sheets import (
    READY,
    SALES,
    answered,
    ask,
    query,
)

WIZARD, RESULT = "/advisor/", "/advisor/result/"


def test_title_changes_with_the_question_when_htmx_swaps(page: Page) -> None:
    # htmx 2 takes a <title> only from the top level of a fragment; ours is inside #wizard.
    page.goto(WIZARD)
    page.locator('input[value="builder"]').click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text(
        "Does an employer, client or contract require a specific certification?"
    )
    expect(page).to_have_title(
        "Does an employer, client or contract require a specific certification? · Advisor · "
        "Signal vs. Noise",
        timeout=1000,
    )


def test_title_says_error_when_htmx_swaps(page: Page) -> None:
    page.goto(WIZARD)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page).to_have_title(
        "Error: What is your role, or the one you are heading for? · Advisor · Signal vs. Noise",
        timeout=1000,
    )


@pytest.mark.parametrize("name", ["change", "submitted"])
@pytest.mark.parametrize("value", ["zzz", "pillars"], ids=["no question", "not asked"])
def test_question_that_cannot_be_opened_is_named(
    guide: None, client: Client, name: str, value: str
) -> None:
    # Design, section 6: what can't be understood is never dropped silently.
    page = pages.read(client.get(f"{WIZARD}?role=business&{name}={value}").content)
    assert [b.text for notice in page.all("div", class_="notice") for b in notice.all("b")] == [
        f"{name}={value}"
    ]


@pytest.mark.parametrize("count", [1001, 5000])
def test_more_than_a_thousand_parameters_are_answered_in_json(
    guide: None, client: Client, count: int
) -> None:
    # Design, section 6: `.json` answers with 400 and a JSON error; this is the HTML page.
    response = client.get(f"/advisor/result.json?{'&'.join(['goal=learn'] * count)}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["error"]


def test_several_answers_are_a_list_wherever_the_json_has_them(guide: None, client: Client) -> None:
    # Design, section 6: `{key: value or [values]}`; `also` has a string where `answers` has a list.
    changes = ask(client, SALES)["changes"]
    change = next(c for c in changes if c["question"] == "role" and c["to"] == "builder")
    assert change["also"]["cloud"] == ["none"]


def test_sentence_on_zero_certifications_is_not_told_to_those_who_hold_some(
    guide: None, client: Client
) -> None:
    # A reason is a sentence that applies: "If you have zero certifications ..." with five held.
    verdict = ask(client, answered(READY, goal="employment", portfolio="strong", held="5"))
    assert verdict["outcome"]["slug"] == "not-needed"
    assert (
        "If you have zero certifications and five production systems, you're probably fine."
        not in [reason["text"] for reason in verdict["outcome"]["reasons"]]
    )


def test_caution_is_visible_wherever_an_entry_is_called_worth_it(
    guide: None, client: Client
) -> None:
    # Design, section 5: an unknown price never rules out, but carries a visible caution. Azure AI
    # Fundamentals stands under "Worth it for you" here, and only the JSON has its cautions.
    page = pages.read(client.get(f"{RESULT}?{query(SALES)}").content)
    item = next(
        li
        for ul in page.all("ul", class_="standing")
        for li in ul.all("li")
        if "Microsoft Azure AI Fundamentals" in li.text
    )
    assert "Its price is not known" in item.text
