"""Certifications side by side: two to four, in the guide's order, with what agrees marked."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.comparison import Cell, ComparisonRow, compare
from catalog.editorial.content_version import content_version
from catalog.models import Certification
from catalog.row_cache import cards_by_key
from tests.catalog.listing.states import TODAY
from tests.factories.rows import a_certification, new_lifecycle, new_price, new_statement
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
AI_PLUS = "ai-plus-individual-certification"
PRACTITIONER = "aws-certified-ai-practitioner"
BOOTCAMP = "bootcamp-certificates-of-completion"
TENSORFLOW = "tensorflow-developer-certificate"
AZURE_ENGINEER = "microsoft-azure-ai-engineer-associate"
IBM = "ibm-ai-engineering-professional-certificate"
NOTHING = "\u2013nothing"  # a dash to see, a word to hear
LIST = "/certifications/"
PATH = f"{LIST}compare/"


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
    names = [each.name + " (closed)" * (each.slug == SPECIALTY) for each in ordered]
    assert page.find("title").text == f"{' · '.join(names)} · Signal vs. Noise"
    assert problems(page) == []
    query = "&".join(f"cert={each.slug}" for each in ordered)
    assert canonical(page) == f"http://testserver{PATH}?{query}"


@pytest.mark.parametrize(
    ("slugs", "heading"),
    [
        ([], "Choose two to four entries"),
        ([GOOGLE], "Choose at least one more"),
        ([GOOGLE, GOOGLE], "Choose at least one more"),
        ([GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER, BOOTCAMP], "Too many to compare: 5"),
    ],
)
def test_fewer_or_more_are_not_compared_and_told_what_to_do(slugs: list[str], heading: str) -> None:
    page = compared(*slugs)
    assert page.find_all("table") == []
    assert problems(page) == []
    assert page.find("h1").text == heading
    assert page.find("title").text == "Compare certifications · Signal vs. Noise"
    assert LIST in [link.attributes["href"] for link in page.find("main").find_all("a")[1:]]


def test_too_many_are_named_and_each_can_be_left_out() -> None:
    slugs = [GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER, BOOTCAMP]
    page = compared(*slugs)
    words = texts(page.find(".entry-head"), "p")
    assert words == ["Four at most go side by side. Leave out at least one."]
    *links, again = page.find(".chips").find_all("a")
    names = [each.name for each in Certification.objects.in_guide_order().filter(slug__in=slugs)]
    assert [link.text for link in links] == [f"Leave out: {name} \xd7" for name in names]
    for slug, link in zip(slugs, links, strict=True):
        path, _, rest = link.attributes["href"].partition("?")
        assert (path, rest.split("&")) == (PATH, [f"cert={s}" for s in slugs if s != slug])
    assert again.attributes["href"] == LIST
    six = compared(*slugs, TENSORFLOW)
    assert texts(six.find(".entry-head"), "p")[0].endswith("Leave out at least 2.")


def test_one_alone_is_named_and_more_are_asked_for() -> None:
    said = texts(compared(AI_PLUS).find("main"), "p")[-1]
    assert said.startswith("Only AI+ Individual Certification is chosen. Mark “Compare” on")


def test_what_cannot_be_understood_is_named_and_the_rest_compared() -> None:
    page = compared(GOOGLE, AI_PLUS, "no-such-entry", more="&utm_source=x")
    assert heads(page) == [GOOGLE, AI_PLUS]
    assert problems(page) == [
        "utm_source: The catalogue has no such filter.",
        "cert=no-such-entry: There is no such choice.",
    ]


def test_filters_of_the_list_never_take_a_certification_out_of_a_comparison() -> None:
    page = compared(GOOGLE, AI_PLUS, more="&tier=avoid&sort=name")
    assert heads(page) == [GOOGLE, AI_PLUS]
    assert problems(page) == [
        "tier: A comparison has no such filter.",
        "sort: A comparison has no such filter.",
    ]
    assert canonical(page) == f"http://testserver{PATH}?cert={GOOGLE}&cert={AI_PLUS}"


def test_former_slug_is_compared_under_the_new_one() -> None:
    certification = Certification.objects.get(slug=AI_PLUS)
    certification.slug = "renamed"
    certification.save()
    assert heads(compared(GOOGLE, AI_PLUS)) == [GOOGLE, "renamed"]


def rows_of(page: Element) -> dict[str, dict[str, list[str]]]:
    """The texts of the cells, by heading and label, without the certification's name."""
    found: dict[str, dict[str, list[str]]] = {}
    names = [a.text for a in page.find("thead").find_all("a")]
    for group in page.find_all("tbody"):
        head, *rows = group.find_all("tr")
        shown = found[head.text] = {}
        for row in rows:
            cells = [cell.text for cell in row.find_all("td")]
            label = row.find("th").text.removesuffix(" same")
            shown[label] = [
                cell.removeprefix(f"{name}: ") for cell, name in zip(cells, names, strict=True)
            ]
    return found


def test_rows_that_are_marked_are_those_that_agree() -> None:
    page = compared(GOOGLE, SPECIALTY)
    shown = rows_of(page)
    assert list(shown) == ["The facts today", "By the guide’s criteria", "What the guide says"]
    rows = [r for group in page.find_all("tbody") for r in group.find_all("tr")[1:]]
    cells = [each for group in shown.values() for each in group.values()]
    assert len(rows) == len(cells) > 0
    for row, each in zip(rows, cells, strict=True):
        is_marked = "data-agrees" in row.attributes
        assert is_marked == (len(set(each)) == 1 and each[0] != "unknown")
        assert row.find("th").text.endswith(" same") == is_marked
    assert {"data-agrees" in row.attributes for row in rows} == {True, False}


def test_closed_one_and_category_read_as_on_their_cards() -> None:
    facts = rows_of(compared(AZURE_ENGINEER, IBM, BOOTCAMP))["The facts today"]
    assert facts == {
        "Kind": ["Exam", "Course series", "Category"],
        "Provider": ["Microsoft", "IBM", NOTHING],
        "Platform": ["Azure", NOTHING, NOTHING],
        "Status": ["Closed on 30 June 2026", "Open", NOTHING],
        "Cost": ["Last cost: $165 once", "$59 a month, $177 in all, at least", NOTHING],
        "Study time": ["1-2 months", "3-6 months", NOTHING],
    }


def test_rows_hold_the_facts_and_then_the_sentences() -> None:
    one = a_certification(slug="one", months_min=1, months_max=2, platform="aws")
    two = a_certification(slug="two", order=51, platform="aws")
    new_price(certification=one, amount=100, currency="USD", period="once").save()
    new_lifecycle(certification=two, reported="open").save()
    for order, text in ((2, "Second."), (1, "First.")):
        new_statement(certification=one, section="proves", order=order, text=text).save()
    cards = cards_by_key(content_version(), [one.pk, two.pk])

    def row(label: str, *cells: tuple[str, ...]) -> ComparisonRow:
        return ComparisonRow(label, dict(zip([one.name, two.name], cells, strict=True)))

    assert compare([cards[one.pk], cards[two.pk]], today=TODAY) == [
        (
            "The facts today",
            [
                row("Kind", ("Exam",), ("Exam",)),
                row("Platform", ("AWS",), ("AWS",)),
                row("Status", ("Unknown",), ("Open",)),
                row("Cost", ("$100 once",), ("unknown",)),
                row("Study time", ("1-2 months",), ("unknown",)),
            ],
        ),
        (
            "By the guide’s criteria",
            [
                row("It asks for", ("unknown",), ("unknown",)),
                row("Assessed by", ("unknown",), ("unknown",)),
                row("Supervised", ("unknown",), ("unknown",)),
                row("Passed at", ("unknown",), ("unknown",)),
                row("It takes", ("1-2 months",), ("unknown",)),
                row("It is about", ("unknown",), ("unknown",)),
                row("Recognised", ("unknown",), ("unknown",)),
            ],
        ),
        ("What the guide says", [row("What it proves", ("First.", "Second."), ())]),
    ]


@pytest.mark.parametrize(
    ("cells", "agrees"),
    [
        ([("Exam",), ("Exam",)], True),
        ([("Exam",), ("Exam",), ("Category",)], False),
        ([("First.",), ()], False),
        ([("unknown",), ("unknown",)], False),
        ([("Unknown",), ("Unknown",)], False),
    ],
)
def test_row_agrees_if_all_are_known_to_be_alike(cells: list[Cell], *, agrees: bool) -> None:
    assert (
        ComparisonRow("Anything", {str(n): cell for n, cell in enumerate(cells)}).agrees is agrees
    )


@pytest.mark.parametrize("slugs", [[GOOGLE, AI_PLUS], [GOOGLE, SPECIALTY, AI_PLUS, PRACTITIONER]])
def test_number_of_queries_does_not_grow(
    django_assert_max_num_queries: DjangoAssertNumQueries, slugs: list[str]
) -> None:
    compared(*slugs)  # builds the index
    with django_assert_max_num_queries(6):
        compared(*slugs)
