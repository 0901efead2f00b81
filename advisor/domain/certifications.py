"""Certifications as the decision sees them, with the sentences and facts that speak on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from catalog.conditions import Condition, parse
from catalog.lifecycle import Status, status_on

ALWAYS = parse("")


class Effect(StrEnum):
    """The effect of a statement whose condition holds."""

    FOR = "for"
    AGAINST = "against"
    EITHER = "either"
    PREREQUISITE = "prerequisite"
    CAUTION = "caution"


class Rated(StrEnum):
    """The way in which the guide rates a certification: by name, by its kind, or not."""

    BY_NAME = "by-name"
    BY_KIND = "by-kind"
    NO = "no"


class Statement(NamedTuple):
    """A sentence of the guide that argues; `url` is its anchor.

    A `source` makes it a fact: what an exam is known to expect. `place` is the heading under which
    the guide has it, where that is another entry or chapter; `beside` the sentence on the entry
    that it pulls apart from.
    """

    text: str
    url: str
    effect: Effect
    condition: Condition
    source: str | None = None
    place: str = ""
    beside: str = ""


class Fact(NamedTuple):
    """The address where a fact is shown, and the source by whose word it stands."""

    url: str
    source: str


class Correction(NamedTuple):
    """A note beside a statement that the judgement of a certification rests on."""

    text: str
    fact: Fact


class Citation(NamedTuple):
    """A sentence of the guide shown with a verdict when its condition is met.

    `place` is the heading under which the guide has it. Advice that `possible_when` rules out for
    a learner is left out.
    """

    text: str
    url: str
    condition: Condition
    place: str = ""
    possible_when: Condition = ALWAYS


@dataclass(frozen=True)
class Certification:
    """One certification as the decision sees it; `tier` None means not rated by the guide.

    `total_usd` is over the shortest study time, `most_usd` over the longest; None is unknown, as
    are months and dates. A category has no facts of its own. What is rated by kind has the tier and
    the statements of its category; `validity` says in words how long it is valid, and `judgement`
    has the sentences that judge it whoever asks.
    """

    slug: str
    name: str
    kind: str
    tier: str | None
    tier_order: int
    platform: str
    has_facts: bool
    reported: str
    opens_on: date | None
    sales_end_on: date | None
    closes_on: date | None
    total_usd: Decimal | None
    free_with: str | None
    months_min: int | None
    lifecycle: Fact
    price: Fact
    study_time: Fact
    statements: tuple[Statement, ...]
    is_rated_by_kind: bool = False
    most_usd: Decimal | None = None
    months_max: int | None = None
    validity: str = ""
    corrections: tuple[Correction, ...] = ()
    judgement: tuple[Citation, ...] = ()

    @property
    def rated(self) -> Rated:
        """The way in which the guide rates the certification."""
        if self.tier is None:
            return Rated.NO
        return Rated.BY_KIND if self.is_rated_by_kind else Rated.BY_NAME

    @cached_property
    def traits(self) -> frozenset[str]:
        """Every trait that it makes a difference to."""
        own = frozenset({self.free_with} if self.free_with else ())
        return own.union(*(statement.condition.traits for statement in self.statements))

    def status_on(self, today: date) -> Status:
        """The lifecycle status on a day."""
        return status_on(
            today,
            reported=self.reported,
            opens_on=self.opens_on,
            sales_end_on=self.sales_end_on,
            closes_on=self.closes_on,
        )

    def cost_usd(self, traits: frozenset[str]) -> Decimal | None:
        """The cost for this learner in all, in US dollars; None if unknown."""
        return Decimal(0) if self.free_with in traits else self.total_usd
