"""The standing of one certification for one learner, with everything that made it so."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.cautions import cautions_on
from advisor.domain.certifications import Certification, Statement
from advisor.domain.learners import Limits, OneLearner
from advisor.domain.reasons import Reason, reported
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


class StandingAssessment(NamedTuple):
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
    obstacles: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    is_held: bool


Assess = Callable[[str, OneLearner], StandingAssessment]


def assess(certification: Certification, sheet: Sheet, *, today: date) -> StandingAssessment:
    """The standing of a certification on a day, from the same findings as its reasons."""
    slug, traits = certification.slug, certification.traits & sheet.traits
    required = slug if sheet.named == slug else ""
    held = frozenset({slug}) if slug in sheet.held else frozenset[str]()
    learner = OneLearner(traits, sheet.limits, required, held)
    return _assessing(sheet.rulebook, today)(slug, learner)


@lru_cache(maxsize=2)  # the rulebook as it is, and with representatives
def _assessing(rulebook: Rulebook, today: date) -> Assess:
    """The function that assesses certifications; learners whom one sees alike, once."""

    @lru_cache(maxsize=50_000)
    def assess(slug: str, learner: OneLearner) -> StandingAssessment:
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


def _assessed(certification: Certification, learner: OneLearner, today: date) -> StandingAssessment:
    found = arguments_on(certification, learner)
    standings = standings_of(certification, learner, found, among=True, today=today)
    status = certification.status_on(today)
    return StandingAssessment(
        certification=certification,
        status=status,
        standing=next(standing for standing, is_so in standings if is_so),
        traits=learner.traits,
        arguments_for=_holding(found.arguments_for),
        arguments_against=_holding(found.arguments_against),
        unmet=_holding(found.unmet),
        limits_met=_holding(found.cautions),
        obstacles=tuple(_obstacles(certification, found, learner.limits, status, today)),
        cautions=tuple(cautions_on(certification, learner, status, today)),
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
) -> Iterator[Reason]:
    """The facts that stand against a certification, in words."""
    if status is Status.CLOSED:
        yield reported(closing_sentence(certification, today), certification.lifecycle)
    in_dollars, in_months = limits
    for obstacle, holds in found.obstacles:
        if not holds:
            continue
        if obstacle is Obstacle.TIME and in_months and certification.months_min:
            words = (
                f"It takes at least {months_words(certification.months_min)}, "
                f"and you have {months_words(in_months.most)}."
            )
            yield reported(words, certification.study_time, (in_months.because,))
        elif in_dollars and certification.total_usd is not None:
            words = (
                f"It costs {dollars(certification.total_usd)} in all, "
                f"and you can spend {dollars(in_dollars.most)}."
            )
            yield reported(words, certification.price, (in_dollars.because,))
        elif in_dollars:
            words = "It is not known to be free, and you can spend nothing."
            yield reported(words, certification.price, (in_dollars.because,))
