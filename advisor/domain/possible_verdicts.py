"""The verdicts that partial answers can still reach, and the nearest other verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from advisor.domain.answers import Sheet, read_answers
from advisor.domain.decision import decide
from advisor.domain.questions import Power, Question
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rule, Rulebook
from advisor.domain.sheet_sets import Answers, Cost, SheetSet, Slot, keeping
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts

Told = Mapping[Decided, SheetSet]

# So many possible verdicts are told apart by their outcomes only, or it would take seconds.
MANY = 50

# What changes cost: fewer of them are nearer; of as many, those with more to do; then by place.
CHANGE, CHANGE_OF_MIND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class PossibleVerdicts:
    """The verdicts that partial answers can still reach.

    `decided` is the verdict if all possibilities agree on it, and `examples` a complete sheet for
    each rule that can give it; if they do not agree, `possible` has the verdicts that there can be
    and `deciding` names the open questions on whose answers it depends.
    """

    decided: Decided | None
    examples: tuple[Answers, ...] = ()
    possible: tuple[Decided, ...] = ()
    deciding: tuple[str, ...] = ()


class PartialAnswers:
    """The verdicts that partial answers can reach; read by many at once, so it never changes."""

    def __init__(self, verdicts: SymbolicVerdicts, representatives: Representatives) -> None:
        """Lay out the sets that the questions of learners need.

        The verdicts are those of the rulebook of the representatives.
        """
        space = verdicts.space
        self._representatives = representatives
        self._space, self._questions = space, verdicts.rulebook.questions
        self._decided: Mapping[Decided, SheetSet] = verdicts.decided
        self._others = {
            decided: space.both(verdicts.sheets, -sheets)
            for decided, sheets in verdicts.decided.items()
        }
        self._rulebook, self._today = verdicts.rulebook, verdicts.today
        self._explained = space.any_of(verdicts.decided.values())
        by_outcome: dict[Decided, list[SheetSet]] = {}
        for decided, sheets in verdicts.decided.items():
            by_outcome.setdefault(Decided(decided.outcome, None), []).append(sheets)
        self._by_outcome = {outcome: space.any_of(sets) for outcome, sets in by_outcome.items()}
        self._asking = {
            key: space.both(verdicts.sheets, asked) for key, asked in verdicts.asked.items()
        }
        self._decided_by: list[tuple[Rule, SheetSet]] = verdicts.decided_by
        self._recommending = space.any_of(
            sheets for decided, sheets in verdicts.decided.items() if decided.recommended
        )

        self._too_dear = dict(_too_dear(verdicts))

    def of(self, answers: Answers) -> PossibleVerdicts:
        """The verdicts that these answers can reach, whatever is answered to other questions."""
        narrowed = self._representatives.narrowed(answers)
        decided = self._settled(narrowed)
        if decided is None:
            possible = self._reachable(narrowed, self._decided)
            deciding = self._deciding(narrowed, possible)
            alike = chain(*(self._represented(found, answers) for found in possible))
            return PossibleVerdicts(None, possible=tuple(dict.fromkeys(alike)), deciding=deciding)
        keep = keeping(narrowed)
        ways = (self._space.cheapest(sheets, keep) for _, sheets in self._decided_by)
        return PossibleVerdicts(
            decided=self._represented(decided, answers)[0],
            examples=tuple(self._representatives.widened(way[1], answers) for way in ways if way),
        )

    def settled(self, answers: Answers) -> Decided | None:
        """The verdict that no answer to the other questions can change; None if one can."""
        decided = self._settled(self._representatives.narrowed(answers))
        return self._represented(decided, answers)[0] if decided else None

    def _represented(self, decided: Decided, answers: Answers) -> tuple[Decided, ...]:
        """The verdicts for which one stands: that on what is required, where it is known."""
        slug, named = decided.recommended or "", self._representatives.named(answers)
        if named and self._representatives.of(named) == slug:
            return (decided._replace(recommended=named),)
        alike = self._representatives.represented(slug)
        return tuple(decided._replace(recommended=represented or None) for represented in alike)

    def _settled(self, answers: Answers) -> Decided | None:
        keep = keeping(answers)
        found = self._space.cheapest(self._explained, keep)
        if found is None:
            return None
        sheet = read_answers(self._rulebook, found[1]).sheet
        decision = decide(sheet, today=self._today)
        decided = Decided(decision.outcome.slug, decision.recommended)
        return None if self._space.has(self._others[decided], keep) else decided

    def _deciding(self, answers: Answers, possible: list[Decided]) -> tuple[str, ...]:
        """The open questions of which one answer alone rules out what another leaves possible."""
        told_apart = self._decided if len(possible) <= MANY else self._by_outcome
        every = self._reachable(answers, told_apart)
        keep = keeping(answers)
        open_ones = [
            question
            for question in self._questions
            if question.key not in answers and self._space.has(self._asking[question.key], keep)
        ]
        found = tuple(
            question.key
            for question in open_ones
            if any(
                self._reachable({**answers, question.key: (choice.key,)}, told_apart)
                not in (every, [])
                for choice in question.choices
            )
        )
        return found or tuple(question.key for question in open_ones)

    def _reachable(self, answers: Answers, told_apart: Told) -> list[Decided]:
        keep = keeping(answers)
        return [decided for decided, sheets in told_apart.items() if self._space.has(sheets, keep)]

    def nearest_recommendation(self, sheet: Sheet) -> Answers | None:
        """The sheet that leads to a recommendation by the fewest changes in the learner's power.

        Of as many changes, those with more to do are nearer than those of a wish or a habit.
        Adding or removing one of several answers is one change, to swap all for an exclusive one
        too, and so is another answer to a question that takes one. Questions that only then come
        up, or were left open, take their neutral answers; without one, whichever serves.
        """
        answers = self._representatives.narrowed(sheet.answers)
        able = self._recommending
        for (question, choice), dear in self._too_dear.items():
            if choice not in answers.get(question, ()):
                able = self._space.both(able, -dear)
        found = self._space.cheapest(able, _in_reach(self._questions, answers))
        return self._representatives.widened(found[1], sheet.answers) if found else None


def _too_dear(
    verdicts: SymbolicVerdicts,
) -> Iterator[tuple[tuple[str, str], SheetSet]]:
    """Each answer that has a price, with the sheets that recommend and can't spend it."""
    rulebook, space = verdicts.rulebook, verdicts.space
    for question in rulebook.questions:
        for choice in question.choices:
            if choice.monthly_usd is None:
                continue
            dear = []
            for decided, sheets in verdicts.decided.items():
                cost = choice.monthly_usd * months_needed(rulebook, decided.recommended)
                if decided.recommended:
                    dear.append(space.both(sheets, verdicts.spend_less_than(Decimal(cost))))
            given = verdicts.answering(question.key, choice.key)
            yield (question.key, choice.key), space.both(given, space.any_of(dear))


def months_needed(rulebook: Rulebook, recommended: str | None) -> int:
    """The shortest study time of what is recommended, in months; one where it is not known."""
    return (rulebook.by_slug[recommended].months_min if recommended else None) or 1


def _in_reach(questions: tuple[Question, ...], answers: Answers) -> Cost:
    by_key = {question.key: question for question in questions}

    def cost(slot: Slot, option: str) -> int | None:
        question, own = by_key[slot.question], slot.chosen_in(answers)
        if option == own:
            return 0
        if slot.question not in answers:
            is_neutral = question.neutral is None or option == question.neutral.key
            return 0 if is_neutral else None
        if slot.choice and question.by_key[slot.choice].is_exclusive:
            return None if option else 0  # taken as a whole, but left for any other choice
        if option:
            before = "" if slot.choice else answers[slot.question][-1]
            return _price(question, option) if can_be_taken(question, before, option) else None
        return CHANGE + CHANGE_OF_MIND if question.power is Power.CHOICE else None

    return cost


def _price(question: Question, option: str) -> int:
    is_mere_wish = not question.by_key[option].action
    return CHANGE + is_mere_wish * CHANGE_OF_MIND + list(question.by_key).index(option)


def can_be_taken(question: Question, own: str, other: str) -> bool:
    """True if learners can get from one answer to another: nobody takes steps back."""
    if question.power is Power.PROGRESS:
        return not own or question.places[other] > question.places[own]
    return question.power is Power.CHOICE
