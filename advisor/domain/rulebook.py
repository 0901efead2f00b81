"""The rulebook: certifications, rules, citations and the questions, as immutable values.

A rule or rulebook that was loaded is never changed, so there identity is equality.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from advisor.domain.questions import Names, Question
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


# Said after the headline that recommends such a certification.
UNRATED = {
    Rated.BY_NAME: "",
    Rated.BY_KIND: " The guide rates only its kind.",
    Rated.NO: " The guide does not rate it.",
}


class Recommends(StrEnum):
    """Which certifications an outcome may recommend."""

    NOTHING = "nothing"
    NAMED = "named"
    WORTH_IT = "worth-it"


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
    """Where a fact is shown and by whose word it stands."""

    url: str
    source: str


class Correction(NamedTuple):
    """A note beside a statement that the judgement of a certification rests on."""

    text: str
    fact: Fact


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
    judgement: tuple["Citation", ...] = ()

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """An overall verdict and what may be recommended with it; no kind or tiers means any."""

    slug: str
    headline: str
    headline_without: str
    standfirst: str
    recommends: Recommends
    kind: str
    tiers: frozenset[str]
    needs_platform: bool
    if_none: str | None
    trait: str | None

    def admits(self, certification: Certification) -> bool:
        """True if a certification is one that it recommends, whoever asks.

        One that is required may be any; of our own accord it is one that the guide rates by name.
        """
        if self.recommends is Recommends.NAMED:
            return True
        return (
            certification.rated is Rated.BY_NAME
            and self.kind in {"", certification.kind}
            and (not self.tiers or certification.tier in self.tiers)
        )

    def verdict(self, recommended: str | None) -> str:
        """The verdict in one sentence, with the name of what is recommended, if anything is."""
        if recommended is None:
            return self.headline_without or self.headline
        return f"{self.headline.rstrip('.')}: {recommended}."


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One row of the ordered list that decides the outcome; the first match wins."""

    order: int
    name: str
    outcome: Outcome
    condition: Condition
    citations: tuple[Citation, ...]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything that a verdict depends on besides the answers and the day.

    `on_held` has the sentences for who holds a certification, `criteria` those by which the guide
    judges any.
    """

    version: str
    questions: tuple[Question, ...]
    certifications: tuple[Certification, ...]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]
    warnings: tuple[Citation, ...]
    advice: tuple[Citation, ...]
    on_held: tuple[Citation, ...] = ()
    criteria: tuple[Citation, ...] = ()

    @cached_property
    def key(self) -> "RulebookKey":
        """The rulebook as the key of a cache."""
        return RulebookKey(sha256(repr(replace(self, version="")).encode()).digest(), self)

    @cached_property
    def rated(self) -> tuple[Certification, ...]:
        """The certifications that the guide rates, by name or by kind."""
        return tuple(
            certification
            for certification in self.certifications
            if certification.rated is not Rated.NO
        )

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by their keys."""
        return {question.key: question for question in self.questions}

    @cached_property
    def by_slug(self) -> Mapping[str, Certification]:
        """The certifications by their slugs."""
        return {certification.slug: certification for certification in self.certifications}

    def renamed(self, slugs: Mapping[str, str]) -> "Rulebook":
        """The same rulebook with other slugs for some certifications, in answers too."""
        if not slugs:
            return self
        certifications = tuple(
            replace(e, slug=slugs.get(e.slug, e.slug)) for e in self.certifications
        )
        questions = tuple(
            replace(
                question,
                choices=tuple(replace(c, key=slugs.get(c.key, c.key)) for c in question.choices),
            )
            if question.named_trait
            else question
            for question in self.questions
        )
        return replace(self, certifications=certifications, questions=questions)

    def sentence(self, outcome: str, recommended: str | None) -> str:
        """A verdict in one sentence, with the name of what is recommended, if anything is."""
        if recommended is None:
            return self.outcomes[outcome].verdict(None)
        certification = self.by_slug[recommended]
        return self.outcomes[outcome].verdict(certification.name) + UNRATED[certification.rated]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each question in their order."""
        return {question.key: place for place, question in enumerate(self.questions)}

    @cached_property
    def gating(self) -> frozenset[Question]:
        """The questions on whose answers it depends whether another is asked."""
        gates = frozenset[str]().union(*(question.asked_when.traits for question in self.questions))
        return frozenset(q for q in self.questions if not q.traits.isdisjoint(gates))

    @cached_property
    def gates(self) -> Mapping[str, frozenset[str]]:
        """The keys of the questions on whose answers it depends whether each question is asked.

        Those on which it depends whether these are asked count too.
        """
        found: dict[str, frozenset[str]] = {}
        for place, question in enumerate(self.questions):
            traits, before = question.asked_when.traits, self.questions[:place]
            gates = {q.key for q in before if not q.traits.isdisjoint(traits)}
            found[question.key] = frozenset(gates).union(*(found[gate] for gate in gates))
        return found

    @cached_property
    def freeing(self) -> frozenset[str]:
        """The traits that make some certification free for those who have them."""
        return frozenset(
            certification.free_with
            for certification in self.certifications
            if certification.free_with
        )

    @cached_property
    def naming(self) -> Question | None:
        """The question whose answer names the certification required, if there is one."""
        return self._naming(Names.REQUIRED)

    @cached_property
    def holding(self) -> Question | None:
        """The question whose answers name the certifications held, if there is one."""
        return self._naming(Names.HELD)

    def _naming(self, names: Names) -> Question | None:
        found = (q for q in self.questions if q.named_trait and q.names is names)
        return next(found, None)

    @cached_property
    def counting(self) -> tuple[Question, ...]:
        """The questions whose answers say how many certifications are held at most."""
        return tuple(q for q in self.questions if any(c.most_held is not None for c in q.choices))

    @cached_property
    def tying(self) -> tuple[Question, ...]:
        """The questions whose answers say which platforms somebody uses."""
        return tuple(q for q in self.questions if any(c.platform for c in q.choices))

    @cached_property
    def limiting(self) -> tuple[Question, ...]:
        """The questions whose answers limit what is spent."""
        return tuple(
            q
            for q in self.questions
            if any({c.limit_usd, c.limit_months} != {None} for c in q.choices)
        )

    @cached_property
    def questions_by_trait(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions that can make each trait true."""
        found: dict[str, tuple[Question, ...]] = {}
        for question in self.questions:
            for trait in question.traits | {question.named_trait or ""} - {""}:
                found[trait] = (*found.get(trait, ()), question)
        return found


@dataclass(frozen=True, slots=True)
class RulebookKey:
    """A rulebook as the key of a cache: equal for any that says the same, whatever its version."""

    digest: bytes
    rulebook: Rulebook = field(compare=False, repr=False)
