"""Counterfactuals, which would change the verdict: sound and complete, those in reach first."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from advisor.domain.answers import read_answers
from advisor.domain.certifications import Effect
from advisor.domain.counterfactuals import Counterfactual, moves_from, single_changes
from advisor.domain.decision import decide
from advisor.domain.outcomes import Recommends
from advisor.domain.questions import Power
from advisor.domain.rulebook import Rulebook
from catalog.conditions import parse
from tests.advisor.domain.hand_made import (
    BUDGET,
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
from tests.advisor.sheets import (
    BEGINNER,
    MOST_HELD,
    QUESTIONS,
    READY,
    SALES,
    SEVERAL,
    STEADY,
    Sheet,
    answered,
    random_sheets,
)


def _changes(book: Rulebook, sheet: Sheet) -> tuple[Counterfactual, ...]:
    return single_changes(read_answers(book, sheet).sheet, today=TODAY)


def _verdict(book: Rulebook, sheet: Sheet) -> tuple[str, str | None]:
    decision = decide(read_answers(book, sheet).sheet, today=TODAY)
    return decision.outcome.slug, decision.recommended


def _toggled(sheet: Sheet) -> Iterator[tuple[str, Sheet]]:
    """Every sheet one answer away: each other choice, and each value of several put in or out."""
    for key, before in sheet.items():
        for value in QUESTIONS[key]:
            after = {value} ^ set(before) if key in SEVERAL else {value}
            values = tuple(each for each in QUESTIONS[key] if each in after)
            if values and values != before:
                yield key, {**sheet, key: values}


@STEADY
@given(learner=random_sheets())
def test_changes_are_complete(rulebook: Rulebook, learner: Sheet) -> None:
    now = _verdict(rulebook, learner)
    listed = {(c.moves[0].question.key, c.moves[0].after): c for c in _changes(rulebook, learner)}
    for key, other in _toggled(learner):
        reading = read_answers(rulebook, other)
        if reading.missing or reading.problems:
            continue
        then = _verdict(rulebook, other)
        if then == now:
            assert (key, other[key]) not in listed
        elif (key, other[key]) in listed:
            change = listed[key, other[key]]
            assert (change.outcome, change.recommended) == then
        else:  # three months of the subscription are $177
            assert (key, other[key]) == ("coursera", ("yes",))
            assert other["budget"][0] in {"0", "100"}


@STEADY
@given(learner=random_sheets())
def test_changes_are_sound(rulebook: Rulebook, learner: Sheet) -> None:
    now = _verdict(rulebook, learner)
    changes = _changes(rulebook, learner)
    assert len({(c.moves[0].question.key, c.moves[0].after) for c in changes}) == len(changes)
    for change in changes:
        after = dict(change.sheet.answers)
        assert (change.outcome, change.recommended) == _verdict(rulebook, after) != now
        (move,) = change.moves
        assert learner[move.question.key] == move.before != move.after
        assert after[move.question.key] == move.after
        most = MOST_HELD.get(after["held"][0], 10)
        too_many = {"holds"} if len(learner.get("holds", ())) > most else set()
        kept = {key for key in learner if key in after} - {move.question.key} - too_many
        assert {key: after[key] for key in kept} == {key: learner[key] for key in kept}
        assert set(change.follow_ups) == set(after) - (set(learner) - too_many)
        asked = {question.key for question in read_answers(rulebook, after).asked}
        assert set(after) == asked


@STEADY
@given(learner=random_sheets())
def test_changes_in_reach_come_first_and_of_them_those_that_recommend(
    rulebook: Rulebook, learner: Sheet
) -> None:
    order = [(not c.is_in_reach, c.recommended is None) for c in _changes(rulebook, learner)]
    assert order == sorted(order)


def test_change_of_role_fills_in_the_questions_that_then_come_up(rulebook: Rulebook) -> None:
    change = next(
        c
        for c in _changes(rulebook, SALES)
        if (c.moves[0].question.key, c.moves[0].after) == ("role", ("builder",))
    )
    assert change.follow_ups == ("pillars", "experience", "portfolio")
    assert (change.outcome, change.recommended) == ("skip", None)


def test_change_drops_the_answers_that_no_longer_apply(rulebook: Rulebook) -> None:
    change = next(c for c in _changes(rulebook, READY) if c.moves[0].after == ("business",))
    assert set(READY) - set(change.sheet.answers) == {
        *("pillars", "experience", "portfolio", "framework")
    }


def test_deploying_a_model_is_in_reach_and_the_role_is_not(rulebook: Rulebook) -> None:
    learner = answered(READY, experience="none")
    in_reach = {
        (c.moves[0].question.key, c.moves[0].after)
        for c in _changes(rulebook, learner)
        if c.is_in_reach
    }
    assert ("experience", ("deployed",)) in in_reach
    assert ("experience", ("hands-on",)) in in_reach
    assert not {"role", "mandate", "held"} & {key for key, _ in in_reach}


def test_step_backwards_is_out_of_reach(rulebook: Rulebook) -> None:
    backwards = [
        c for c in _changes(rulebook, READY) if c.moves[0].question.key in {"pillars", "experience"}
    ]
    assert [(c.moves[0].after, c.is_in_reach) for c in backwards] == [
        (("none",), False),
        (("some",), False),
        (("none",), False),
    ]


def test_more_months_are_named_to_the_short_of_time(rulebook: Rulebook) -> None:
    months = [
        c
        for c in _changes(rulebook, answered(READY, time="1"))
        if c.moves[0].question.key == "time"
    ]
    assert {c.moves[0].after for c in months} == {("3",), ("6",), ("any",)}


# --- Hand-made ---------------------------------------------------------------------------------


def test_moves_from_a_single_answer_lead_to_the_other_choices() -> None:
    assert [move.after for move in moves_from(WANTS, ("no",))] == [("yes",)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("gcp",), [("gcp", "aws"), ("none",)]),
        (("gcp", "aws"), [("aws",), ("gcp",), ("none",)]),
        (("none",), [("gcp",), ("aws",)]),
    ],
)
def test_moves_from_several_answers_are_one_step_away(
    before: tuple[str, ...], after: list[tuple[str, ...]]
) -> None:
    assert [move.after for move in moves_from(CLOUD, before)] == after


def test_only_what_alters_the_verdict_is_a_change() -> None:
    book = rulebook(
        certification("a", statement("for", Effect.FOR, "uses-gcp")),
        outcomes=(outcome("best", Recommends.WORTH_IT),),
    )
    found = single_changes(sheet(book, cloud="aws"), today=TODAY)
    assert [(c.moves[0].question.key, c.moves[0].after, c.recommended) for c in found] == [
        ("cloud", ("gcp", "aws"), "a")
    ]
    assert (found[0].moves[0].added, found[0].moves[0].removed) == (CLOUD.by_key["gcp"], None)


def test_change_to_a_question_without_a_neutral_answer_is_left_out() -> None:
    no_neutral = replace(
        MEMBER, choices=tuple(replace(c, is_neutral=False) for c in MEMBER.choices)
    )
    outcomes, rules = (outcome("a"), outcome("b")), (("wants", "a"), ("", "b"))
    book = rulebook(outcomes=outcomes, rules=rules, questions=(WANTS, no_neutral))
    assert single_changes(sheet(book, wants="no"), today=TODAY) == ()
    filled = rulebook(outcomes=outcomes, rules=rules, questions=(WANTS, MEMBER))
    (change,) = single_changes(sheet(filled, wants="no"), today=TODAY)
    assert (change.follow_ups, dict(change.sheet.answers)) == (
        ("member",),
        {"wants": ("yes",), "member": ("no",)},
    )


@pytest.mark.parametrize(
    ("power", "forward", "backward"),
    [
        (Power.CHOICE, True, True),
        (Power.PROGRESS, True, False),
        (Power.CIRCUMSTANCE, False, False),
    ],
)
def test_power_says_what_is_in_reach(power: Power, forward: bool, backward: bool) -> None:
    question = replace(WANTS, power=power)
    outcomes, rules = (outcome("a"), outcome("b")), (("wants", "a"), ("", "b"))
    book = rulebook(outcomes=outcomes, rules=rules, questions=(question,))
    (up,) = single_changes(sheet(book, wants="no"), today=TODAY)
    (down,) = single_changes(sheet(book, wants="yes"), today=TODAY)
    assert (up.is_in_reach, down.is_in_reach) == (forward, backward)


@pytest.mark.parametrize("budget", ["0", "100"])
def test_nobody_is_told_to_subscribe_beyond_the_budget(rulebook: Rulebook, budget: str) -> None:
    changes = _changes(rulebook, answered(BEGINNER, budget=budget))
    assert "coursera" not in {change.moves[0].question.key for change in changes}


def test_change_with_a_price_says_what_it_costs() -> None:
    paid = replace(MEMBER, asked_when=parse(""))
    no, yes = paid.choices
    paid = replace(paid, choices=(no, replace(yes, monthly_usd=20)))
    book = rulebook(
        certification("a", statement("for", Effect.FOR, "member"), total_usd=0, months_min=3),
        questions=(paid, BUDGET),
    )
    (change,) = single_changes(sheet(book, budget="100"), today=TODAY)
    assert (change.recommended, change.cost_usd) == ("a", 60)
    assert single_changes(sheet(book, budget="0"), today=TODAY) == ()


def test_nobody_is_advised_to_wish_otherwise(rulebook: Rulebook) -> None:
    for learner in (READY, BEGINNER, SALES):
        wishes = [c for c in _changes(rulebook, learner) if c.moves[0].question.key == "goal"]
        assert wishes
        assert not any(change.is_in_reach for change in wishes)
