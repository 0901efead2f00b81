"""The map of the decision: the picture, the tables, and the whole rulebook in words."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisor.decision_map import DecisionMap
from advisor.domain.audit import audit
from advisor.models import Rule
from advisor.rulebook_loader import current_rulebook
from catalog.models import Tier, Trait
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide")

ADDRESS = "/advisor/how-it-decides/"


@pytest.fixture
def chart(guide: None) -> DecisionMap:
    """The map of the shipped rulebook."""
    rulebook = current_rulebook()
    return DecisionMap(
        rulebook=rulebook,
        report=audit(rulebook, today=timezone.localdate()),
        labels=dict(Trait.objects.values_list("slug", "label")),
        tiers=dict(Tier.objects.values_list("slug", "name")),
    )


@pytest.fixture
def page(client: Client) -> Element:
    """The page as readers see it."""
    return read_page(client.get(ADDRESS).content)


def _section(page: Element, heading: str) -> Element:
    section = page.section(heading)
    assert section, heading
    return section


def test_every_sheet_is_decided_by_one_rule(chart: DecisionMap) -> None:
    assert sum(each.decided for each in chart.rules) == chart.report.sheets
    left = chart.report.sheets
    for each in chart.rules:
        assert (each.reached, each.decided <= left) == (left, True)
        left -= each.decided
    assert chart.rules[-1].bar == chart.bar_width


def test_question_is_joined_to_what_brings_it_up_and_what_looks_at_it(chart: DecisionMap) -> None:
    found = {each.question.key: each for each in chart.questions}
    assert [q.key for q in found["framework"].brought_up_by] == ["experience"]
    assert len(found["framework"].arcs) == 1
    assert [rule.order for rule in found["cloud"].rules] == [10]
    assert (found["budget"].arcs, found["budget"].rules) == ((), ())
    lines = sum(len(each.lines) for each in chart.rules)
    assert lines == sum(len(each.rules) for each in chart.questions)


def test_page_says_how_many_sheets_there_are_and_that_each_has_a_verdict(
    page: Element, chart: DecisionMap
) -> None:
    proof = _section(page, "The proof").text
    assert f"There are {chart.report.sheets:,} possible answer sheets." in proof
    assert chart.rulebook.version in proof
    assert chart.is_proven


def test_table_says_what_the_picture_shows(page: Element, chart: DecisionMap) -> None:
    rows = [[cell.text for cell in row.find_all("td")] for row in page.find("tbody").find_all("tr")]
    assert [row[1:3] for row in rows] == [
        [f"{each.reached:,}", f"{each.decided:,}"] for each in chart.rules
    ]
    drawn = page.find("svg", role="img").find_all("text", class_="rule")
    assert [text.text for text in drawn] == [
        f"{each.rule.order}. {each.rule.name}" for each in chart.rules
    ]
    assert [row[0] for row in rows] == [each.rule.outcome.headline for each in chart.rules]


def test_every_rule_is_told_in_words_with_the_sentences_it_cites(
    page: Element, chart: DecisionMap
) -> None:
    told = _section(page, "The rules, in order").find("ol").find_all("li")
    for each in chart.rules:
        (item,) = [li for li in told if li.attributes.get("id") == f"rule-{each.rule.order}"]
        assert item.find("h3").text == each.rule.name
        assert [(q.text, q.find("a").attributes["href"]) for q in item.find_all("q")] == [
            (citation.text, citation.url) for citation in each.rule.citations
        ]
    assert (
        "Decides for a learner who has no practical ML experience."
        in _section(page, "The rules, in order").text
    )


def test_questions_say_of_whom_they_are_asked(page: Element) -> None:
    said = {
        li.attributes["id"]: li.find_all("p")[1].text
        for li in _section(page, "The questions").find("ol").find_all("li")
    }
    assert said["question-required"].startswith(
        "Asked of a learner who must get a certification that an employer, client or contract"
    )
    assert said["question-budget"].startswith("Asked of everybody. No rule looks at it")


def test_every_certification_has_its_standings_counted(page: Element, chart: DecisionMap) -> None:
    folds = _section(page, "The certifications").find_all("details")
    assert len(folds) == len(chart.rulebook.rated)
    for certification, recommended, standings in chart.certifications:
        assert sum(sheets for _, sheets, _ in standings) == chart.report.sheets
        assert sum(weight for *_, weight in standings) == chart.report.weighed.sheets
        able = {"required", "worth-it"}
        assert recommended <= sum(weight for each, _, weight in standings if each in able)
        (fold,) = [
            each for each in folds if each.find("summary").text.startswith(certification.name)
        ]
        assert f": {standings[0][1]:,} answer sheets" in fold.text


def test_every_statement_that_argues_is_told(page: Element, chart: DecisionMap) -> None:
    shown = [q.text for q in _section(page, "The certifications").find_all("q")]
    assert shown == [
        s.text for certification in chart.rulebook.rated for s in certification.statements
    ]


def test_finding_that_breaks_a_promise_is_told_with_a_sheet_that_shows_it(client: Client) -> None:
    Rule.objects.get(order=8).citations.all().delete()
    Rule.objects.get(order=8).save()
    page = read_page(client.get(ADDRESS).content)
    proof = _section(page, "The proof")
    assert "not every one of them gets the verdict that we promise" in proof.text
    assert proof.find("li").find("b").text == "There is no practical experience"
    assert client.get(proof.find("a").attributes["href"]).status_code == 200


def test_map_takes_a_constant_number_of_queries(client: Client) -> None:
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{ADDRESS}?again")
    assert len(queries) == QUERIES


QUERIES = 5
