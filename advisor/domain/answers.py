"""Answers: what an address says, read against the questions, in the one canonical order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from advisor.domain.questions import Answer, Question
from advisor.domain.rulebook import Rulebook
from catalog.url_parameters import Problem

NEXT = "Choose from the answers that are offered."  # what to do about one that can't be taken
ABOUT = "about"  # names a certification that the learner asks about
NOT_SURE = "not-sure"  # leaves a question open, whatever its choices


class SpendingLimit(NamedTuple):
    """The most that a learner gives, in dollars or months, and the answer that says so."""

    most: int
    because: Answer


@dataclass(frozen=True)
class Sheet:
    """Valid answers to questions that are asked, in canonical order, and what follows from them."""

    rulebook: Rulebook = field(repr=False)
    answers: Mapping[str, tuple[str, ...]]

    @cached_property
    def traits(self) -> frozenset[str]:
        """The traits that the answers make true of the learner."""
        by_key = self.rulebook.by_key
        granted = [by_key[k].by_key[v].traits for k, values in self.answers.items() for v in values]
        return frozenset[str]().union(*granted)

    def answering(self, question: Question, answer: tuple[str, ...]) -> "Sheet":
        """The sheet with another answer to a question on which no other depends."""
        other = Sheet(self.rulebook, {**self.answers, question.key: answer})
        if question not in self.rulebook.tying:
            vars(other)["platforms"] = self.platforms
        if question not in self.rulebook.limiting:
            vars(other)["limits"] = self.limits
        return other

    @cached_property
    def given(self) -> tuple[Answer, ...]:
        """Each answer alone."""
        by_key = self.rulebook.by_key
        return tuple(by_key[k].answers[v] for k, values in self.answers.items() for v in values)

    @cached_property
    def platforms(self) -> frozenset[str]:
        """The platforms that the learner uses."""
        chosen = (q.by_key[v] for q in self.rulebook.tying for v in self.answers.get(q.key, ()))
        return frozenset([choice.platform for choice in chosen if choice.platform])

    @cached_property
    def limits(self) -> tuple[SpendingLimit | None, SpendingLimit | None]:
        """The most that the learner gives, in US dollars and in months; None is no limit."""
        dollars, months = [], []
        for question in self.rulebook.limiting:
            for value in self.answers.get(question.key, ()):
                choice, answer = question.by_key[value], question.answers[value]
                if choice.limit_usd is not None:
                    dollars.append(SpendingLimit(choice.limit_usd, answer))
                if choice.limit_months is not None:
                    months.append(SpendingLimit(choice.limit_months, answer))
        return _tightest(dollars), _tightest(months)

    @property
    def named(self) -> str | None:
        """The certification (or other) that is required of the learner."""
        naming = self.rulebook.naming
        return self.answers.get(naming.key, (None,))[0] if naming else None

    @cached_property
    def held(self) -> frozenset[str]:
        """The certifications (or other) that the learner holds, as far as they are named."""
        holding = self.rulebook.holding
        return frozenset(self.answers.get(holding.key, ()) if holding else ())

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Question and answer, in canonical order, ready for an address."""
        return [(key, value) for key, values in self.answers.items() for value in values]


def _tightest(limits: list[SpendingLimit]) -> SpendingLimit | None:
    return min(limits, key=lambda limit: limit.most, default=None)


@dataclass(frozen=True)
class Reading:
    """The sheet that an address holds, and everything that keeps it from being complete.

    `given` holds every valid value of each asked question, even where the answer as a whole is
    not valid. `left_open` names the questions that the learner is not sure about; what these may
    bring up is asked too. `contradictions` say which answers were dropped because of another.
    `about` has the slugs of the certifications asked about, if any are.
    """

    sheet: Sheet
    asked: tuple[Question, ...]
    missing: tuple[str, ...]
    dropped: tuple[Question, ...]
    problems: tuple[Problem, ...]
    given: Mapping[str, tuple[str, ...]]
    left_open: tuple[str, ...]
    contradictions: tuple[Problem, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook with the questions that were read."""
        return self.sheet.rulebook

    @property
    def dropped_by_gate(self) -> tuple[Question, ...]:
        """The questions whose answers were dropped because other answers keep them away."""
        contradicted = {problem.parameter for problem in self.contradictions}
        return tuple(q for q in self.dropped if q.key not in contradicted)

    @property
    def replied(self) -> tuple[Question, ...]:
        """The questions that have an answer or were left open."""
        answers = self.sheet.answers
        return tuple(q for q in self.asked if q.key in answers or q.key in self.left_open)

    @property
    def in_words(self) -> list[tuple[Question, str]]:
        """Each question answered or left open, with its answer in words; empty if left open."""
        answers, replied = self.sheet.answers, []
        for question in self.replied:
            labels = [question.by_key[value].label for value in answers.get(question.key, ())]
            replied.append((question, "; ".join(labels)))
        return replied

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address in canonical order: what is asked about, then answers."""
        pairs = [(ABOUT, slug) for slug in self.about]
        for question in self.asked:
            is_open = question.key in self.left_open
            values = (NOT_SURE,) if is_open else self.sheet.answers.get(question.key, ())
            pairs += [(question.key, value) for value in values]
        return pairs


@dataclass
class _Draft:
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    traits: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    asked: list[Question] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dropped: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_open: list[str] = field(default_factory=list)
    unsure: frozenset[str] = frozenset()
    contradictions: list[Problem] = field(default_factory=list)


def read_answers(rulebook: Rulebook, raw: Mapping[str, Sequence[str]]) -> Reading:
    """Read the parameters of an address."""
    draft = _Draft()
    for question in rulebook.questions:
        _read_question(draft, question, raw.get(question.key, ()), rulebook)
    draft.problems.extend(
        Problem(key, ", ".join(values), "The advisor has no such question.")
        for key, values in raw.items()
        if key not in rulebook.by_key
    )
    return Reading(
        sheet=Sheet(rulebook, draft.answers),
        asked=tuple(draft.asked),
        missing=tuple(draft.missing),
        dropped=tuple(draft.dropped),
        problems=tuple(draft.problems),
        given=draft.given,
        left_open=tuple(draft.left_open),
        contradictions=tuple(draft.contradictions),
    )


def leave_rest_open(reading: Reading) -> Reading:
    """The reading of these answers with every other question that may be asked left open."""
    unsure = {question.key: (NOT_SURE,) for question in reading.rulebook.questions}
    return read_answers(reading.rulebook, unsure | dict(reading.sheet.answers))


def _read_question(
    draft: _Draft, question: Question, values: Sequence[str], rulebook: Rulebook
) -> None:
    gates = question.asked_when.traits
    is_open = not gates.isdisjoint(draft.undecided)
    is_asked = question.asked_when.is_met(draft.traits) or not gates.isdisjoint(draft.unsure)
    if not is_asked and not is_open:
        if values:
            draft.dropped.append(question)
        return
    if is_asked or values:
        draft.asked.append(question)
    if tuple(values) == (NOT_SURE,) and NOT_SURE not in question.by_key:
        draft.left_open.append(question.key)
        draft.undecided |= question.traits
        draft.unsure |= question.traits
        return
    chosen, problems = _understand(question, values)
    most = most_held(rulebook, question, draft.answers)
    if most is not None and len(chosen) > most:
        draft.dropped.append(question)
        reason = f"You named {len(chosen)}, and said that you hold {most} at most. {NEXT}"
        draft.contradictions.append(Problem(question.key, ", ".join(chosen), reason))
        chosen = ()
    draft.given[question.key] = chosen
    draft.problems.extend(problems)
    if chosen and not problems:
        draft.answers[question.key] = chosen
        draft.traits = draft.traits.union(*(question.by_key[key].traits for key in chosen))
    else:
        draft.undecided |= question.traits
        if is_asked:
            draft.missing.append(question.key)


def most_held(
    rulebook: Rulebook, question: Question, answers: Mapping[str, tuple[str, ...]]
) -> int | None:
    """The most certifications that an answer to this question may name; None is no limit."""
    if question is not rulebook.holding:
        return None
    limits = [
        counting.by_key[value].most_held
        for counting in rulebook.counting
        for value in answers.get(counting.key, ())
    ]
    return min((limit for limit in limits if limit is not None), default=None)


def _understand(question: Question, values: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The valid values in the order of the choices, and what is wrong with the answer."""
    if len(values) == 1 and values[0] in question.by_key:
        return (values[0],), []
    chosen = tuple(choice.key for choice in question.choices if choice.key in values)
    unknown = dict.fromkeys(value for value in values if value not in question.by_key)
    problems = [
        Problem(question.key, value, f"This is not an answer to “{question.text}”. {NEXT}")
        for value in unknown
    ]
    exclusive = next((key for key in chosen if question.by_key[key].is_exclusive), None)
    if len(chosen) > 1 and not question.is_multiple:
        reason = f"Only one answer is possible. {NEXT}"
        problems.append(Problem(question.key, ", ".join(chosen), reason))
    elif len(chosen) > 1 and exclusive:
        label = question.by_key[exclusive].label
        reason = f"“{label}” can’t be combined with another answer: take one or the other away."
        problems.append(Problem(question.key, ", ".join(chosen), reason))
    return chosen, problems


def complete(
    rulebook: Rulebook, answers: Mapping[str, tuple[str, ...]]
) -> tuple[Sheet, tuple[str, ...]] | None:
    """The complete sheet of valid answers, and the questions that only the neutral choice answers.

    Answers to questions that are not asked, or that contradict another, are left out. None if a
    question without an answer has no neutral choice.
    """
    found: dict[str, tuple[str, ...]] = {}
    filled, traits = [], frozenset[str]()
    for question in rulebook.questions:
        if not question.asked_when.is_met(traits):
            continue
        values = answers.get(question.key)
        most = most_held(rulebook, question, found)
        if values is None or (most is not None and len(values) > most):
            if question.neutral is None:
                return None
            filled.append(question.key)
            values = (question.neutral.key,)
        found[question.key] = values
        if question in rulebook.gating:
            traits = traits.union(*(question.by_key[value].traits for value in values))
    return Sheet(rulebook, found), tuple(filled)
