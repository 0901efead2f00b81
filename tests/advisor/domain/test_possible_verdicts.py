"""Possible verdicts of open answers, and the nearest recommendation, held against every sheet."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.answers import NOT_SURE, Sheet, read_answers
from advisor.domain.certifications import Effect
from advisor.domain.counterfactuals import nearest_change, single_changes
from advisor.domain.decision import decide
from advisor.domain.evaluation import evaluate
from advisor.domain.outcomes import Recommends
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.questions import Power, Question
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import Answers
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts
from catalog.conditions import parse
from tests.advisor.domain.hand_made import (
    CLOUD,
    MEMBER,
    TODAY,
    WANTS,
    certification,
    outcome,
    rulebook,
    sheet,
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


def _decided(book: Rulebook, learner: Sheet) -> Decided | None:
    try:
        decision = decide(learner, today=TODAY)
    except LookupError:
        return None
    return Decided(decision.outcome.slug, decision.recommended)


def _possible(book: Rulebook, answers: Answers) -> set[Decided | None]:
    return {_decided(book, each) for each in fitting(all_sheets(book), answers)}


@SOME_BOOKS
@given(seed=seeds)
def test_verdict_is_settled_just_when_every_possibility_has_it(seed: int) -> None:
    book = random_book(seed)
    answers = partial_answers(book, seed)
    possible, prospect = _possible(book, answers), _prospects(book).of(answers)
    assert prospect.decided == (next(iter(possible)) if len(possible) == 1 else None)
    if prospect.decided is None:
        assert set(prospect.possible) == possible - {None}
        return
    completions = [each.answers for each in fitting(all_sheets(book), answers)]
    assert all(example in completions for example in prospect.examples)
    rules = [
        evaluate(read_answers(book, example).sheet, today=TODAY).trace[-1].rule.order
        for example in prospect.examples
    ]
    assert rules == sorted(
        {
            evaluate(each, today=TODAY).trace[-1].rule.order
            for each in fitting(all_sheets(book), answers)
        }
    )


@SOME_BOOKS
@given(seed=seeds)
def test_deciding_questions_are_those_of_which_an_answer_rules_a_verdict_out(seed: int) -> None:
    book = random_book(seed)
    answers = partial_answers(book, seed)
    prospect, possible = _prospects(book).of(answers), _possible(book, answers) - {None}
    possibilities = fitting(all_sheets(book), answers)
    open_ones = [
        question
        for question in book.questions
        if question.key not in answers
        and any(question.key in each.answers for each in possibilities)
    ]
    deciding = [
        question.key
        for question in open_ones
        if any(
            _possible(book, {**answers, question.key: (key,)}) - {None} not in (possible, set())
            for key in question.by_key
        )
    ]
    if prospect.decided is None:
        assert list(prospect.deciding) == (deciding or [each.key for each in open_ones])


# --- The nearest recommendation ---------------------------------------------------------------


def _cost(question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> int | None:
    """The number of changes from one answer to another; None if the other is out of reach."""
    if before == after or not after:
        return 0
    if not before:
        neutral = question.neutral
        return 0 if neutral is None or after == (neutral.key,) else None
    alone = {key for key in question.by_key if question.by_key[key].is_exclusive}
    added, removed = set(after) - set(before), set(before) - set(after) - alone
    if question.power is Power.CIRCUMSTANCE:
        return None
    is_swap = not question.is_multiple or not alone.isdisjoint(after)
    if question.power is Power.PROGRESS:
        keys = list(question.by_key)
        places = [[-1 if key in alone else keys.index(key) for key in x] for x in (before, after)]
        is_forward = max(places[1]) > max(places[0])
        if (is_swap and not is_forward) or (not is_swap and removed):
            return None
    return 1 if is_swap else len(added) + len(removed)


def _changes(book: Rulebook, before: Sheet, after: Sheet) -> int | None:
    costs = [
        _cost(question, before.answers.get(key, ()), after.answers.get(key, ()))
        for key, question in book.by_key.items()
    ]
    return None if None in costs else sum(each for each in costs if each)


@SOME_BOOKS
@given(seed=seeds)
def test_nearest_recommendation_is_the_nearest_and_is_found_if_there_is_one(seed: int) -> None:
    book = random_book(seed)
    sheets, prospects = all_sheets(book), _prospects(book)
    good = [each for each in sheets if (found := _decided(book, each)) and found.recommended]
    for learner in sheets[:: 1 + len(sheets) // 6]:
        costs = [_changes(book, learner, each) for each in good]
        least = min((each for each in costs if each is not None), default=None)
        answers = prospects.nearest_recommendation(learner)
        if answers is None:
            assert least is None
            continue
        other = next(each for each in good if each.answers == answers)
        assert _changes(book, learner, other) == least
        change = nearest_change(prospects, learner, today=TODAY)
        assert change is not None
        assert (len(change.moves), change.is_in_reach) == (least, True)
        assert (change.outcome, change.recommended) == _decided(book, other)


@SOME_BOOKS
@given(seed=seeds)
def test_single_change_in_reach_is_as_near_as_the_nearest(seed: int) -> None:
    made = random_book(seed)
    book = replace(made, rules=(*made.rules, replace(made.rules[-1], condition=parse(""))))
    prospects, sheets = _prospects(book), all_sheets(book)
    for learner in sheets[:: 1 + len(sheets) // 4]:
        now = _decided(book, learner)
        single = [
            each
            for each in single_changes(learner, today=TODAY)
            if each.is_in_reach and each.recommended
        ]
        if single and now and now.recommended is None:
            change = nearest_change(prospects, learner, today=TODAY)
            assert change is not None
            assert len(change.moves) == 1


# --- Hand-made ---------------------------------------------------------------------------------


def _asking(*questions: Question, condition: str = "wants") -> Rulebook:
    return rulebook(
        certification("a", statement("for", Effect.FOR, condition)),
        questions=questions,
        outcomes=(outcome("best", Recommends.WORTH_IT), outcome("none")),
    )


def test_several_answers_are_kept_all_together() -> None:
    book = _asking(CLOUD, WANTS, condition="uses-gcp and uses-aws")
    found = _prospects(book).of({"cloud": ("gcp", "aws")})
    assert found.decided == Decided("best", "a")
    assert [dict(each)["cloud"] for each in found.examples] == [("gcp", "aws")]


def test_answer_behind_an_open_gate_counts_only_where_it_is_asked() -> None:
    book = _asking(WANTS, MEMBER, condition="member")
    reading = read_answers(book, {"wants": (NOT_SURE,), "member": ("yes",)})
    assert dict(reading.sheet.answers) == {"member": ("yes",)}
    found = _prospects(book).of(reading.sheet.answers)
    assert found.possible == (Decided("best", "a"), Decided("best", None))
    assert found.deciding == ("wants",)
    without = _prospects(book).of({"member": ("no",)})
    assert without.decided == Decided("best", None)


def test_answers_that_no_sheet_has_are_not_settled() -> None:
    found = _prospects(_asking(WANTS)).of({"wants": ("perhaps",)})
    assert (found.decided, found.possible) == (None, ())


def test_several_answers_that_are_no_longer_asked_for_cost_nothing() -> None:
    gated = replace(CLOUD, asked_when=parse("not wants"), power=Power.CIRCUMSTANCE)
    book = _asking(WANTS, gated)
    learner = sheet(book, wants="no", cloud="gcp aws")
    change = nearest_change(_prospects(book), learner, today=TODAY)
    assert change is not None
    assert [move.question.key for move in change.moves] == ["wants"]
    assert dict(change.sheet.answers) == {"wants": ("yes",)}


def test_swap_for_an_exclusive_answer_is_one_change() -> None:
    none = replace(CLOUD.choices[-1], traits=frozenset({"uses-none"}))
    cloud = replace(CLOUD, choices=(*CLOUD.choices[:-1], none))
    book = _asking(cloud, WANTS, MEMBER, condition="uses-none or (wants and member)")
    learner = sheet(book, cloud="gcp aws", wants="no")
    change = nearest_change(_prospects(book), learner, today=TODAY)
    assert change is not None
    assert [move.after for move in change.moves] == [("none",)]


@pytest.mark.parametrize(("choice", "is_near"), [("no", False), ("yes", True)])
def test_question_that_comes_up_takes_its_neutral_answer(choice: str, is_near: bool) -> None:
    choices = tuple(replace(each, is_neutral=each.key == choice) for each in MEMBER.choices)
    member = replace(MEMBER, choices=choices, power=Power.CIRCUMSTANCE)
    book = _asking(WANTS, member, condition="member")
    found = nearest_change(_prospects(book), sheet(book, wants="no"), today=TODAY)
    assert (found is not None) == is_near
    if found:
        assert (len(found.moves), found.follow_ups) == (1, ("member",))
