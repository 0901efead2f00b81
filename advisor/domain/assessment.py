"""The standing of one certification for one learner, with everything that made it so."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.certifications import Certification, Fact, Rated, Statement
from advisor.domain.learners import Limits, OneLearner
from advisor.domain.questions import Answer
from advisor.domain.rulebook import Rulebook
from advisor.domain.standing import (
    Arguments,
    Obstacle,
    Standing,
    arguments_on,
    standings_of,
)
from catalog.fact_words import closing_sentence, dollars, months_words
from catalog.lifecycle import Status

NOT_RATED = "The guide does not rate it."
RATED_BY_KIND = "The guide does not name it: what it says here, it says of its kind."
ITS_WORD = "The guide"  # the source of what the guide rates


class FactArgument(NamedTuple):
    """A fact that speaks against a certification, or that calls for caution."""

    text: str
    fact: Fact
    because: tuple[Answer, ...] = ()


class Assessment(NamedTuple):
    """The findings on one certification.

    `traits` are the learner's among those that it looks at.
    """

    certification: Certification
    status: Status
    standing: Standing
    traits: frozenset[str]
    arguments_for: tuple[Statement, ...]
    arguments_against: tuple[Statement, ...]
    unmet: tuple[Statement, ...]
    limits_met: tuple[Statement, ...]
    obstacles: tuple[FactArgument, ...]
    cautions: tuple[FactArgument, ...]
    is_held: bool


Assess = Callable[[str, OneLearner], Assessment]


def assess(
    rulebook: Rulebook, certification: Certification, sheet: Sheet, *, today: date
) -> Assessment:
    """Find the standing of a certification on a day.

    Reasons and standing come from the same findings.
    """
    slug, traits = certification.slug, certification.traits & sheet.traits
    required = slug if sheet.named == slug else ""
    held = frozenset({slug}) if slug in sheet.held else frozenset[str]()
    learner = OneLearner(traits, sheet.limits, required, held)
    return _assessing(rulebook, today)(slug, learner)


@lru_cache(maxsize=4)
def _assessing(rulebook: Rulebook, today: date) -> Assess:
    """The function that assesses certifications; learners whom one sees alike, once."""

    @lru_cache(maxsize=50_000)
    def assess(slug: str, learner: OneLearner) -> Assessment:
        named = [
            question.named_trait
            for question, slugs in (
                (rulebook.naming, {learner.required}),
                (rulebook.holding, learner.held),
            )
            if question and question.named_trait and slug in slugs
        ]
        traits = learner.traits.union(named)
        known = OneLearner(traits, learner.limits, learner.required, learner.held)
        return _assessed(rulebook.by_slug[slug], known, today)

    return assess


def _assessed(certification: Certification, learner: OneLearner, today: date) -> Assessment:
    found = arguments_on(certification, learner)
    standings = standings_of(certification, learner, found, among=True, today=today)
    status = certification.status_on(today)
    return Assessment(
        certification=certification,
        status=status,
        standing=next(standing for standing, is_so in standings if is_so),
        traits=learner.traits,
        arguments_for=_holding(found.arguments_for),
        arguments_against=_holding(found.arguments_against),
        unmet=_holding(found.unmet),
        limits_met=_holding(found.cautions),
        obstacles=tuple(_obstacles(certification, found, learner.limits, status, today)),
        cautions=tuple(_cautions(certification, learner, status, today)),
        is_held=learner.hold(certification.slug),
    )


def _holding(claims: Iterable[tuple[Statement, bool]]) -> tuple[Statement, ...]:
    return tuple(statement for statement, holds in claims if holds)


def _obstacles(
    certification: Certification,
    found: Arguments[bool],
    limits: Limits,
    status: Status,
    today: date,
) -> Iterator[FactArgument]:
    """The facts that stand against a certification, in words."""
    if status is Status.CLOSED:
        words = closing_sentence(certification, today)
        yield FactArgument(words, certification.lifecycle)
    in_dollars, in_months = limits
    for obstacle, holds in found.obstacles:
        if not holds:
            continue
        if obstacle is Obstacle.TIME and in_months and certification.months_min:
            words = (
                f"It takes at least {months_words(certification.months_min)}, "
                f"and you have {months_words(in_months.most)}."
            )
            yield FactArgument(words, certification.study_time, (in_months.because,))
        elif in_dollars and certification.total_usd is not None:
            words = (
                f"It costs {dollars(certification.total_usd)} in all, "
                f"and you can spend {dollars(in_dollars.most)}."
            )
            yield FactArgument(words, certification.price, (in_dollars.because,))
        elif in_dollars:
            words = "It is not known to be free, and you can spend nothing."
            yield FactArgument(words, certification.price, (in_dollars.because,))


def _cautions(
    certification: Certification, learner: OneLearner, status: Status, today: date
) -> Iterator[FactArgument]:
    """Everything to know before getting it: what is unknown, may be too much, or has changed."""
    if certification.rated is not Rated.BY_NAME:
        words = NOT_RATED if certification.rated is Rated.NO else RATED_BY_KIND
        yield FactArgument(words, certification.lifecycle._replace(source=ITS_WORD))
    if certification.has_facts and status is not Status.CLOSED:
        yield from _unknown_facts(certification, learner.traits, status, today)
        yield from _spans_over_limit(certification, learner)
    for correction in certification.corrections:
        yield FactArgument(correction.text, correction.fact)


def _unknown_facts(
    certification: Certification, traits: frozenset[str], status: Status, today: date
) -> Iterator[FactArgument]:
    if status is Status.UNKNOWN:
        words = "Whether it is still open is not known: ask the provider."
        yield FactArgument(words, certification.lifecycle)
    if status is Status.CLOSING:
        words = closing_sentence(certification, today)
        yield FactArgument(words, certification.lifecycle)
    if certification.cost_usd(traits) is None:
        words = "What it costs in all is not known: ask before you decide."
        yield FactArgument(words, certification.price)
    if certification.months_min is None:
        yield FactArgument("How long it takes is not known.", certification.study_time)


def _spans_over_limit(certification: Certification, learner: OneLearner) -> Iterator[FactArgument]:
    """The spans that begin within a limit of the learner and end over it."""
    in_dollars, in_months = learner.limits
    least, most = certification.total_usd, certification.most_usd
    is_free = bool(certification.free_with) and certification.free_with in learner.traits
    if in_dollars and least is not None and most is not None and not is_free:
        sum_in_words = dollars(in_dollars.most)
        words = f"It can cost up to {dollars(most)} in all, and you can spend {sum_in_words}."
        if least <= in_dollars.most < most:
            yield FactArgument(words, certification.price, (in_dollars.because,))
    shortest, longest = certification.months_min, certification.months_max
    if in_months and shortest is not None and longest is not None:
        given = months_words(in_months.most)
        words = f"It can take up to {months_words(longest)}, and you have {given}."
        if shortest <= in_months.most < longest:
            yield FactArgument(words, certification.study_time, (in_months.because,))
