"""The standing of one certification, with everything that made it so.

It is written once, over truths: booleans for one learner, and sets of sheets for the proof.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Generic, NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.cautions import cautions_on
from advisor.domain.certifications import Certification, Effect, Rated, Statement
from advisor.domain.learners import Learners, OneLearner, Truth, first_that_holds
from advisor.domain.obstacles import Obstacle, obstacle_reasons, obstacles_to
from advisor.domain.reasons import Reason
from advisor.domain.rulebook import Rulebook
from catalog.lifecycle import Status


class Standing(StrEnum):
    """The verdict on one certification; the first that holds, of what the guide rates."""

    CLOSED = "closed"
    RULED_OUT = "ruled-out"
    NOT_YET = "not-yet"
    HELD = "held"
    REQUIRED = "required"
    WORTH_IT = "worth-it"
    NO_REASON = "no-reason"
    NOT_RATED = "not-rated"


class Arguments(NamedTuple, Generic[Truth]):
    """Everything that bears on the standing of a certification, each with whom it applies to."""

    arguments_for: list[tuple[Statement, Truth]]
    arguments_against: list[tuple[Statement, Truth]]
    unmet: list[tuple[Statement, Truth]]
    cautions: list[tuple[Statement, Truth]]
    obstacles: list[tuple[Obstacle, Truth]]


def arguments_on(certification: Certification, learners: Learners[Truth]) -> Arguments[Truth]:
    """Hold every statement and fact on a certification against the learners."""
    found: Arguments[Truth] = Arguments([], [], [], [], [])
    for statement in certification.statements:
        met = learners.meet(statement.condition, certification)
        effect = statement.effect
        if effect is Effect.PREREQUISITE:
            found.unmet.append((statement, learners.without(learners.everybody, met)))
        elif effect is Effect.AGAINST:
            found.arguments_against.append((statement, met))
        elif effect is Effect.CAUTION:
            found.cautions.append((statement, met))
        else:
            found.arguments_for.append((statement, met))
            if effect is Effect.EITHER:
                unless = learners.without(learners.everybody, met)
                found.arguments_against.append((statement, unless))
    found.obstacles.extend(obstacles_to(certification, learners))
    return found


def standings_of(
    certification: Certification,
    learners: Learners[Truth],
    found: Arguments[Truth],
    *,
    among: Truth,
    today: date,
) -> Iterator[tuple[Standing, Truth]]:
    """Each standing of a certification on a day, with those of the learners who are told it."""
    is_closed = certification.status_on(today) is Status.CLOSED
    closed = learners.everybody if is_closed else learners.nobody
    required, held = learners.require(certification.slug), learners.hold(certification.slug)
    if certification.rated is Rated.NO:
        claims = [
            (Standing.CLOSED, closed),
            (Standing.HELD, held),
            (Standing.REQUIRED, required),
            (Standing.NOT_RATED, learners.everybody),
        ]
    else:
        argued = learners.any_of(claim for _, claim in found.arguments_for)
        opposed = learners.any_of(
            claim for _, claim in (*found.arguments_against, *found.obstacles)
        )
        unready = learners.both(argued, learners.any_of(claim for _, claim in found.unmet))
        claims = [
            (Standing.CLOSED, closed),
            (Standing.RULED_OUT, learners.without(opposed, required)),
            (Standing.NOT_YET, learners.without(unready, required)),
            (Standing.HELD, held),
            (Standing.REQUIRED, required),
            (Standing.WORTH_IT, argued),
            (Standing.NO_REASON, learners.everybody),
        ]
    return first_that_holds(learners, claims, among)


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
        obstacles=tuple(
            obstacle_reasons(certification, found.obstacles, learner.limits, status, today)
        ),
        cautions=tuple(cautions_on(certification, learner, status, today)),
        is_held=learner.hold(certification.slug),
    )


def _holding(claims: Iterable[tuple[Statement, bool]]) -> tuple[Statement, ...]:
    return tuple(statement for statement, holds in claims if holds)
