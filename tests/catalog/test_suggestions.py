"""Suggestions while a name is typed, and the search of every page."""

import pytest
from django.test import Client

from catalog.suggestions import MOST
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
AI_102 = "microsoft-azure-ai-engineer-associate"
HTMX = {"HX-Request": "true", "HX-Target": "q-suggestions"}


def suggested(query: str) -> list[Element]:
    response = Client().get(f"/suggestions/?{query}", headers=HTMX)
    assert response.status_code == 200
    return read_page(response.content).find_all("li")


@pytest.mark.parametrize(
    ("query", "first"),
    [("q=pml", GOOGLE), ("q=ai-1", AI_102), ("q=azure+ai+eng", AI_102), ("by=x&x=PMLE", GOOGLE)],
)
def test_beginning_suggests_what_is_meant(query: str, first: str) -> None:
    option = suggested(query)[0].attributes
    assert (option["role"], option["data-value"]) == ("option", first)
    assert option["data-href"] == f"/certifications/{first}/"


@pytest.mark.parametrize("query", ["", "q=", "q=a", "q=zzzz", "q=%00", "q=%F0%9F%94%B4", "by=%00"])
def test_nothing_is_suggested_for_what_names_nothing(query: str) -> None:
    assert suggested(query) == []


def test_few_are_suggested_and_each_once() -> None:
    values = [option.attributes["data-value"] for option in suggested("q=certif")]
    assert len(values) == len(set(values)) == MOST
    ids = [option.attributes["id"] for option in suggested("q=certif")]
    assert ids == [f"q-suggestion-{number}" for number in range(1, MOST + 1)]


def test_name_is_suggested_with_its_judgement_and_status() -> None:
    option = suggested("q=ai-102")[0]
    assert option.text == (
        "Microsoft Azure AI Engineer Associate Exam AI-102 Moderate signal Closed on 30 June 2026"
    )
    # A screen reader joins what stands in boxes of its own: the name says it in one sentence.
    assert option.attributes["aria-label"] == (
        "Microsoft Azure AI Engineer Associate, exam AI-102, Moderate signal, "
        "Closed on 30 June 2026"
    )


@pytest.mark.parametrize(("query", "there"), [("q=aws", "?q=aws"), ("", ""), ("q=+", "")])
def test_without_htmx_it_is_the_list(query: str, there: str) -> None:
    response = Client().get(f"/suggestions/?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/certifications/{there}")
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    "url",
    ["/", "/guide/", "/about/", "/certifications/", f"/certifications/{AI_102}/", "/advisor/"],
)
def test_every_page_has_the_one_search(url: str) -> None:
    forms = read_page(Client().get(url).content).find_all("form")
    (search,) = [form for form in forms if form.attributes.get("role") == "search"]
    assert (search.attributes["method"], search.attributes["action"]) == ("get", "/certifications/")
    assert [field.attributes["name"] for field in search.find_all("input")] == ["q"]
