"""Entries side by side: two to four, in the guide's order, with what differs marked."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.comparison import Row, compare
from catalog.models import Certification
from catalog.models.guide import content_version
from catalog.shelf import cards_by_key
from tests.catalog.markup import Element, read_page, texts
from tests.catalog.rows import a_certification, new_lifecycle, new_price, new_statement
from tests.catalog.states import TODAY

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
AI_PLUS = "ai-plus-individual-certification"
PRACTITIONER = "aws-certified-ai-practitioner"
BOOTCAMP = "bootcamp-certificates-of-completion"
PATH = "/certifications/compare/"


def compared(*slugs: str, more: str = "") -> Element:
    response = Client().get(f"{PATH}?{'&'.join(f'cert={slug}' for slug in slugs)}{more}")
    assert response.status_code == 200
    return read_page(response.content)


def heads(page: Element) -> list[str]:
    links = [a for table in page.find_all("thead") for a in table.find_all("a")]
    return [a.attributes["href"].removeprefix("/certifications/").rstrip("/") for a in links]


def problems(page: Element) -> list[str]:
    return [text for notice in page.find_all(".notice") for text in texts(notice, "p")]


def canonical(page: Element) -> str:
    (link,) = [each for each in page.find_all("link") if each.attributes["rel"] == "canonical"]
    return link.attributes["href"]


@pytest.mark.parametrize("slugs", [[GOOGLE, AI_PLUS], [GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER]])
def test_two_to_four_stand_in_the_guides_order(slugs: list[str]) -> None:
    page = compared(*reversed(slugs))
    ordered = Certification.objects.in_guide_order().filter(slug__in=slugs)
    assert heads(page) == [each.slug for each in ordered]
    names = [each.name for each in ordered]
    assert page.find("title").text == f"{' · '.join(names)} · Signal vs. Noise"
    assert problems(page) == []
    query = "&".join(f"cert={each.slug}" for each in ordered)
    assert canonical(page) == f"http://testserver{PATH}?{query}"


@pytest.mark.parametrize(
    "slugs", [[], [GOOGLE], [GOOGLE, GOOGLE], [GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER, BOOTCAMP]]
)
def test_fewer_or_more_are_named_and_nothing_is_compared(slugs: list[str]) -> None:
    page = compared(*slugs)
    assert page.find_all("table") == []
    assert problems(page) == ["cert: Choose 2 to 4 entries to compare."]
    assert page.find("h1").text == "Choose two to four entries"
    assert page.find("title").text == "Compare certifications · Signal vs. Noise"


def test_what_cannot_be_understood_is_named_and_the_rest_compared() -> None:
    page = compared(GOOGLE, AI_PLUS, "no-such-entry", more="&utm_source=x")
    assert heads(page) == [GOOGLE, AI_PLUS]
    assert problems(page) == [
        "utm_source: The catalogue has no such filter.",
        "cert=no-such-entry: There is no such choice.",
    ]


def test_filters_of_the_list_never_take_an_entry_out_of_a_comparison() -> None:
    page = compared(GOOGLE, AI_PLUS, more="&tier=avoid&sort=name")
    assert heads(page) == [GOOGLE, AI_PLUS]
    assert problems(page) == [
        "tier: A comparison has no such filter.",
        "sort: A comparison has no such filter.",
    ]
    assert canonical(page) == f"http://testserver{PATH}?cert={GOOGLE}&cert={AI_PLUS}"


def test_former_slug_is_compared_under_the_new_one() -> None:
    entry = Certification.objects.get(slug=AI_PLUS)
    entry.slug = "renamed"
    entry.save()
    assert heads(compared(GOOGLE, AI_PLUS)) == [GOOGLE, "renamed"]


def test_rows_that_are_marked_are_those_that_differ() -> None:
    page = compared(GOOGLE, SPECIALTY, AI_PLUS)
    rows = page.find("tbody").find_all("tr")
    assert rows != []
    for row in rows:
        cells = [cell.text for cell in row.find_all("td")]
        is_marked = "data-differs" in row.attributes
        assert is_marked == (len(set(cells)) > 1)
        assert row.find("th").text.endswith(" differs") == is_marked
    assert {"data-differs" in row.attributes for row in rows} == {True, False}


def test_rows_hold_the_facts_and_then_the_sentences() -> None:
    one = a_certification(slug="one", months_min=1, months_max=2, platform="aws")
    two = a_certification(slug="two", order=51, platform="aws")
    new_price(certification=one, amount=100, currency="USD", period="once").save()
    new_lifecycle(certification=two, reported="open").save()
    for order, text in ((2, "Second."), (1, "First.")):
        new_statement(certification=one, section="proves", order=order, text=text).save()
    cards = cards_by_key(content_version(), [one.pk, two.pk])
    assert compare([cards[one.pk], cards[two.pk]], today=TODAY) == [
        Row("Kind", (("Exam",), ("Exam",))),
        Row("Platform", (("AWS",), ("AWS",))),
        Row("Status", (("Unknown",), ("Open",))),
        Row("Cost", (("$100 once",), ("unknown",))),
        Row("Study time", (("1-2 months",), ("unknown",))),
        Row("What it proves", (("First.", "Second."), ())),
    ]
    assert Row("Kind", (("Exam",), ("Exam",))).differs is False
    assert Row("Proves", (("First.",), ())).differs is True


@pytest.mark.parametrize("slugs", [[GOOGLE, AI_PLUS], [GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER]])
def test_number_of_queries_does_not_grow(
    django_assert_max_num_queries: DjangoAssertNumQueries, slugs: list[str]
) -> None:
    compared(*slugs)  # builds the index
    with django_assert_max_num_queries(6):
        compared(*slugs)
