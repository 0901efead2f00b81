"""Reasons: the sentences that speak, each with the answers that made it apply."""

from collections.abc import Iterable
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.certifications import Citation, Fact, Statement
from advisor.domain.questions import Answer
from catalog.conditions import Condition


def learners_words(answers: Iterable[Answer]) -> str:
    """The learner's answers in words that complete “You said …”."""
    return "; ".join(answer.said for answer in answers)


class Reason(NamedTuple):
    """A sentence of the guide, or a fact with its source, and the answers that made it apply."""

    text: str
    url: str
    because: tuple[Answer, ...]
    source: str | None = None
    place: str = ""
    beside: str = ""

    @property
    def said(self) -> str:
        """The answers in the learner's words, e.g. “you use AWS, or plan to; you want a job”."""
        return learners_words(self.because)


def reason_of(sheet: Sheet, said: Statement | Citation, traits: frozenset[str]) -> Reason:
    """The reason that a sentence gives, with the answers that made its condition hold."""
    return quoted(said, answers_behind(sheet, said.condition, traits))


def quoted(said: Statement | Citation, because: tuple[Answer, ...] = ()) -> Reason:
    """The reason that a sentence gives, because of these answers."""
    if isinstance(said, Citation):
        return Reason(said.text, said.url, because, place=said.place)
    return Reason(said.text, said.url, because, said.source, said.place, said.beside)


def reported(text: str, fact: Fact, because: tuple[Answer, ...] = ()) -> Reason:
    """The reason that a fact gives, by the word of its source."""
    return Reason(text, fact.url, because, source=fact.source)


def answers_behind(
    sheet: Sheet, condition: Condition, traits: frozenset[str]
) -> tuple[Answer, ...]:
    """The answers that make the condition met or not met, in the order of the questions.

    A trait is there because of the answers that grant it, and absent because of whatever was
    answered instead; where the question was not asked, because of what kept it from being asked.
    """
    behind = set(_behind(sheet, condition, traits, len(sheet.rulebook.questions)))
    return tuple(answer for answer in sheet.given if answer in behind) if behind else ()


def _behind(
    sheet: Sheet, condition: Condition, traits: frozenset[str], end: int
) -> Iterable[Answer]:
    """The answers to the questions before a place that make the condition met or not met."""
    rulebook = sheet.rulebook
    for trait in condition.grounds(traits):
        for question in rulebook.questions_by_trait.get(trait, ()):
            place, values = rulebook.places[question.key], sheet.answers.get(question.key)
            if place >= end:
                continue
            if values is None:
                # Only what was asked before can have kept it from being asked.
                yield from _behind(sheet, question.asked_when, sheet.traits, place)
            for value in values or ():
                grants = trait in question.by_key[value].traits or trait == question.named_trait
                if grants or trait not in traits:
                    yield question.answers[value]
