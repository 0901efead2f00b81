"""The rulebook: rules, and all that they decide with, as immutable values.

A rule or rulebook that was loaded is never changed, so there identity is equality.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from advisor.domain.certifications import Certification, Citation, Rated
from advisor.domain.outcomes import UNRATED, Outcome
from advisor.domain.questions import Names, Question
from catalog.conditions import Condition


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

        Those on which it depends whether these are asked count too, and how many certifications
        are held comes before which.
        """
        found: dict[str, frozenset[str]] = {}
        for place, question in enumerate(self.questions):
            traits, before = question.asked_when.traits, self.questions[:place]
            gates = {q.key for q in before if not q.traits.isdisjoint(traits)}
            if question is self.holding:
                gates |= {q.key for q in before if q in self.counting}
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
