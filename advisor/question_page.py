"""A page of the wizard: a question with its surroundings, or all answers to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from advisor.about_certification_page import AskedCertifications
from advisor.diagram_cache import prospects_of
from advisor.domain.answers import ABOUT, NOT_SURE, Reading, leave_rest_open
from advisor.domain.questions import Question
from advisor.url_builder import result_url, wizard_url
from catalog.url_builder import build_url
from catalog.url_parameters import Problem


@dataclass(frozen=True, slots=True)
class EarlyVerdict:
    """A verdict that no open question can change any more."""

    headline: str
    url: str

    @classmethod
    def of(cls, reading: Reading, *, today: date) -> EarlyVerdict | None:
        """The verdict to offer, if it is settled while questions are still to be asked."""
        if not reading.missing or reading.problems:
            return None
        rulebook = reading.rulebook
        decided = prospects_of(rulebook, today=today).settled(reading.sheet.answers)
        if decided is None:
            return None
        return cls(rulebook.sentence(*decided), result_url(leave_rest_open(reading).pairs))


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words, empty if it was left open; where to change it."""

    question: Question
    words: str
    change: str
    is_filled: bool


@dataclass(frozen=True)
class QuestionPage:
    """One page of the wizard: a question, or none when there are only answers to check.

    `filled` has the questions that somebody else has answered for the learner.
    """

    reading: Reading
    question: Question | None
    error: str
    problems: tuple[Problem, ...]
    filled: tuple[str, ...]
    early: EarlyVerdict | None
    about: AskedCertifications | None = None

    @classmethod
    def of(
        cls,
        reading: Reading,
        *,
        change: str,
        submitted: str,
        filled: Sequence[str],
        early: EarlyVerdict | None,
        about: AskedCertifications | None = None,
    ) -> QuestionPage:
        """Choose the question submitted without an answer, the one to change, or the open one."""
        asked = {question.key: question for question in reading.asked}
        first_open = _first_open(reading, about)
        question = asked.get(submitted) or asked.get(change) or asked.get(first_open)
        invalid = [p.reason for p in reading.problems if question and p.parameter == question.key]
        error = invalid[0] if invalid else ""
        if not error and question and question.key == submitted:
            several = "Choose all that are true." if question.is_multiple else "Choose one answer."
            error = f"{question.label}: nothing was chosen. {several}"
        problems = (
            *(problem for problem in reading.problems if problem.parameter != submitted),
            *_without_a_page(reading, change=change, submitted=submitted),
            *_without_an_answer(reading, filled),
        )
        return cls(
            reading,
            question,
            error,
            problems,
            filled=tuple(question.key for question in reading.replied if question.key in filled),
            early=early if question and question.key in reading.missing and not error else None,
            about=about,
        )

    @property
    def number(self) -> int:
        """Place of the question among those asked, counted from 1."""
        path, key = self._path, self._question.key
        return 1 + (path.index(key) if key in path else len(path))

    @property
    def most(self) -> int:
        """The number of questions that are asked, or about a certification, at most."""
        return self.about.most_questions(self.number) if self.about else len(self.reading.asked)

    @property
    def is_newer(self) -> bool:
        """True if later questions were answered already, as in a link from before this one."""
        if self.about:
            return not self.reading.sheet.answers.keys() <= {*self.about.path, *self.filled}
        is_open = self._question.key in self.reading.missing and not self.filled
        later = self._path[self.number :]
        return is_open and any(key in self.reading.sheet.answers for key in later)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The answers to fill in again."""
        return self.reading.given.get(self._question.key, ())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Everything else that the address says, which the form carries along."""
        return [pair for pair in self.reading.pairs if pair[0] != self._question.key]

    @property
    def still_filled(self) -> list[str]:
        """The keys still filled in by somebody else once this question is answered."""
        return [key for key in self.filled if self.question is None or key != self.question.key]

    @property
    def is_left_open(self) -> bool:
        return self._question.key in self.reading.left_open

    @property
    def leave_open(self) -> str:
        """The address with this question left open."""
        places = [ABOUT, *(question.key for question in self.reading.asked)]
        pairs = [*self.kept, (self._question.key, NOT_SURE)]
        pairs.sort(key=lambda pair: places.index(pair[0]))
        return wizard_url(pairs, filled=self.still_filled)

    @property
    def canonical(self) -> str:
        key = self.question.key if self.question else ""
        return self._at("" if key == _first_open(self.reading, self.about) else key)

    @property
    def back(self) -> str | None:
        """The address to go back to: the answers if they are complete, else the question before."""
        if not (self.about or self.reading.missing):
            return self._at("")
        before = self._path[: self.number - 1]
        return self._at(before[-1]) if before else None

    @property
    def origin(self) -> str:
        """The page that leads to the first question: of what it is about, else the first page."""
        slugs = self.reading.about
        if len(slugs) > 1:
            return build_url("catalog:certification_compare", [("cert", slug) for slug in slugs])
        if slugs:
            return reverse("catalog:certification_detail", kwargs={"slug": slugs[0]})
        return reverse("catalog:home")

    @property
    def check(self) -> list[Answered]:
        """Every question that has an answer or was left open."""
        return [
            Answered(question, words, self._at(question.key), question.key in self.filled)
            for question, words in self.reading.in_words
        ]

    @property
    def filled_in(self) -> list[Answered]:
        """The questions that somebody else has answered, without the one of this page."""
        return [answered for answered in self.check if answered.question.key in self.still_filled]

    @property
    def share(self) -> str | None:
        """The wizard with these answers filled in and the rest still to be asked, if any is."""
        sheet = self.reading.sheet
        if not sheet.answers:
            return None
        about = [(ABOUT, slug) for slug in self.reading.about]
        return wizard_url([*about, *sheet.pairs], filled=sheet.answers)

    @property
    def is_whole(self) -> bool:
        """True if every question that is asked has an answer."""
        return not self.reading.missing and not self.reading.left_open

    @property
    def result(self) -> str:
        return result_url(self.reading.pairs)

    def _at(self, key: str) -> str:
        return wizard_url(self.reading.pairs, change=key, filled=self.filled)

    @property
    def _path(self) -> list[str]:
        """The keys of the questions in their order; about a certification, of those so far."""
        return self.about.path if self.about else [q.key for q in self.reading.asked]

    @property
    def _question(self) -> Question:
        if self.question is None:
            raise LookupError("This page asks no question.")
        return self.question


def _first_open(reading: Reading, about: AskedCertifications | None) -> str:
    """The key of the question to ask first of those that are open; empty if none is."""
    missing = (about.next_question,) if about else reading.missing
    return "".join(filter(None, missing[:1]))


def _without_a_page(reading: Reading, *, change: str, submitted: str) -> list[Problem]:
    """The problems of asking for the page of a question that is not asked."""
    asked = {question.key for question in reading.asked}
    return [
        Problem(name, key, "This question is not asked, so there is nothing to show.")
        for name, key in (("change", change), ("submitted", submitted))
        if key and key not in asked
    ]


def _without_an_answer(reading: Reading, filled: Sequence[str]) -> list[Problem]:
    """The problems of questions that somebody is said to have answered, and nobody has."""
    known = {question.key for question in (*reading.replied, *reading.dropped)}
    return [
        Problem("filled", key, "This address has no answer to such a question.")
        for key in dict.fromkeys(filled)
        if key not in known
    ]
