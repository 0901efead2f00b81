"""Counterfactuals: every single answer that, given otherwise, alters the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet, complete, most_held, read_answers
from advisor.domain.decision import decide
from advisor.domain.possible_verdicts import PartialAnswers, months_needed
from advisor.domain.questions import Choice, Power, Question
from advisor.domain.rulebook import Rulebook


@dataclass(frozen=True, eq=False)
class Move:
    """One answer given otherwise; made by `moves_from`, once for all learners."""

    question: Question
    before: tuple[str, ...]
    after: tuple[str, ...]

    @cached_property
    def is_in_reach(self) -> bool:
        """True if learners can change this answer themselves: nobody takes steps backwards."""
        if self.question.power is Power.PROGRESS:
            return self.is_forward
        return self.question.power is Power.CHOICE

    @cached_property
    def is_forward(self) -> bool:
        """True if the new answer comes later in the list of choices, or adds to the answers."""
        places = self.question.places
        before, after = (max(places[key] for key in keys) for keys in (self.before, self.after))
        return after > before or set(self.before) < set(self.after)

    @cached_property
    def is_to_do(self) -> bool:
        """True if there is something to do for it, not just another wish or habit."""
        return bool(self.added and self.added.action and self.is_forward)

    @cached_property
    def is_of_money(self) -> bool:
        """True if the question is how much can be spent."""
        return any(choice.limit_usd is not None for choice in self.question.choices)

    @cached_property
    def added(self) -> Choice | None:
        """The choice that is new, if one is."""
        new = (key for key in self.after if key not in self.before)
        return next((self.question.by_key[key] for key in new), None)

    @cached_property
    def removed(self) -> Choice | None:
        """The choice that is given up, if one is."""
        old = (key for key in self.before if key not in self.after)
        return next((self.question.by_key[key] for key in old), None)


class Counterfactual(NamedTuple):
    """One or more answers given otherwise, and what the verdict would be.

    `sheet` is the complete sheet that follows; questions that only then come up are answered
    with their neutral choices and listed in `follow_ups`. `cost_usd` is the price of the moves
    themselves, such as a subscription for the months that it is needed; None if they cost nothing.
    """

    moves: tuple[Move, ...]
    follow_ups: tuple[str, ...]
    sheet: Sheet
    outcome: str
    recommended: str | None
    cost_usd: int | None = None

    @property
    def is_in_reach(self) -> bool:
        """True if learners can make every move themselves."""
        return all(move.is_in_reach for move in self.moves)


def single_changes(sheet: Sheet, *, today: date) -> tuple[Counterfactual, ...]:
    """Every change of one answer of a complete sheet that alters outcome or recommendation.

    Where a question takes several answers, one change adds one, removes one, or swaps for an
    exclusive one. A change that costs more than the learner can spend is none. Those in reach come
    first, among these the ones that lead to a recommendation, and among these the ones for which
    there is something to do.
    """
    now = decide(sheet, today=today)
    changes = []
    for move, other, filled in _single_moves(sheet):
        then = decide(other, today=today)
        if (then.outcome, then.recommended) == (now.outcome, now.recommended):
            continue
        cost = cost_of_moves(sheet.rulebook, (move,), then.recommended)
        limit = other.limits[0]
        if cost is None or limit is None or cost <= limit.most:
            decided = (then.outcome.slug, then.recommended)
            changes.append(Counterfactual((move,), filled, other, *decided, cost))
    return tuple(sorted(changes, key=_place))


def cost_of_moves(
    rulebook: Rulebook, moves: tuple[Move, ...], recommended: str | None
) -> int | None:
    """The price of the moves over the months that the recommended certification takes."""
    monthly = [move.added.monthly_usd for move in moves if move.added and move.added.monthly_usd]
    return sum(monthly) * months_needed(rulebook, recommended) if monthly else None


def _place(change: Counterfactual) -> tuple[bool, bool, bool]:
    is_to_do = all(move.is_to_do for move in change.moves)
    return not change.is_in_reach, change.recommended is None, not is_to_do


def _single_moves(sheet: Sheet) -> Iterator[tuple[Move, Sheet, tuple[str, ...]]]:
    """Each move with the sheet that follows and the questions that only then come up."""
    rulebook = sheet.rulebook
    for key, before in sheet.answers.items():
        question = rulebook.by_key[key]
        most = most_held(rulebook, question, sheet.answers)
        for move in moves_from(question, before):
            if most is not None and len(move.after) > most:
                continue
            found = (
                complete(rulebook, {**sheet.answers, key: move.after})
                if question in rulebook.gating
                else (sheet.answering(question, move.after), ())
            )
            if found:
                yield move, *found


@lru_cache(maxsize=10_000)
def moves_from(question: Question, before: tuple[str, ...]) -> tuple[Move, ...]:
    """The moves to every other answer that is one step away, in the order of the choices."""
    steps = (_stepping(question, before, choice) for choice in question.choices)
    return tuple(Move(question, before, after) for after in steps if after and after != before)


def _stepping(question: Question, before: tuple[str, ...], choice: Choice) -> tuple[str, ...]:
    """The answer once a choice is made, or taken back if several can be made."""
    if not question.is_multiple or choice.is_exclusive:
        return (choice.key,)
    after = {key for key in before if not question.by_key[key].is_exclusive} ^ {choice.key}
    return tuple(key for key in question.by_key if key in after)


def nearest_change(
    prospects: PartialAnswers, sheet: Sheet, *, today: date
) -> Counterfactual | None:
    """The fewest moves in the learner's power that lead to a recommendation; None if none do."""
    rulebook = sheet.rulebook
    answers = prospects.nearest_recommendation(sheet)
    if answers is None:
        return None
    other = read_answers(rulebook, answers).sheet
    decision = decide(other, today=today)
    moves: list[Move] = []
    for key, before in sheet.answers.items():
        if key in other.answers:
            moves.extend(_moves(rulebook.by_key[key], before, other.answers[key]))
    return Counterfactual(
        moves=tuple(moves),
        follow_ups=tuple(key for key in other.answers if key not in sheet.answers),
        sheet=other,
        outcome=decision.outcome.slug,
        recommended=decision.recommended,
        cost_usd=cost_of_moves(rulebook, tuple(moves), decision.recommended),
    )


def _moves(question: Question, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Move]:
    """The way from one answer to another, a step at a time: first what is new."""
    while before != after:
        differing = [c for c in question.choices if (c.key in before) != (c.key in after)]
        step = _stepping(question, before, min(differing, key=lambda choice: choice.key in before))
        yield next(move for move in moves_from(question, before) if move.after == step)
        before = step
