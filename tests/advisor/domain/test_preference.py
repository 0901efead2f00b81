"""The order of preference among candidates, and which certifications are candidates at all."""

from datetime import timedelta

import pytest

from advisor.domain.certifications import Certification, Effect
from advisor.domain.evaluation import (
    Verdict,
    evaluate,
)
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.rulebook import Rulebook
from tests.advisor.domain.hand_made import TODAY, certification, outcome, rulebook, sheet, statement

NEVER = statement("never", Effect.FOR, "nothing")
AGAINST = statement("against", Effect.AGAINST, "wants")


def _evaluate(book: Rulebook, **answers: str) -> Verdict:
    return evaluate(sheet(book, **answers), today=TODAY)


def _recommended(
    *certifications: Certification, of: Outcome | None = None, **answers: str
) -> str | None:
    outcomes = (of or outcome("best", Recommends.WORTH_IT),)
    return _evaluate(rulebook(*certifications, outcomes=outcomes), **answers).recommended


def test_strongest_tier_comes_first() -> None:
    low = certification("a", tier="low", tier_order=3, total_usd=0)
    assert _recommended(low, certification("b", reported="unknown", total_usd=None)) == "b"


def test_open_comes_before_unknown_status() -> None:
    assert (
        _recommended(certification("a", reported="unknown", total_usd=0), certification("b")) == "b"
    )


def test_closing_is_as_good_as_open() -> None:
    soon = TODAY + timedelta(1)
    assert (
        _recommended(certification("a", closes_on=soon), certification("b", total_usd=101)) == "a"
    )


def test_known_price_comes_before_unknown_price() -> None:
    used = certification("a", total_usd=None, platform="gcp")
    assert _recommended(used, certification("b", total_usd=100), cloud="gcp") == "b"


def test_platform_in_use_comes_before_cheaper() -> None:
    made = (certification("a", total_usd=1), certification("b", platform="gcp"))
    assert _recommended(*made, cloud="gcp") == "b"
    assert _recommended(*made, cloud="aws") == "a"


def test_cheaper_comes_before_name() -> None:
    assert _recommended(certification("a", total_usd=101), certification("b", total_usd=100)) == "b"


def test_cheaper_is_meant_for_this_learner() -> None:
    made = (certification("a", total_usd=90), certification("b", total_usd=100, free_with="member"))
    assert _recommended(*made, wants="yes", member="yes") == "b"
    assert _recommended(*made, wants="yes", member="no") == "a"


def test_name_decides_in_the_end() -> None:
    assert _recommended(certification("a", name="Z"), certification("b", name="A")) == "b"


@pytest.mark.parametrize("reverse", [False, True])
def test_order_of_the_certifications_does_not_matter(reverse: bool) -> None:
    made = [
        certification("a", name="B"),
        certification("b", name="A"),
        certification("c", name="C"),
    ]
    assert _recommended(*(made[::-1] if reverse else made)) == "b"


def test_next_best_is_recommended_when_the_best_is_not_worth_it() -> None:
    assert (
        _recommended(certification("a", AGAINST), certification("b", tier_order=2), wants="yes")
        == "b"
    )


@pytest.mark.parametrize(
    "made",
    [
        certification("a", reported="closed"),
        certification("a", tier=None, tier_order=0),
        certification("a", NEVER),
        certification("a", total_usd=101),
        certification("a", months_min=3),
        certification(
            "a", statement("for", Effect.FOR, ""), statement("need", Effect.PREREQUISITE, "x")
        ),
    ],
    ids=["closed", "not rated", "not argued for", "too dear", "too long", "not yet"],
)
def test_certification_that_is_not_worth_it_is_not_recommended(made: Certification) -> None:
    assert _recommended(made, budget="100", time="2") is None


def test_kind_and_tiers_of_an_outcome_limit_the_candidates() -> None:
    made = (
        certification("a", kind="course-series"),
        certification("b", tier="low", tier_order=3),
        certification("c", tier="moderate", tier_order=2),
    )
    tiers = frozenset({"high", "moderate"})
    only = outcome("x", Recommends.WORTH_IT, kind="exam", tiers=tiers)
    assert _recommended(*made, of=only) == "c"
    assert _recommended(*made, of=outcome("x", Recommends.WORTH_IT, kind="exam")) == "c"
    assert _recommended(*made, of=outcome("x", Recommends.WORTH_IT)) == "a"
    assert _recommended(*made, of=outcome("x")) is None


def test_platform_in_use_is_needed_where_the_outcome_says_so() -> None:
    made = (certification("a", platform="gcp"), certification("b", tier_order=2))
    needs = outcome("x", Recommends.WORTH_IT, needs_platform=True)
    assert _recommended(*made, of=needs, cloud="gcp") == "a"
    assert _recommended(*made, of=needs, cloud="aws") == "b"
    assert _recommended(*made, cloud="aws") == "a"
