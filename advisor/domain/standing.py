"""The standing of a certification, written once for a learner (booleans) and the proof (sets)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, NamedTuple

from advisor.domain.certifications import Certification, Effect, Rated, Statement
from advisor.domain.learners import Learners, Truth, first_that_holds
from catalog.lifecycle import Status

LEAST_SUM = Decimal("0.01")  # who can't spend this can spend nothing


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


class Obstacle(StrEnum):
    """A fact that rules a certification out."""

    COST = "cost"
    NOT_KNOWN_TO_BE_FREE = "not-known-to-be-free"
    TIME = "time"


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
    found.obstacles.extend(_obstacles(certification, learners))
    return found


def _obstacles(
    certification: Certification, learners: Learners[Truth]
) -> Iterator[tuple[Obstacle, Truth]]:
    free_with, cost = certification.free_with, certification.total_usd
    free = learners.have(free_with) if free_with else learners.nobody
    if cost is not None:
        yield Obstacle.COST, learners.without(learners.spend_less_than(cost), free)
    elif certification.has_facts:
        spends_nothing = learners.spend_less_than(LEAST_SUM)
        yield Obstacle.NOT_KNOWN_TO_BE_FREE, learners.without(spends_nothing, free)
    if certification.months_min is not None:
        yield Obstacle.TIME, learners.study_less_than(certification.months_min)


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
