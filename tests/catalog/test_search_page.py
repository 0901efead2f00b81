"""The search of the editors: every kind of content that one may see, each with its form."""

import pytest
from django.test import Client

from catalog.models import Certification
from tests.factories.people import client_of
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide")


def found(client: Client, query: str) -> dict[str, list[str]]:
    page = read_page(client.get("/admin/search/", {"q": query}).content).find(".review")
    return {
        section.attributes["aria-label"]: texts(section, "li")
        for section in page.find_all("section")
    }


def test_words_are_found_in_every_kind_of_content() -> None:
    kinds = found(client_of("Editor"), "gcp")
    assert {"Certifications", "Statements", "Traits"} & {*kinds} == {"Statements", "Traits"}
    assert (
        "Google Professional Machine Learning Engineer"
        in found(client_of("Editor"), "professional machine")["Certifications"]
    )


def test_exam_code_finds_its_certification() -> None:
    certification = Certification.objects.filter(exams__code="AI-102")[0]
    assert found(client_of("Editor"), "AI-102")["Certifications"] == [certification.name]


@pytest.mark.parametrize("query", ["zzzz", "\0", "%", "x" * 500, "' OR 1=1 --"])
def test_strange_words_find_nothing_and_say_so(query: str) -> None:
    client = client_of("Editor")
    page = client.get("/admin/search/", {"q": query})
    assert page.status_code in (200, 400)


def test_nobody_finds_what_may_not_be_seen() -> None:
    assert found(client_of("Nobody"), "google") == {}
