"""Certifications as the decision sees them: their cost for a learner."""

from decimal import Decimal

from tests.advisor.domain.hand_made import certification


def test_certification_costs_nothing_with_the_plan_that_has_it() -> None:
    series = certification("series", total_usd=177, free_with="has-plan")
    assert series.cost_usd(frozenset({"has-plan"})) == 0
    assert series.cost_usd(frozenset()) == Decimal(177)
    assert certification("unpriced", total_usd=None).cost_usd(frozenset({"has-plan"})) is None
