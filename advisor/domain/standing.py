"""The standing of one certification for one learner, with everything that made it so."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet, SpendingLimit
from advisor.domain.questions import Answer
from advisor.domain.rulebook import Certification, Effect, Fact, Rulebook, Statement
from catalog.fact_words import closing_sentence, dollars, months_words
from catalog.lifecycle import Status


class Standing(StrEnum):
    """The verdict on one certification; the first that holds."""

    CLOSED = "closed"
    REQUIRED = "required"
    NOT_RATED = "not-rated"
    RULED_OUT = "ruled-out"
    NOT_YET = "not-yet"
    WORTH_IT = "worth-it"
    NO_REASON = "no-reason"


class FactArgument(NamedTuple):
    """A fact that speaks against a certification, or that calls for caution."""

    text: str
    fact: Fact
    because: tuple[Answer, ...] = ()


class Assessment(NamedTuple):
    """What was found of one certification.

    `traits` are the learner's among those that it looks at.
    """

    certification: Certification
    status: Status
    standing: Standing
    traits: frozenset[str]
    arguments_for: tuple[Statement, ...]
    arguments_against: tuple[Statement, ...]
    unmet: tuple[Statement, ...]
    obstacles: tuple[FactArgument, ...]
    cautions: tuple[FactArgument, ...]


Limits = tuple[SpendingLimit | None, SpendingLimit | None]
Assess = Callable[[str, bool, frozenset[str], Limits], Assessment]


def assess(
    rulebook: Rulebook, certification: Certification, sheet: Sheet, *, today: date
) -> Assessment:
    """Find the standing of a certification on a day.

    Reasons and standing come from the same findings.
    """
    is_named = sheet.named == certification.slug
    traits = certification.traits & sheet.traits
    return _assessing(rulebook, today)(certification.slug, is_named, traits, sheet.limits)


@lru_cache(maxsize=4)
def _assessing(rulebook: Rulebook, today: date) -> Assess:
    """What assesses certifications; those learners whom a certification sees alike, once."""
    naming = frozenset({rulebook.naming.named_trait or ""} if rulebook.naming else ())

    @lru_cache(maxsize=50_000)
    def assess(slug: str, is_named: bool, traits: frozenset[str], limits: Limits) -> Assessment:  # noqa: FBT001 - lru_cache is quickest by position
        traits |= naming if is_named else frozenset()
        return _assessed(rulebook.by_slug[slug], traits, limits, today, is_named=is_named)

    return assess


def _assessed(
    certification: Certification,
    traits: frozenset[str],
    limits: Limits,
    today: date,
    *,
    is_named: bool,
) -> Assessment:
    status = certification.status_on(today)
    arguments_for, arguments_against, unmet = [], [], []
    for statement in certification.statements:
        is_met = statement.condition.is_met(traits)
        if statement.effect is Effect.PREREQUISITE:
            if not is_met:
                unmet.append(statement)
        elif is_met and statement.effect is not Effect.AGAINST:
            arguments_for.append(statement)
        elif is_met or statement.effect is Effect.EITHER:
            arguments_against.append(statement)
    obstacles = _obstacles(certification, traits, limits, status, today)
    holds = {
        Standing.CLOSED: status is Status.CLOSED,
        Standing.REQUIRED: is_named,
        Standing.NOT_RATED: certification.tier is None,
        Standing.RULED_OUT: arguments_against or obstacles,
        Standing.NOT_YET: arguments_for and unmet,
        Standing.WORTH_IT: arguments_for,
        Standing.NO_REASON: True,
    }
    return Assessment(
        certification=certification,
        status=status,
        standing=next(each for each, is_so in holds.items() if is_so),
        traits=traits,
        arguments_for=tuple(arguments_for),
        arguments_against=tuple(arguments_against),
        unmet=tuple(unmet),
        obstacles=obstacles,
        cautions=_cautions(certification, traits, status, today),
    )


def _obstacles(
    certification: Certification,
    traits: frozenset[str],
    limits: Limits,
    status: Status,
    today: date,
) -> tuple[FactArgument, ...]:
    found = []
    if status is Status.CLOSED:
        found.append(FactArgument(closing_sentence(certification, today), certification.lifecycle))
    in_dollars, in_months = limits
    cost = certification.cost_usd(traits)
    if in_dollars and cost is not None and cost > in_dollars.most:
        found.append(
            FactArgument(
                f"It costs {dollars(cost)} in all, and you can spend {dollars(in_dollars.most)}.",
                certification.price,
                (in_dollars.because,),
            )
        )
    months = certification.months_min
    if in_months and months is not None and months > in_months.most:
        needed, given = months_words(months), months_words(in_months.most)
        found.append(
            FactArgument(
                f"It takes at least {needed}, and you have {given}.",
                certification.study_time,
                (in_months.because,),
            )
        )
    return tuple(found)


def _cautions(
    certification: Certification, traits: frozenset[str], status: Status, today: date
) -> tuple[FactArgument, ...]:
    if not certification.has_facts or status is Status.CLOSED:
        return ()
    found = []
    if status is Status.UNKNOWN:
        found.append(
            FactArgument(
                "Whether it is still open is not known: ask the provider.", certification.lifecycle
            )
        )
    if status is Status.CLOSING:
        found.append(FactArgument(closing_sentence(certification, today), certification.lifecycle))
    if certification.cost_usd(traits) is None:
        found.append(
            FactArgument(
                "What it costs in all is not known: ask before you decide.", certification.price
            )
        )
    if certification.months_min is None:
        found.append(FactArgument("How long it takes is not known.", certification.study_time))
    return tuple(found)
