"""The verdict that partial answers agree on, held against every sheet that they can become."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.agreed_explanation import agreed_verdict
from advisor.domain.answers import Sheet, leave_rest_open, read_answers
from advisor.domain.certifications import Citation, Effect
from advisor.domain.evaluation import Verdict, evaluate
from advisor.domain.outcomes import Recommends
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.questions import Choice, Power, Question
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts
from catalog.conditions import parse
from tests.advisor.domain.hand_made import (
    MEMBER,
    TODAY,
    WANTS,
    certification,
    outcome,
    rulebook,
    statement,
)
from tests.advisor.domain.random_books import all_sheets, fitting, partial_answers, random_book
from tests.advisor.sheets import STEADY
from tests.examples import examples

SOME_BOOKS = settings(STEADY, max_examples=examples(60))
seeds = st.integers(0, 10**9)


def _prospects(book: Rulebook) -> PartialAnswers:
    names = Representatives(book, today=TODAY)
    return PartialAnswers(SymbolicVerdicts(names.rulebook, today=TODAY), names)


def _given(book: Rulebook, seed: int) -> tuple[Sheet, list[Verdict]]:
    """The answers of a learner who leaves the rest open, and the verdict on each possibility."""
    reading = leave_rest_open(read_answers(book, partial_answers(book, seed)))
    completions = fitting(all_sheets(book), reading.sheet.answers)
    return reading.sheet, [evaluate(each, today=TODAY) for each in completions]


@SOME_BOOKS
@given(seed=seeds)
def test_agreed_verdict_says_nothing_that_is_not_so_for_every_possibility(seed: int) -> None:
    made = random_book(seed)
    rules = (*made.rules, replace(made.rules[-1], order=9, condition=parse("")))
    book = replace(made, rules=rules)
    learner, verdicts = _given(book, seed)
    prospect = _prospects(book).of(learner.answers)
    if prospect.decided is None:
        return
    agreed = agreed_verdict(prospect, learner, today=TODAY)
    assert {(v.outcome, v.recommended, v.headline) for v in verdicts} == {
        (agreed.outcome, agreed.recommended, agreed.headline)
    }
    for verdict in verdicts:
        assert {each.url for each in agreed.warnings} <= {each.url for each in verdict.warnings}
        assert _fitting_advice(agreed) <= _fitting_advice(verdict)
        by_slug = {each.slug: each for each in verdict.standings}
        for found in agreed.standings:
            then = by_slug[found.slug]
            assert found.standing is then.standing
            assert _texts(found.reasons_for) <= _texts(then.reasons_for)
            assert _texts(found.reasons_against) <= _texts(then.reasons_against)
            assert _texts(found.unmet) <= _texts(then.unmet)
            assert _texts(found.cautions) <= _texts(then.cautions)


def _texts(reasons: tuple[object, ...]) -> set[str]:
    return {str(getattr(each, "text", "")) for each in reasons}


def _fitting_advice(verdict: Verdict) -> set[str]:
    return {each.reason.url for each in verdict.instead if each.is_fitting}


def _asking(*questions: Question, condition: str = "wants") -> Rulebook:
    return rulebook(
        certification("a", statement("for", Effect.FOR, condition)),
        questions=questions,
        outcomes=(outcome("best", Recommends.WORTH_IT), outcome("none")),
    )


def test_price_that_may_be_nothing_is_not_spoken_of() -> None:
    book = rulebook(
        certification("a", total_usd=None, free_with="member"),
        questions=(WANTS, MEMBER),
    )
    prospect = _prospects(book).of({})
    assert prospect.decided == Decided("best", "a")
    reading = leave_rest_open(read_answers(book, {}))
    (found,) = agreed_verdict(prospect, reading.sheet, today=TODAY).standings
    assert found.cautions == ()
    known = leave_rest_open(read_answers(book, {"wants": ("no",)}))
    prospect = _prospects(book).of(known.sheet.answers)
    (found,) = agreed_verdict(prospect, known.sheet, today=TODAY).standings
    assert [each.text for each in found.cautions] == [
        "What it costs in all is not known: ask before you decide."
    ]


def test_advice_fits_only_if_it_does_whatever_is_answered() -> None:
    advice = (
        Citation("first", "/1", parse("wants")),
        Citation("second", "/2", parse("wants or not wants")),
        Citation("third", "/3", parse("member or not wants")),
    )
    book = replace(_asking(WANTS, condition="not ghost"), advice=advice)
    prospects = _prospects(book)
    open_ones = leave_rest_open(read_answers(book, {}))
    agreed = agreed_verdict(prospects.of({}), open_ones.sheet, today=TODAY)
    assert [each.is_fitting for each in agreed.instead] == [False, False, False]
    said = read_answers(book, {"wants": ("no",)})
    agreed = agreed_verdict(prospects.of(said.sheet.answers), said.sheet, today=TODAY)
    assert [(each.reason.text, each.is_fitting) for each in agreed.instead] == [
        ("second", True),
        ("third", True),
        ("first", False),
    ]


def test_reason_of_a_rule_that_may_not_apply_gives_way_to_one_that_does() -> None:
    yes = Choice("yes", "Yes", traits=frozenset({"other"}))
    other = Question(
        key="other",
        label="Other",
        text="Other?",
        why="",
        choices=(yes, Choice("no", "No")),
        asked_when=parse(""),
        is_multiple=False,
        power=Power.CHOICE,
    )
    book = rulebook(
        outcomes=(outcome("skip"),),
        questions=(other, WANTS),
        rules=(("other", "skip"), ("wants", "skip"), ("", "skip")),
    )
    texts = ("it may be so", "it is so", "default")
    rules = tuple(
        replace(rule, citations=(Citation(text, f"/{text}", parse("")),))
        for rule, text in zip(book.rules, texts, strict=True)
    )
    book = replace(book, rules=rules)
    reading = leave_rest_open(read_answers(book, {"wants": ("yes",)}))
    prospect = _prospects(book).of(reading.sheet.answers)
    agreed = agreed_verdict(prospect, reading.sheet, today=TODAY)
    assert [each.text for each in agreed.reasons] == ["it is so"]
