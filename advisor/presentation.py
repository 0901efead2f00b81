"""What the pages of the advisor show: a question with its surroundings, and the verdict's parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from advisor.addresses import list_url, result_url, wizard_url
from advisor.domain.answers import Problem, Reading
from advisor.domain.assessment import Standing
from advisor.domain.changes import Change
from advisor.domain.evaluation import ExplainedStanding, Verdict
from advisor.domain.rulebook import Question, Rulebook
from catalog.models import Certification


@dataclass(frozen=True)
class QuestionPage:
    """One page of the wizard: a question, or none when there are only answers to check."""

    reading: Reading
    question: Question | None
    error: str
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, reading: Reading, *, change: str, submitted: str) -> QuestionPage:
        """Choose the question submitted without an answer, the one to change, or the open one."""
        asked = {question.key: question for question in reading.asked}
        first_open = reading.missing[0] if reading.missing else ""
        question = asked.get(submitted) or asked.get(change) or asked.get(first_open)
        invalid = [p.reason for p in reading.problems if question and p.parameter == question.key]
        error = invalid[0] if invalid else ""
        if not error and question and question.key == submitted:
            several = "Choose all that are true." if question.is_multiple else "Choose one answer."
            error = f"{question.label}: nothing was chosen. {several}"
        problems = tuple(
            Problem(name, value, "This question is not asked, so there is nothing to show.")
            for name, value in (("change", change), ("submitted", submitted))
            if value and value not in asked
        )
        return cls(reading, question, error, (*reading.problems, *problems))

    @property
    def number(self) -> int:
        """Place of the question among those asked, counted from 1."""
        return 1 + self.reading.asked.index(self._question)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The answers to fill in again."""
        return self.reading.given.get(self._question.key, ())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The other answers, which the form carries along."""
        return [pair for pair in self.reading.sheet.pairs if pair[0] != self._question.key]

    @property
    def canonical(self) -> str:
        """The address of this very page."""
        is_first_open = self.question and self.question.key in self.reading.missing[:1]
        change = None if is_first_open or not self.question else self.question.key
        return wizard_url(self.reading.sheet.pairs, change=change)

    @property
    def back(self) -> str | None:
        """Where Back leads: to the answers if they are complete, else to the question before."""
        if not self.reading.missing:
            return wizard_url(self.reading.sheet.pairs)
        for before, after in pairwise(self.reading.asked):
            if after == self._question:
                return wizard_url(self.reading.sheet.pairs, change=before.key)
        return None

    @property
    def check(self) -> Iterator[tuple[Question, str, str]]:
        """For each answered question: what was answered, and where to change it."""
        for question in self.reading.asked:
            values = self.reading.sheet.answers[question.key]
            answer = "; ".join(question.by_key[value].label for value in values)
            yield question, answer, wizard_url(self.reading.sheet.pairs, change=question.key)

    @property
    def result(self) -> str:
        """The address of the verdict."""
        return result_url(self.reading.sheet.pairs)

    @property
    def _question(self) -> Question:
        if self.question is None:
            raise LookupError("This page asks no question.")
        return self.question


@dataclass(frozen=True)
class Shelf:
    """The entries of one standing."""

    standing: Standing
    rows: list[tuple[Certification, ExplainedStanding]]


@dataclass(frozen=True)
class Letter:
    """The verdict with the entries and links that its page shows."""

    rulebook: Rulebook
    reading: Reading
    verdict: Verdict
    changes: tuple[Change, ...]
    certifications: Mapping[str, Certification]

    SHELVES = (
        Standing.WORTH_IT,
        Standing.REQUIRED,
        Standing.NOT_YET,
        Standing.RULED_OUT,
        Standing.CLOSED,
        Standing.NO_REASON,
        Standing.NOT_RATED,
    )

    @property
    def canonical(self) -> str:
        """The one address of this verdict."""
        return result_url(self.reading.sheet.pairs)

    @property
    def recommended(self) -> tuple[Certification, ExplainedStanding] | None:
        """The one recommendation, if there is one."""
        return self._row(self.verdict.recommended) if self.verdict.recommended else None

    @property
    def required(self) -> tuple[Certification, ExplainedStanding] | None:
        """The entry that the learner named but that can't be recommended, if there is one."""
        named = self.reading.sheet.named
        if named is None or named not in self.certifications:
            return None
        if named == self.verdict.recommended:
            return None
        return self._row(named)

    @property
    def nearest(self) -> list[tuple[Certification, ExplainedStanding]]:
        """What came closest, the nearest first."""
        return [self._row(slug) for slug in self.verdict.nearest]

    @property
    def shelves(self) -> list[Shelf]:
        """All other entries by standing."""
        shown = (self.verdict.recommended, self.reading.sheet.named)
        rest = [s for s in self.verdict.standings if s.slug not in shown]
        shelves = [
            Shelf(standing, [self._row(each.slug) for each in rest if each.standing is standing])
            for standing in self.SHELVES
        ]
        return [shelf for shelf in shelves if shelf.rows]

    @property
    def changes_to_one(self) -> list[Change]:
        """Those within the learner's power that lead to a recommendation."""
        return [each for each in self.changes if each.is_in_reach and each.recommended]

    @property
    def changes_in_reach(self) -> list[Change]:
        """The others within the learner's power."""
        return [each for each in self.changes if each.is_in_reach and not each.recommended]

    @property
    def changes_out_of_reach(self) -> list[Change]:
        """Those that are not."""
        return [change for change in self.changes if not change.is_in_reach]

    @property
    def list(self) -> str | None:
        """The catalogue with the entries left open, if there are any."""
        return list_url(self.verdict.left_open)

    @property
    def edit(self) -> str:
        """Where to change the answers."""
        return wizard_url(self.reading.sheet.pairs)

    def _row(self, slug: str) -> tuple[Certification, ExplainedStanding]:
        standing = next(each for each in self.verdict.standings if each.slug == slug)
        return self.certifications[slug], standing
