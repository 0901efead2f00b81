"""The page of the answer about one or several certifications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import get_text_list

from advisor.counterfactual_text import ChangeLine, condition_of
from advisor.diagram_cache import about_questions, prospects_of
from advisor.domain.about_certification import (
    AboutAnswer,
    AboutQuestions,
    AnswerKind,
    next_question,
)
from advisor.domain.about_certification_explained import (
    AnswerChange,
    ExplainedAnswer,
    changes_about,
    explain,
)
from advisor.domain.answers import ABOUT, Reading, leave_rest_open
from advisor.domain.questions import Question
from advisor.domain.rulebook import Rulebook
from advisor.result import Result, find_result
from advisor.shared_links import Since, Stamp, since_shared, stamped_url
from advisor.url_builder import pairs_of, result_url, wizard_url
from catalog.models import Certification
from catalog.row_cache import certifications_by_slug

HEADLINES = {
    AnswerKind.GET_IT: "Yes: {name} is the one for you.",
    AnswerKind.CLOSED: "No: {name} can’t be had.",
    AnswerKind.HELD: "You hold {name} already.",
    AnswerKind.RULED_OUT: "No: {name} is not worth it for you.",
    AnswerKind.NOT_YET: "Not yet: {name} asks for something first.",
    AnswerKind.NO_REASON: "No: the guide gives you no reason to get {name}.",
    AnswerKind.NOT_RATED: "We can’t say: the guide does not judge {name}.",
    AnswerKind.ANOTHER: "Not first: {name} would fit you, but {another} comes before it.",
    AnswerKind.NOT_NOW: "Not now: {name} would fit you, but your answers recommend none.",
}


def headline(rulebook: Rulebook, slug: str, answer: AboutAnswer) -> str:
    """The answer about a certification in one sentence."""
    another = rulebook.by_slug[answer.another].name if answer.another else ""
    name = rulebook.by_slug[slug].name
    return HEADLINES[answer.kind].format(name=name, another=another)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One certification with the answer about it, and the one that comes before it, if any."""

    certification: Certification
    headline: str
    found: ExplainedAnswer
    another: Certification | None


@dataclass(frozen=True)
class AskedCertifications:
    """The certifications asked about, with what the answers given settle of them."""

    reading: Reading
    today: date
    questions: tuple[AboutQuestions, ...]

    @classmethod
    def of(cls, reading: Reading, *, today: date) -> "AskedCertifications":
        """Look up the questions about each certification that the address names."""
        asked = [about_questions(reading.rulebook, slug, today=today) for slug in reading.about]
        return cls(reading, today, tuple(asked))

    @property
    def title(self) -> str:
        """The question that a learner came with, in words."""
        names = [self.reading.rulebook.by_slug[about.slug].name for about in self.questions]
        if len(names) == 1:
            return f"Is {names[0]} worth it for you?"
        return f"{get_text_list(names, 'or')}: which is worth it for you?"

    def most_questions(self, number: int) -> int:
        """The most questions that are asked, those before the question with this number included.

        Of several certifications, it is what is left to ask of any of them.
        """
        if len(self.questions) > 1:
            return max(number, len(self.path) + len(self.missing))
        (about,) = self.questions
        given = self.reading.sheet.answers
        before = {key: given[key] for key in self.path[: number - 1] if key in given}
        return number - 1 + about.most_after(about.node(before))

    @cached_property
    def next_question(self) -> str | None:
        """The key of the question to ask next; None if none is left that was not left open."""
        places = [(about, about.node(self.reading.sheet.answers)) for about in self.questions]
        return next_question(self.reading.rulebook, places, but=self.reading.left_open)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The keys of the questions that can still change an answer, the next one first."""
        left = set[str]()
        for about in self.questions:
            left |= about.open_questions(about.node(self.reading.sheet.answers))
        first = (self.next_question,) if self.next_question else ()
        rest = (key for key in self.reading.rulebook.by_key if key in left.difference(first))
        return (*first, *rest)

    @property
    def is_settled(self) -> bool:
        """True if nothing can change any of the answers any more."""
        return not self.missing

    @property
    def depends_on(self) -> list[tuple[Question, str]]:
        """The questions that can still change an answer, each with the address to answer it."""
        pairs, by_key = self.reading.pairs, self.reading.rulebook.by_key
        return [(by_key[key], wizard_url(pairs, change=key)) for key in self.missing]

    @cached_property
    def path(self) -> list[str]:
        """The keys of the questions answered or left open, as they were asked."""
        known, given = dict[str, tuple[str, ...]](), self.reading.sheet.answers
        passed: list[str] = []
        while True:
            places = [(about, about.node(known)) for about in self.questions]
            key = next_question(self.reading.rulebook, places, but=passed)
            if key is None or (key not in given and key not in self.reading.left_open):
                return passed
            passed.append(key)
            if key in given:
                known[key] = given[key]


@dataclass(frozen=True)
class AboutPage:
    """The answers about the certifications that were asked about, for one learner."""

    about: AskedCertifications
    answers: Sequence[ExplainedAnswer]
    certifications: Mapping[str, Certification]
    since: Since | None

    @classmethod
    def of(cls, about: AskedCertifications, stamp: Stamp | None) -> "AboutPage":
        """Explain every answer; raises LookupError if one is not settled."""
        answers = []
        for questions in about.questions:
            answer = explain(questions, about.reading.sheet, today=about.today)
            if answer is None:
                raise LookupError(f"The answer about {questions.slug} is not settled.")
            answers.append(answer)
        wanted = [answer.slug for answer in answers]
        wanted += [answer.answer.another for answer in answers if answer.answer.another]
        rows = certifications_by_slug(about.reading.rulebook.version, wanted)
        since = None
        if stamp and isinstance(stamp.was, AboutAnswer) and len(answers) == 1:
            was = headline(about.reading.rulebook, answers[0].slug, stamp.was)
            since = since_shared(stamp, answers[0].answer, was, wanted, today=about.today)
        return cls(about, answers, rows, since)

    @property
    def title(self) -> str:
        """The answer about one certification in a sentence; for several, the question."""
        if len(self.answers) == 1:
            return self.rows[0].headline
        return self.about.title

    @cached_property
    def rows(self) -> list[AnswerRow]:
        """Each certification with its answer, in the order in which they were asked about."""
        rows = []
        for found in self.answers:
            another = self.certifications[found.answer.another] if found.answer.another else None
            words = headline(self.about.reading.rulebook, found.slug, found.answer)
            rows.append(AnswerRow(self.certifications[found.slug], words, found, another))
        return rows

    @cached_property
    def answer_changes(self) -> tuple[AnswerChange, ...]:
        """The answers in the learner's power that alter the answer about one certification."""
        if len(self.about.questions) > 1:
            return ()
        (questions,) = self.about.questions
        return changes_about(questions, self.about.reading.sheet)

    def change_url(self, change: AnswerChange) -> str:
        """The address with one answer given otherwise: what follows, or what is asked then."""
        about = [(ABOUT, slug) for slug in self.about.reading.about]
        pairs = [*about, *pairs_of(change.answers)]
        return result_url(pairs) if change.answer else wizard_url(pairs)

    @property
    def changes(self) -> list[ChangeLine]:
        """The same changes in words."""
        lines = []
        for change in self.answer_changes:
            words = "It depends on more answers."
            if change.answer:
                words = headline(self.about.reading.rulebook, self.answers[0].slug, change.answer)
            condition = condition_of((change.move,), change.cost_usd)
            url = self.change_url(change)
            lines.append(ChangeLine(url=url, condition=condition, consequence=words, assumed=""))
        return lines

    @cached_property
    def settled(self) -> Result | None:
        """The whole verdict, if the answers given settle that too."""
        reading, today = self.about.reading, self.about.today
        if prospects_of(reading.rulebook, today=today).settled(reading.sheet.answers) is None:
            return None
        whole = leave_rest_open(reading) if reading.missing else reading
        found = find_result(whole, today=today)
        return found if isinstance(found, Result) else None

    @property
    def canonical(self) -> str:
        return result_url(self.about.reading.pairs)

    @property
    def share(self) -> str:
        """The address that remembers today and, of one certification, what was answered."""
        pairs = self.about.reading.pairs
        if len(self.answers) > 1:
            return result_url(pairs)
        return stamped_url(pairs, self.answers[0].answer, today=self.about.today)

    @property
    def given(self) -> list[tuple[Question, str, str]]:
        """Each question answered, the answer in words, and the address at which to change it."""
        reading = self.about.reading
        return [
            (question, words, wizard_url(reading.pairs, change=question.key))
            for question, words in reading.in_words
        ]

    @property
    def whole(self) -> str:
        """The address that goes on to the whole verdict, with the answers given."""
        return wizard_url(pairs_of(self.about.reading.sheet.answers))
