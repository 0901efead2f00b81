"""The standing of one certification: what makes it so, and its boundaries."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from advisor.domain.certifications import Certification, Correction, Effect, Fact, Rated
from advisor.domain.questions import Answer
from advisor.domain.standing import Standing, StandingAssessment, assess
from catalog.lifecycle import Status
from tests.advisor.domain.hand_made import (
    ALWAYS_FOR,
    BUDGET,
    TODAY,
    WANTS,
    certification,
    holding,
    naming,
    rulebook,
    sheet,
    statement,
)

AGAINST = statement("against", Effect.AGAINST, "wants")
FOR = statement("for", Effect.FOR, "wants")
EITHER = statement("either", Effect.EITHER, "requires-this")
NEEDS_GCP = statement("needs GCP", Effect.PREREQUISITE, "uses-gcp")


def _assess(made: Certification, *, today: date = TODAY, **answers: str) -> StandingAssessment:
    book = rulebook(made)
    return assess(made, sheet(book, **answers), today=today)


def _standing(made: Certification, **answers: str) -> str:
    return _assess(made, today=TODAY, **answers).standing.value


def _against(found: StandingAssessment) -> list[str]:
    return [finding.text for finding in found.obstacles]


def _cautions(found: StandingAssessment) -> list[str]:
    return [finding.text for finding in found.cautions]


def test_standings_are_those_of_the_design() -> None:
    assert {standing.value for standing in Standing} == {
        *("closed", "ruled-out", "not-yet", "held"),
        *("required", "worth-it", "no-reason", "not-rated"),
    }


def test_each_standing_is_reached() -> None:
    made = (ALWAYS_FOR, AGAINST, NEEDS_GCP)
    assert _standing(certification("a", *made, reported="closed"), required="a") == "closed"
    assert _standing(certification("a", *made), required="a", wants="yes") == "required"
    assert _standing(certification("a", *made, tier=None), wants="yes") == "not-rated"
    assert _standing(certification("a", *made), wants="yes", cloud="gcp") == "ruled-out"
    assert _standing(certification("a", *made)) == "not-yet"
    assert _standing(certification("a", *made), cloud="aws gcp") == "worth-it"
    assert _standing(certification("a", AGAINST, NEEDS_GCP), cloud="gcp") == "no-reason"


def test_closed_wins_over_required() -> None:
    assert _standing(certification("a", reported="closed"), required="a") == "closed"


def test_closed_wins_over_not_rated() -> None:
    assert _standing(certification("a", tier=None, reported="closed")) == "closed"


def test_required_wins_over_not_rated() -> None:
    assert _standing(certification("a", tier=None), required="a") == "required"


def test_required_wins_over_what_rules_out_and_still_says_it() -> None:
    found = _assess(certification("a", AGAINST), required="a", wants="yes", budget="0")
    assert found.standing is Standing.REQUIRED
    assert found.arguments_against == (AGAINST,)
    assert _against(found) == ["It costs $100 in all, and you can spend $0."]


def test_another_required_certification_makes_this_one_no_required() -> None:
    made = certification("a")
    book = rulebook(made, certification("b"))
    found = assess(made, sheet(book, required="b"), today=TODAY)
    assert found.standing is Standing.WORTH_IT


def test_ruled_out_wins_over_not_yet_and_names_all_reasons() -> None:
    found = _assess(
        certification("a", ALWAYS_FOR, AGAINST, NEEDS_GCP, months_min=3),
        wants="yes",
        budget="0",
        time="2",
    )
    assert found.standing is Standing.RULED_OUT
    assert (found.arguments_for, found.arguments_against, found.unmet) == (
        (ALWAYS_FOR,),
        (AGAINST,),
        (NEEDS_GCP,),
    )
    assert _against(found) == [
        "It costs $100 in all, and you can spend $0.",
        "It takes at least 3 months, and you have 2 months.",
    ]


def test_unmet_prerequisite_without_an_argument_is_no_reason() -> None:
    assert _standing(certification("a", FOR, NEEDS_GCP)) == "no-reason"


def test_sentence_with_an_exception_argues_one_way_or_the_other() -> None:
    required = _assess(certification("a", EITHER), required="a")
    assert (required.arguments_for, required.arguments_against) == ((EITHER,), ())
    not_required = _assess(certification("a", EITHER))
    assert (not_required.arguments_for, not_required.arguments_against) == ((), (EITHER,))
    assert not_required.standing is Standing.RULED_OUT


@pytest.mark.parametrize(
    ("total", "standing"),
    [("100", "worth-it"), ("100.01", "ruled-out"), ("99.99", "worth-it"), ("0", "worth-it")],
)
def test_price_at_the_limit(total: str, standing: str) -> None:
    assert _standing(certification("a", total_usd=Decimal(total)), budget="100") == standing


def test_nothing_to_spend_allows_what_costs_nothing() -> None:
    assert _standing(certification("a", total_usd=0), budget="0") == "worth-it"
    assert _standing(certification("a", total_usd=1), budget="0") == "ruled-out"


def test_price_does_not_matter_without_a_limit() -> None:
    assert _standing(certification("a", total_usd=999_999), budget="any") == "worth-it"


@pytest.mark.parametrize(
    ("months", "standing"), [(1, "worth-it"), (2, "worth-it"), (3, "ruled-out")]
)
def test_study_time_at_the_limit(months: int, standing: str) -> None:
    assert _standing(certification("a", months_min=months), time="2") == standing


def test_limit_names_the_answer_and_the_source() -> None:
    found = _assess(certification("a", total_usd=101, months_min=3), budget="100", time="2")
    assert [(f.because, f.source) for f in found.obstacles] == [
        ((Answer("budget", "100"),), "price source"),
        ((Answer("time", "2"),), "time source"),
    ]


@pytest.mark.parametrize(
    ("cost", "words"), [("100.01", "$100.01"), ("101", "$101"), ("1101.50", "$1,101.50")]
)
def test_limit_is_exceeded_by_cents_too(cost: str, words: str) -> None:
    (found,) = _assess(certification("a", total_usd=Decimal(cost)), budget="100").obstacles
    assert found.text == f"It costs {words} in all, and you can spend $100."


def test_certification_costs_nothing_more_with_what_it_is_free_with() -> None:
    made = certification("a", total_usd=177, free_with="member")
    assert _standing(made, wants="yes", member="no", budget="0") == "ruled-out"
    assert _standing(made, wants="yes", member="yes", budget="0") == "worth-it"
    assert _standing(made, wants="no", budget="0") == "ruled-out"


def test_unknown_price_of_a_certification_that_is_free_for_the_learner_is_no_caution() -> None:
    made = certification("a", total_usd=None, free_with="member")
    assert _cautions(_assess(made, wants="yes", member="yes")) == []
    assert _cautions(_assess(made)) == ["What it costs in all is not known: ask before you decide."]


@pytest.mark.parametrize(
    ("made", "caution"),
    [
        (
            certification("a", total_usd=None),
            "What it costs in all is not known: ask before you decide.",
        ),
        (certification("a", total_usd=0, months_min=None), "How long it takes is not known."),
        (
            certification("a", total_usd=0, reported="unknown"),
            "Whether it is still open is not known: ask the provider.",
        ),
    ],
    ids=["price", "time", "status"],
)
def test_unknown_never_rules_out_but_calls_for_caution(made: Certification, caution: str) -> None:
    found = _assess(made, budget="100", time="2")
    assert (found.standing.value, found.obstacles) == ("worth-it", ())
    assert _cautions(found) == [caution]


def test_unknown_price_rules_out_who_can_spend_nothing() -> None:
    found = _assess(certification("a", total_usd=None), budget="0")
    assert found.standing.value == "ruled-out"
    assert _against(found) == ["It is not known to be free, and you can spend nothing."]
    assert _standing(certification("a", total_usd=None), budget="0", required="a") == "required"
    made = certification("a", total_usd=None, free_with="member")
    assert _standing(made, budget="0", wants="yes", member="yes") == "worth-it"


def test_category_has_no_price_that_could_rule_it_out() -> None:
    made = certification("a", kind="category", has_facts=False, total_usd=None, months_min=None)
    assert _standing(made, budget="0") == "worth-it"


def test_span_that_ends_over_a_limit_calls_for_caution() -> None:
    made = replace(certification("a", total_usd=100), most_usd=Decimal(300), months_max=6)
    assert _cautions(_assess(made, budget="100", time="2")) == [
        "It can cost up to $300 in all, and you can spend $100.",
        "It can take up to 6 months, and you have 2 months.",
    ]
    assert _cautions(_assess(made)) == []


def test_correction_of_the_judgement_calls_for_caution() -> None:
    note = Correction("Now it is another exam.", Fact("/guide/#a", "a source"))
    for reported in ("open", "closed"):  # the judgement is shown of a closed one too
        made = replace(certification("a", reported=reported), corrections=(note,))
        assert _cautions(_assess(made)) == [note.text]


def test_sentence_that_warns_argues_neither_way() -> None:
    warns = statement("warns", Effect.CAUTION, "wants")
    found = _assess(certification("a", warns), wants="yes")
    assert (found.standing.value, found.arguments_for) == ("no-reason", ())
    assert [each.text for each in found.limits_met] == ["warns"]


def test_what_is_rated_by_kind_has_a_standing_and_says_so() -> None:
    made = replace(certification("a"), is_rated_by_kind=True)
    assert made.rated is Rated.BY_KIND
    assert _standing(made) == "worth-it"
    assert _cautions(_assess(made)) == [
        "The guide does not name it: what it says here, it says of its kind."
    ]


def test_held_comes_before_required_and_after_what_rules_it_out() -> None:
    made = certification("a", ALWAYS_FOR, AGAINST)
    asked = rulebook(made, questions=(WANTS, naming("a"), holding("a"), BUDGET))

    def standing(**answers: str) -> str:
        return assess(made, sheet(asked, **answers), today=TODAY).standing.value

    assert standing(holds="a") == "held"
    assert standing(holds="a", required="a", wants="yes") == "held"
    assert standing(holds="other", required="a", wants="yes") == "required"
    assert standing(holds="a", wants="yes") == "ruled-out"


def test_known_facts_call_for_no_caution() -> None:
    assert _assess(certification("a")).cautions == ()


def test_category_without_facts_calls_for_no_caution() -> None:
    made = certification(
        "a", has_facts=False, reported="unknown", total_usd=None, months_min=None, kind="category"
    )
    assert _assess(made).cautions == ()


LAST_DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "status", "standing"),
    [(-1, "closing", "worth-it"), (0, "closing", "worth-it"), (1, "closed", "closed")],
)
def test_last_day_before_on_and_after(days: int, status: str, standing: str) -> None:
    found = _assess(certification("a", closes_on=LAST_DAY), today=LAST_DAY + timedelta(days))
    assert (found.status.value, found.standing.value) == (status, standing)


@pytest.mark.parametrize(
    ("days", "status", "standing"),
    [(-1, "closing", "worth-it"), (0, "closed", "closed"), (1, "closed", "closed")],
)
def test_end_of_sales_before_on_and_after(days: int, status: str, standing: str) -> None:
    found = _assess(certification("a", sales_end_on=LAST_DAY), today=LAST_DAY + timedelta(days))
    assert (found.status.value, found.standing.value) == (status, standing)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (certification("a", closes_on=LAST_DAY), "Its last day is 23 November 2026."),
        (
            certification("a", sales_end_on=date(2026, 12, 1)),
            "It will not be sold from 1 December 2026 on.",
        ),
    ],
)
def test_closing_certification_calls_for_caution(made: Certification, words: str) -> None:
    found = _assess(made)
    assert (found.status, _cautions(found), found.obstacles) == (Status.CLOSING, [words], ())


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (certification("a", reported="closed"), "It has closed; the day is not known."),
        (certification("a", closes_on=date(2026, 3, 31)), "Its last day was 31 March 2026."),
        (
            certification("a", sales_end_on=date(2024, 5, 1)),
            "It has not been sold since 1 May 2024.",
        ),
        (
            certification("a", reported="unknown", closes_on=date(2026, 3, 31)),
            "Its last day was 31 March 2026.",
        ),
    ],
)
def test_closed_certification_says_since_when(made: Certification, words: str) -> None:
    found = _assess(made)
    assert (found.standing.value, _against(found), found.cautions) == ("closed", [words], ())
    assert found.obstacles[0].source == "status source"


def test_what_is_not_open_yet_is_closed_and_says_when_it_opens() -> None:
    made = certification("a", opens_on=date(2026, 12, 1))
    found = _assess(made, today=date(2026, 11, 30))
    assert (found.standing, [each.text for each in found.obstacles]) == (
        Standing.CLOSED,
        ["It can’t be obtained before 1 December 2026."],
    )
    assert _assess(made, today=date(2026, 12, 1)).standing is Standing.WORTH_IT
