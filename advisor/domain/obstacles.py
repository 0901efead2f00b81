"""Obstacles: the facts that rule a certification out, by cost, time or that it has closed."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from advisor.domain.certifications import Certification
from advisor.domain.learners import Learners, Limits, Truth
from advisor.domain.reasons import Reason, reported
from catalog.fact_words import closing_sentence, dollars, months_words
from catalog.lifecycle import Status

LEAST_SUM = Decimal("0.01")  # who can't spend this can spend nothing


class Obstacle(StrEnum):
    """A fact that rules a certification out."""

    COST = "cost"
    NOT_KNOWN_TO_BE_FREE = "not-known-to-be-free"
    TIME = "time"


def obstacles_to(
    certification: Certification, learners: Learners[Truth]
) -> Iterator[tuple[Obstacle, Truth]]:
    """Each fact that can rule a certification out, with those of the learners whom it does."""
    free_with, cost = certification.free_with, certification.total_usd
    free = learners.have(free_with) if free_with else learners.nobody
    if cost is not None:
        yield Obstacle.COST, learners.without(learners.spend_less_than(cost), free)
    elif certification.has_facts:
        spends_nothing = learners.spend_less_than(LEAST_SUM)
        yield Obstacle.NOT_KNOWN_TO_BE_FREE, learners.without(spends_nothing, free)
    if certification.months_min is not None:
        yield Obstacle.TIME, learners.study_less_than(certification.months_min)


def obstacle_reasons(
    certification: Certification,
    obstacles: Iterable[tuple[Obstacle, bool]],
    limits: Limits,
    status: Status,
    today: date,
) -> Iterator[Reason]:
    """The facts that rule a certification out for a learner with these limits, in words."""
    if status is Status.CLOSED:
        yield reported(closing_sentence(certification, today), certification.lifecycle)
    in_dollars, in_months = limits
    for obstacle, holds in obstacles:
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
