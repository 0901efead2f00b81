"""The certification that a learner names in their own words, where a question asks for one."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from advisor.domain.answers import NOT_SURE
from advisor.domain.questions import Choice, Question
from advisor.domain.rulebook import Rulebook
from advisor.shared_links import Raw
from catalog.suggestions import slugs_meant_by


@dataclass(frozen=True, slots=True)
class NameField:
    """The field for a name: its text, the choices below it, and the mistake in it."""

    text: str
    choices: tuple[Choice, ...]
    problem: str = ""


def take_typed_name(rulebook: Rulebook, raw: Raw) -> Raw:
    """Return the parameters with the slug in the place of an exact name, alias or code.

    A choice from the page counts before what stands in the field above it.
    """
    question = rulebook.naming
    if question is None or question.key not in raw:
        return raw
    given = [value.strip() for value in raw[question.key] if value.strip()]
    known = [value for value in given if _is_answer(question, value)]
    if known or len(given) != 1:
        return {**raw, question.key: known or given}
    exact, _ = slugs_meant_by(given[0])
    named = [slug for slug in exact if slug in question.by_key]
    return {**raw, question.key: named if len(named) == 1 else given}


def name_field(
    question: Question, listed: Container[str], given: Sequence[str], chosen: Sequence[str]
) -> NameField:
    """Return the field of the question that asks for a certification.

    Below it are the choices that may be meant by what was typed, and those that are not `listed`.
    """
    unlisted = [choice for choice in question.choices if choice.key not in listed]
    typed = "".join([value for value in given if not _is_answer(question, value)][:1])
    if not typed:
        names = [question.by_key[key].label for key in chosen if key in listed]
        return NameField("".join(names), tuple(unlisted))
    exact, near = slugs_meant_by(typed)
    meant = [slug for slug in dict.fromkeys([*exact, *near]) if slug in question.by_key]
    problem = f"“{typed}” may be one of these: choose the one that is meant."
    if not meant:
        problem = f"We know none called “{typed}”: write it otherwise, or say it is not listed."
    return NameField(typed, (*(question.by_key[slug] for slug in meant), *unlisted), problem)


def _is_answer(question: Question, value: str) -> bool:
    return value in question.by_key or value == NOT_SURE
