"""For whom each certification of a list is: the page, its words, and its addresses."""

import pytest
from django.test import Client

from catalog.conditions import in_words, parse
from catalog.for_whom import ForWhom, for_whom
from catalog.models import Certification, Statement, Trait
from tests.catalog.pages import (
    AI_PLUS,
    AWS_ASSOCIATE,
    AZURE_FUNDAMENTALS,
    BOOTCAMP,
    GOOGLE,
    IBM,
    PRACTITIONER,
    PROMPT,
    SPECIALTY,
)
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")

PAGE = "/certifications/for-whom/"


@pytest.fixture
def labels() -> dict[str, str]:
    return dict(Trait.objects.values_list("slug", "label"))


def found_of(slug: str, labels: dict[str, str]) -> ForWhom:
    return for_whom(Certification.objects.with_facts().get(slug=slug), labels)


def rows(client: Client, query: str) -> dict[str, Element]:
    page = read_page(client.get(f"{PAGE}?{query}", follow=True).content)
    return {row.attributes["id"]: row for row in page.find("ul.learners").elements}


def test_every_condition_of_the_guide_is_said_with_its_sentence(labels: dict[str, str]) -> None:
    said = {"for": "worth_it", "against": "ruled_out", "prerequisite": "needed"}
    rated = Certification.objects.in_guide_order().rated().with_facts()
    for found in [for_whom(certification, labels) for certification in rated]:
        for statement in found.certification.statements.all():
            if not statement.condition or statement.effect not in said:
                continue
            words = in_words(parse(statement.condition), labels)
            (argument,) = (a for a in getattr(found, said[statement.effect]) if a.learner == words)
            assert (statement.text, statement.get_absolute_url()) in argument.sentences


def test_sentence_of_its_kind_may_be_for_fewer_learners(labels: dict[str, str]) -> None:
    (argument,) = found_of("microsoft-ai-business-professional", labels).worth_it
    assert argument.learner == "needs a vendor’s credential, and uses or plans to use Azure"


def test_sentence_that_argues_either_way_rules_out_everybody_else(labels: dict[str, str]) -> None:
    found = found_of(AI_PLUS, labels)
    assert [argument.learner for argument in found.worth_it] == ["must get this very certification"]
    assert found.ruled_out[0].learner == "is not one who must get this very certification"


@pytest.mark.parametrize(
    ("slug", "learners"),
    [
        (GOOGLE, ["can spend less than $200 in all", "has less than 2 months for study"]),
        (
            IBM,
            [
                "can spend less than $177 in all, and is not one who has Coursera Plus",
                "has less than 3 months for study",
            ],
        ),
        (AI_PLUS, ["can spend nothing"]),
        (BOOTCAMP, []),
    ],
)
def test_price_and_study_time_rule_out(
    slug: str, learners: list[str], labels: dict[str, str]
) -> None:
    facts = [
        argument.learner
        for argument in found_of(slug, labels).ruled_out
        if argument.sentences[0][1].startswith("/certifications/")
    ]
    assert facts == learners


def test_what_an_exam_expects_is_needed_first(labels: dict[str, str]) -> None:
    expected = found_of(AZURE_FUNDAMENTALS, labels).needed[-1]
    assert expected.learner == "can program, the basics at least"
    assert expected.sentences[0][1] == f"/certifications/{AZURE_FUNDAMENTALS}/#expectation-1"


def test_closed_and_not_rated_are_said_to_be_so(client: Client) -> None:
    query = "&".join(f"cert={slug}" for slug in (SPECIALTY, AWS_ASSOCIATE, BOOTCAMP, PRACTITIONER))
    shown = rows(client, query)
    assert "For nobody, for it can’t be had: last day 31 March 2026." in texts(
        shown[SPECIALTY], "p"
    )
    assert shown[AWS_ASSOCIATE].find_all("h3") == []
    assert shown[BOOTCAMP].find("h3").text == "For nobody, by the guide"
    judging = Statement.objects.filter(certification__slug=BOOTCAMP).order_by("order")
    assert texts(shown[BOOTCAMP], "li") == [statement.text for statement in judging]
    assert texts(shown[PRACTITIONER], "h3") == [
        "Worth it if the learner",
        "Ruled out if the learner",
    ]


def test_each_leads_to_the_advisor_about_it(client: Client) -> None:
    for slug, row in rows(client, f"cert={GOOGLE}&cert={PROMPT}&cert={AWS_ASSOCIATE}").items():
        links = [link.attributes["href"] for link in row.find_all("a")]
        assert links[-1] == f"/advisor/?about={slug}"


def test_page_has_the_certifications_of_its_list_in_the_same_order(client: Client) -> None:
    query = "tier=low&sort=name"
    listed = client.get(f"/certifications.json?{query}").json()["certifications"]
    assert list(rows(client, query)) == [each["slug"] for each in listed]
    page = read_page(client.get(f"/certifications/?{query}").content)
    links = [link.attributes["href"] for link in page.find("#list-foot").find_all("a")]
    assert f"{PAGE}?{query}" in links


def test_long_list_is_on_pages(client: Client) -> None:
    page = read_page(client.get(f"{PAGE}?page=2").content)
    pages = page.find("nav.pages")
    assert [link.attributes["href"] for link in pages.find_all("a")] == [PAGE, f"{PAGE}?page=3"]


@pytest.mark.parametrize(
    ("given", "canonical"),
    [("sort=name&tier=low", "tier=low&sort=name"), ("tier=low&tier=low", "tier=low")],
)
def test_other_spelling_of_an_address_is_redirected(
    client: Client, given: str, canonical: str
) -> None:
    assert client.get(f"{PAGE}?{given}")["Location"] == f"{PAGE}?{canonical}"


@pytest.mark.parametrize("given", ["tier=nope", "sort=size", "as_of=2026-11-01", "page=99"])
def test_what_can_not_be_used_is_named(client: Client, given: str) -> None:
    page = read_page(client.get(f"{PAGE}?{given}").content)
    assert page.find("div", role="status").find("b").text == given


def test_empty_list_says_so(client: Client) -> None:
    page = read_page(client.get(f"{PAGE}?tier=high&kind=category").content)
    assert page.find_all("ul.learners") == []
    assert "There is none in this list. See all entries" in texts(page, "p")
