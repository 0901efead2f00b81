"""The decision over all answer sheets at once: for which of them each verdict is given.

This follows the same rulebook as `evaluation` by another way; the tests hold the two together.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import NamedTuple

import boolean

from advisor.domain.preference import Preference, preference
from advisor.domain.questions import Choice, Question
from advisor.domain.rulebook import (
    Certification,
    Citation,
    Effect,
    Outcome,
    Recommends,
    Rule,
    Rulebook,
    Statement,
)
from advisor.domain.sheet_sets import ALL, NONE, SheetSet, SheetSpace
from advisor.domain.standing import Standing
from catalog.conditions import Condition
from catalog.lifecycle import Status


class Decided(NamedTuple):
    """Outcome and recommendation: what a learner comes for."""

    outcome: str
    recommended: str | None


class SymbolicVerdicts:
    """The verdicts of a rulebook on a day, each with the set of the sheets that get it."""

    def __init__(self, rulebook: Rulebook, *, today: date, space: SheetSpace | None = None) -> None:
        """Lay out who is asked what; the rest is found when it is looked at.

        With a `space` of several rulebooks, answers that this one does not ask for are passed over.
        """
        self.rulebook, self.today = rulebook, today
        self.space = space or SheetSpace(rulebook)
        self._traits: dict[str, SheetSet] = {}
        self.asked: dict[str, SheetSet] = {}
        for question in rulebook.questions:
            asked = self.meeting(question.asked_when)
            self.asked[question.key] = asked
            for choice in question.choices:
                given = self.space.both(asked, self.space.said(question.key, choice.key))
                for trait in choice.traits:
                    self._traits[trait] = self.space.any_of([self._traits.get(trait, NONE), given])

    def meeting(self, condition: Condition, also: Mapping[str, SheetSet] | None = None) -> SheetSet:
        """The sheets that meet a condition; `also` says for which sheets more traits are true."""
        more = {
            trait: self.space.any_of([sheets, self._traits.get(trait, NONE)])
            for trait, sheets in (also or {}).items()
        }
        return self._expressed(condition.expression, self._traits | more)

    def _expressed(
        self, expression: boolean.Expression, traits: Mapping[str, SheetSet]
    ) -> SheetSet:
        if isinstance(expression, boolean.Symbol):
            return traits.get(str(expression.obj), NONE)
        parts = [self._expressed(argument, traits) for argument in expression.args]
        if isinstance(expression, boolean.NOT):
            return -parts[0]
        return (
            self.space.any_of(parts)
            if isinstance(expression, boolean.OR)
            else (self.space.all_of(parts))
        )

    def answered(self, question: Question) -> SheetSet:
        """The sheets with a valid answer to this question, whether it is asked or not."""
        said = {each.key: self.space.said(question.key, each.key) for each in question.choices}
        wrong = [
            self.space.both(said[each.key], said[other])
            for each in question.choices
            if question.key in self.space.several
            and (each.is_exclusive or not question.is_multiple)
            for other in said
            if other != each.key
        ]
        wrong += self.space.said_beside(question.key, said)  # what another rulebook offers
        return self.space.both(self.space.any_of(said.values()), -self.space.any_of(wrong))

    @cached_property
    def sheets(self) -> SheetSet:
        """All answer sheets: a valid answer where a question is asked, none where it is not."""
        return self.space.all_of(map(self.valid, reversed(self.rulebook.questions)))

    def valid(self, question: Question) -> SheetSet:
        """The sheets that answer this question where it is asked, and only there."""
        asked, answered = self.asked[question.key], self.answered(question)
        unanswered = self.space.unanswered(question.key)
        return self.space.any_of(
            [self.space.both(asked, answered), self.space.both(-asked, unanswered)]
        )

    @cached_property
    def complete(self) -> SheetSet:
        """The sheets that answer whatever is asked; what else they answer is passed over."""
        return self.space.all_of(
            self.space.any_of([-self.asked[question.key], self.answered(question)])
            for question in reversed(self.rulebook.questions)
        )

    @cached_property
    def decided_by(self) -> list[tuple[Rule, SheetSet]]:
        """Each rule with the sheets that it decides."""
        left, found = self.sheets, []
        for rule in self.rulebook.rules:
            met = self.meeting(rule.condition)
            found.append((rule, self.space.both(left, met)))
            left = self.space.both(left, -met)
        return found

    @cached_property
    def decided(self) -> Mapping[Decided, SheetSet]:
        """Each outcome with what is recommended, and the sheets that get it; none is empty."""
        found: dict[Decided, SheetSet] = {}
        for outcome in dict.fromkeys(rule.outcome.slug for rule in self.rulebook.rules):
            asked = self.rulebook.outcomes[outcome]
            left = self.space.any_of(s for r, s in self.decided_by if r.outcome.slug == outcome)
            for _, slug, fitting in sorted(self._candidates(asked), key=lambda each: each[0]):
                self._put(found, Decided(outcome, slug), self.space.both(left, fitting))
                left = self.space.both(left, -fitting)
            self._put(found, Decided(asked.if_none or outcome, None), left)
        return found

    def _put(self, found: dict[Decided, SheetSet], decided: Decided, sheets: SheetSet) -> None:
        if sheets != NONE:
            found[decided] = self.space.any_of([found.get(decided, NONE), sheets])

    def _candidates(self, outcome: Outcome) -> Iterator[tuple[Preference, str, SheetSet]]:
        """Candidates of an outcome: the preference, the certification, and the sheets.

        A certification comes once for each place that it can have in the order of preference.
        """
        if outcome.recommends is Recommends.NOTHING:
            return
        is_named = outcome.recommends is Recommends.NAMED
        fitting = Standing.REQUIRED if is_named else Standing.WORTH_IT
        for certification in self.rulebook.certifications:
            if not outcome.admits(certification):
                continue
            sheets = self.standings[certification.slug].get(fitting, NONE)
            used, free = self._users(certification.platform), self._having_free(certification)
            for is_used, is_free in product((True, False), repeat=2):
                if outcome.needs_platform and certification.platform and not is_used:
                    continue
                here = self.space.all_of(
                    [sheets, used if is_used else -used, free if is_free else -free]
                )
                if here != NONE:
                    cost = Decimal(0) if is_free else certification.total_usd
                    place = preference(
                        certification, cost_usd=cost, is_used=is_used, today=self.today
                    )
                    yield place, certification.slug, here

    def _users(self, platform: str) -> SheetSet:
        return self._saying(lambda choice: bool(platform) and choice.platform == platform)

    def _having_free(self, certification: Certification) -> SheetSet:
        return self._traits.get(certification.free_with, NONE) if certification.free_with else NONE

    def _saying(self, counts: Callable[[Choice], bool]) -> SheetSet:
        """The sheets in which some answer that counts is given to a question that is asked."""
        return self.space.any_of(
            self.space.both(self.asked[question.key], self.space.said(question.key, choice.key))
            for question in self.rulebook.questions
            for choice in question.choices
            if counts(choice)
        )

    def named(self, slug: str) -> SheetSet:
        """The sheets that name this certification."""
        question = self.rulebook.naming
        if question is None:
            return NONE
        return self.space.both(self.asked[question.key], self.space.said(question.key, slug))

    def speaking(self, certification: Certification, statement: Statement) -> SheetSet:
        """The sheets that meet the condition of a statement on this certification."""
        naming = self.rulebook.naming
        own = {naming.named_trait or "": self.named(certification.slug)} if naming else {}
        return self.meeting(statement.condition, own)

    def shown_beside(self, citation: Citation) -> SheetSet:
        """The sheets that meet the condition of a warning or of advice."""
        outcomes = {
            self.rulebook.outcomes[decided.outcome].trait or "": NONE for decided in self.decided
        }
        for decided, sheets in self.decided.items():
            trait = self.rulebook.outcomes[decided.outcome].trait or ""
            outcomes[trait] = self.space.any_of([outcomes[trait], sheets])
        return self.meeting(citation.condition, outcomes)

    @cached_property
    def standings(self) -> Mapping[str, Mapping[Standing, SheetSet]]:
        """Each certification's standings with the sheets that give it; none is empty."""
        return {
            certification.slug: self._standings_of(certification)
            for certification in self.rulebook.certifications
        }

    def _standings_of(self, certification: Certification) -> Mapping[Standing, SheetSet]:
        arguments, opposed, ready = NONE, self._over_limit(certification), ALL
        for statement in certification.statements:
            met = self.speaking(certification, statement)
            match statement.effect:
                case Effect.PREREQUISITE:
                    ready = self.space.both(ready, met)
                case Effect.AGAINST:
                    opposed = self.space.any_of([opposed, met])
                case Effect.FOR:
                    arguments = self.space.any_of([arguments, met])
                case Effect.EITHER:
                    arguments = self.space.any_of([arguments, met])
                    opposed = self.space.any_of([opposed, -met])
        in_order = {
            Standing.CLOSED: ALL if certification.status_on(self.today) is Status.CLOSED else NONE,
            Standing.REQUIRED: self.named(certification.slug),
            Standing.NOT_RATED: ALL if certification.tier is None else NONE,
            Standing.RULED_OUT: opposed,
            Standing.NOT_YET: self.space.both(arguments, -ready),
            Standing.WORTH_IT: arguments,
            Standing.NO_REASON: ALL,
        }
        found, left = {}, self.sheets
        for standing, sheets in in_order.items():
            here = self.space.both(left, sheets)
            left = self.space.both(left, -sheets)
            if here != NONE:
                found[standing] = here
        return found

    def _over_limit(self, certification: Certification) -> SheetSet:
        cost, months = certification.total_usd, certification.months_min
        dear = self._saying(
            lambda choice: (
                choice.limit_usd is not None and cost is not None and cost > choice.limit_usd
            )
        )
        slow = self._saying(
            lambda choice: (
                choice.limit_months is not None
                and months is not None
                and months > choice.limit_months
            )
        )
        return self.space.any_of([self.space.both(dear, -self._having_free(certification)), slow])
