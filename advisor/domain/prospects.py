"""What can still come of answers that leave questions open, and the nearest other verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from advisor.domain.answers import Answer, Sheet, read_answers
from advisor.domain.evaluation import Reason, Verdict, evaluate
from advisor.domain.rulebook import Power, Question, Rule, Rulebook
from advisor.domain.space import Answers, Cost, SheetSet, Slot, keeping
from advisor.domain.verdicts import Decided, Verdicts


@dataclass(frozen=True, slots=True)
class Prospect:
    """What can come of open answers.

    `decided` is the verdict if all possibilities agree on it, and `examples` a complete sheet for
    each rule that can give it; if they do not agree, `deciding` names the open questions on whose
    answers it depends.
    """

    decided: Decided | None
    examples: tuple[Answers, ...] = ()
    deciding: tuple[str, ...] = ()


class Prospects:
    """Which verdicts can be reached from where; read by many at once, so it never changes."""

    def __init__(self, verdicts: Verdicts) -> None:
        """Lay out the sets that the questions of learners need."""
        space = verdicts.space
        self._space, self._questions = space, verdicts.rulebook.questions
        self._decided: Mapping[Decided, SheetSet] = verdicts.decided
        self._others = {
            decided: space.both(verdicts.sheets, -sheets)
            for decided, sheets in verdicts.decided.items()
        }
        self._decided_by: list[tuple[Rule, SheetSet]] = verdicts.decided_by
        self._recommending = space.any_of(
            sheets for decided, sheets in verdicts.decided.items() if decided.recommended
        )

    def of(self, answers: Answers) -> Prospect:
        """What can come of these answers, whatever is answered to the other questions."""
        keep = keeping(answers)
        decided = next(
            each for each, sheets in self._decided.items() if self._space.has(sheets, keep)
        )
        if self._space.has(self._others[decided], keep):
            return Prospect(None, deciding=self._deciding(answers))
        ways = (self._space.cheapest(sheets, keep) for _, sheets in self._decided_by)
        return Prospect(decided, examples=tuple(way[1] for way in ways if way))

    def _deciding(self, answers: Answers) -> tuple[str, ...]:
        """The open questions of which one answer alone rules out what another leaves possible."""
        possible = self._reachable(answers)
        open_ones = [question for question in self._questions if question.key not in answers]
        found = tuple(
            question.key
            for question in open_ones
            if any(
                self._reachable({**answers, question.key: (choice.key,)}) not in (possible, set())
                for choice in question.choices
            )
        )
        return found or tuple(question.key for question in open_ones)

    def _reachable(self, answers: Answers) -> set[Decided]:
        keep = keeping(answers)
        return {each for each, sheets in self._decided.items() if self._space.has(sheets, keep)}

    def nearest_recommendation(self, sheet: Sheet) -> Answers | None:
        """The sheet that leads to a recommendation by the fewest changes in the learner's power.

        Adding or removing one of several answers is one change, and so is another answer to a
        question that takes one. Questions that only then come up take their neutral answers.
        """
        found = self._space.cheapest(self._recommending, _in_reach(self._questions, sheet.answers))
        return found[1] if found else None


def _in_reach(questions: tuple[Question, ...], answers: Answers) -> Cost:
    by_key = {question.key: question for question in questions}

    def cost(slot: Slot, option: str) -> int | None:
        question, own = by_key[slot.question], slot.chosen_in(answers)
        if option == own:
            return 0
        if slot.question not in answers:
            is_neutral = question.neutral is None or option == question.neutral.key
            return 0 if is_neutral else None
        if not option:
            return (
                1
                if slot.choice and question.power is Power.CHOICE
                else (None if slot.choice else 0)
            )
        return 1 if can_be_taken(question, own, option) else None

    return cost


def can_be_taken(question: Question, own: str, other: str) -> bool:
    """Whether learners can bring themselves from one answer to another: nobody takes steps back."""
    if question.power is Power.PROGRESS:
        places = list(question.by_key)
        return not own or places.index(other) > places.index(own)
    return question.power is Power.CHOICE


def agreed_verdict(rulebook: Rulebook, prospect: Prospect, sheet: Sheet, *, today: date) -> Verdict:
    """The verdict that holds whatever is answered to the open questions.

    It says only what the answers given are enough for: of the standings just that of the entry
    recommended, and no reason that rests on an open answer. Where every reason does, it has those
    of each rule that can decide, and with them only the answers given.
    """
    given = set(sheet.pairs)
    found = [
        evaluate(rulebook, read_answers(rulebook, example).sheet, today=today)
        for example in prospect.examples
    ]
    verdict = found[0]
    reasons = {reason.url: reason for each in found for reason in each.reasons}.values()
    return replace(
        verdict,
        reasons=_grounded(reasons, given)
        or tuple(replace(each, because=_said(each, given)) for each in reasons),
        standings=tuple(
            replace(
                each,
                reasons_for=_grounded(each.reasons_for, given),
                reasons_against=_grounded(each.reasons_against, given),
                unmet=_grounded(each.unmet, given),
                cautions=_grounded(each.cautions, given),
            )
            for each in verdict.standings
            if each.slug == verdict.recommended
        ),
        nearest=(),
        warnings=_grounded(verdict.warnings, given),
        instead=tuple(
            replace(each, reason=replace(each.reason, because=_said(each.reason, given)))
            for each in verdict.instead
        ),
        trace=(),
    )


def _grounded(reasons: Iterable[Reason], given: set[tuple[str, str]]) -> tuple[Reason, ...]:
    return tuple(each for each in reasons if _said(each, given) == each.because)


def _said(reason: Reason, given: set[tuple[str, str]]) -> tuple[Answer, ...]:
    return tuple(each for each in reason.because if (each.question, each.answer) in given)
