"""Citations: the rules that they belong to, their places, and how they are named."""

import pytest

from advisor.models import Citation, Rule
from catalog.models import Statement
from tests.advisor.models.refusals import refuses

pytestmark = pytest.mark.usefixtures("guide")


def test_reason_belongs_to_a_rule_and_a_warning_to_none() -> None:
    statement, rule = Statement.objects.first(), Rule.objects.first()
    refuses(Citation(purpose="reason", order=99, statement=statement), "reason_belongs_to_a_rule")
    refuses(
        Citation(purpose="warning", order=99, statement=statement, rule=rule),
        "reason_belongs_to_a_rule",
    )


def test_places_among_warnings_are_taken_once() -> None:
    refuses(
        Citation(purpose="warning", order=1, statement=Statement.objects.first()),
        "UNIQUE|one_citation_order_per_purpose",
    )


def test_places_among_the_reasons_of_a_rule_are_taken_once() -> None:
    citation = Citation.objects.filter(purpose="reason").first()
    assert citation
    refuses(
        Citation(
            purpose="reason",
            order=citation.order,
            rule=citation.rule,
            statement=Statement.objects.exclude(pk=citation.statement_id).first(),
        ),
        "UNIQUE|one_citation_order_per_rule",
    )


def test_citation_says_its_statement() -> None:
    citation = Citation.objects.filter(rule__order=11).order_by("order").first()
    assert str(citation) == "As differentiation in technical roles"
