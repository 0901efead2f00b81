"""The question that asks for a certification: found by typing its name, without a script too."""

import pytest
from django.test import Client

from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide")

ASKED = "/advisor/?role=builder&mandate=yes"
AI_102 = "microsoft-azure-ai-engineer-associate"
GOOGLE = "google-professional-machine-learning-engineer"


def shown(url: str) -> Element:
    response = Client().get(url)
    assert response.status_code == 200
    return read_page(response.content)


def offered(page: Element) -> list[str]:
    radios = [
        field.attributes for field in page.find_all("input") if field.attributes["type"] == "radio"
    ]
    return [radio["value"] for radio in radios if radio["name"] == "required"]


def test_question_is_a_field_and_no_list_of_all() -> None:
    page = shown(ASKED)
    assert page.find("#required-typed").attributes["name"] == "required"
    assert offered(page) == ["other"]


@pytest.mark.parametrize(
    ("typed", "slug"), [("ai-102", AI_102), ("AI 102", AI_102), (GOOGLE, GOOGLE)]
)
def test_exact_name_or_code_is_taken_at_once(typed: str, slug: str) -> None:
    response = Client().get(f"{ASKED}&submitted=required&required={typed}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{ASKED}&required={slug}")


def test_name_that_may_be_several_is_asked_again_with_a_short_list() -> None:
    page = shown(f"{ASKED}&submitted=required&required=aws+machine+learning")
    assert offered(page)[-1] == "other"
    assert 2 <= len(offered(page)) <= 9
    assert page.find("#required-typed").attributes["value"] == "aws machine learning"
    assert texts(page, ".error-message") == [
        "Error: “aws machine learning” may be one of these: choose the one that is meant."
    ]


def test_choice_from_the_list_counts_before_what_is_in_the_field() -> None:
    response = Client().get(f"{ASKED}&submitted=required&required=google&required={GOOGLE}")
    assert response.headers["Location"] == f"{ASKED}&required={GOOGLE}"


def test_unknown_name_stays_in_the_field_and_can_be_left_unlisted() -> None:
    page = shown(f"{ASKED}&submitted=required&required=zzzz")
    assert page.find("#required-typed").attributes["value"] == "zzzz"
    assert offered(page) == ["other"]
    assert "We know none called “zzzz”" in page.find(".error-message").text


def test_empty_field_is_no_answer() -> None:
    page = shown(f"{ASKED}&submitted=required&required=")
    assert "nothing was chosen" in page.find(".error-message").text


def test_answer_is_shown_by_name_when_it_is_changed() -> None:
    page = shown(f"{ASKED}&required={AI_102}&change=required")
    assert (
        page.find("#required-typed").attributes["value"] == "Microsoft Azure AI Engineer Associate"
    )
