"""Everybody who can answer the questions: each claim is the set of the answer sheets it holds on.

A set is an edge of a decision diagram (see `sheet_sets`), so a claim over all sheets costs what its
condition costs, however many sheets there are.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import comb, lcm

import boolean

from advisor.domain.certifications import Certification
from advisor.domain.questions import Choice, Question
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_diagram import ALL, NONE
from advisor.domain.sheet_sets import SheetSet, SheetSpace
from catalog.conditions import Condition


class AllLearners:
    """All answer sheets of a rulebook, and for which of them each claim is true."""

    everybody = ALL
    nobody = NONE

    def __init__(self, rulebook: Rulebook, space: SheetSpace | None = None) -> None:
        """Lay out who is asked what; the rest is found when it is looked at.

        With a `space` of several rulebooks, answers that this one does not ask for are passed over.
        """
        self.rulebook = rulebook
        self.space = space or SheetSpace(rulebook)
        self._traits: dict[str, SheetSet] = {}
        self._met: dict[Condition, SheetSet] = {}
        self.asked: dict[str, SheetSet] = {}
        for question in rulebook.questions:
            asked = self._expressed(question.asked_when.expression, self._traits)
            self.asked[question.key] = asked
            for choice in question.choices:
                if not choice.traits:
                    continue
                given = self.answering(question.key, choice.key)
                for trait in choice.traits:
                    self._traits[trait] = self.any_of([self.have(trait), given])

    def both(self, one: SheetSet, other: SheetSet) -> SheetSet:
        return self.space.both(one, other)

    def any_of(self, claims: Iterable[SheetSet]) -> SheetSet:
        return self.space.any_of(claims)

    def without(self, one: SheetSet, other: SheetSet) -> SheetSet:
        return self.space.both(one, -other)

    def meet(self, condition: Condition, certification: Certification | None = None) -> SheetSet:
        """The sheets that meet a condition; of a sentence on a certification, for that one."""
        own = self._named(certification) if certification else {}
        if not own.keys().isdisjoint(condition.traits):
            return self.meeting(condition, own)
        if condition not in self._met:
            self._met[condition] = self._expressed(condition.expression, self._traits)
        return self._met[condition]

    def meeting(self, condition: Condition, also: Mapping[str, SheetSet]) -> SheetSet:
        """The sheets that meet a condition where these traits are true of these sheets too."""
        more = {trait: self.any_of([sheets, self.have(trait)]) for trait, sheets in also.items()}
        return self._expressed(condition.expression, self._traits | more)

    def have(self, trait: str) -> SheetSet:
        return self._traits.get(trait, NONE)

    def require(self, slug: str) -> SheetSet:
        return self._naming(self.rulebook.naming, slug)

    def hold(self, slug: str) -> SheetSet:
        return self._naming(self.rulebook.holding, slug)

    def use(self, platform: str) -> SheetSet:
        """The sheets that use this platform."""
        given = [
            self.answering(question.key, choice.key)
            for question in self.rulebook.tying
            for choice in question.choices
            if platform and choice.platform == platform
        ]
        return self.any_of(given)

    def spend_less_than(self, usd: Decimal) -> SheetSet:
        return self._limited(lambda c: c.limit_usd is not None and c.limit_usd < usd)

    def study_less_than(self, months: int) -> SheetSet:
        return self._limited(lambda c: c.limit_months is not None and c.limit_months < months)

    def answering(self, question: str, choice: str) -> SheetSet:
        """The sheets that are asked this question and give this answer."""
        return self.both(self.asked[question], self.space.said(question, choice))

    def answered(self, question: Question) -> SheetSet:
        """The sheets with a valid answer to this question, whether it is asked or not."""
        said = {
            choice.key: self.space.said(question.key, choice.key) for choice in question.choices
        }
        wrong: list[SheetSet] = []
        for choice in question.choices if question.key in self.space.several else ():
            if choice.is_exclusive or not question.is_multiple:
                others = (other for other in said if other != choice.key)
                wrong += [self.both(said[choice.key], said[other]) for other in others]
        wrong += self.space.said_beside(question.key, said)  # what another rulebook offers
        if question is self.rulebook.holding:
            wrong += self._named_too_many(said.values())
        return self.without(self.any_of(said.values()), self.any_of(wrong))

    def _named_too_many(self, said: Iterable[SheetSet]) -> list[SheetSet]:
        """The sheets that name more certifications than they say are held."""
        said = list(said)
        return [
            self.without(
                self.answering(question.key, choice.key),
                self.space.at_most(choice.most_held, said),
            )
            for question in self.rulebook.counting
            for choice in question.choices
            if choice.most_held is not None
        ]

    def valid(self, question: Question) -> SheetSet:
        """The sheets that answer this question where it is asked, and only there."""
        asked, answered = self.asked[question.key], self.answered(question)
        unanswered = self.space.unanswered(question.key)
        return self.any_of([self.both(asked, answered), self.without(unanswered, asked)])

    @cached_property
    def sheets(self) -> SheetSet:
        """All answer sheets: a valid answer where a question is asked, none where it is not."""
        return self.space.all_of(map(self.valid, reversed(self.rulebook.questions)))

    @cached_property
    def complete(self) -> SheetSet:
        """The sheets that answer whatever is asked; what else they answer is passed over."""
        return self.space.all_of(
            self.any_of([-self.asked[question.key], self.answered(question)])
            for question in reversed(self.rulebook.questions)
        )

    @cached_property
    def weights(self) -> Mapping[tuple[str, str], int]:
        """The weight of each answer on which it depends whether certifications are to be named.

        So weighed, all names together that an answer brings up count as one, or a catalogue would
        drown everybody who is asked for no name. A question that several others bring up is left
        out.
        """
        shares: dict[str, dict[str, Fraction]] = {}
        for question in filter(None, (self.rulebook.naming, self.rulebook.holding)):
            wanted = question.asked_when.traits
            gates = [gate for gate in self.rulebook.gating if gate.traits & wanted]
            if len(gates) != 1 or gates[0].is_multiple:
                continue
            share_of = shares.setdefault(gates[0].key, {})
            for choice in gates[0].choices:
                is_asked = question.asked_when.is_met(choice.traits)
                number = _number_of_answers(question, choice.most_held) if is_asked else 1
                share_of[choice.key] = share_of.get(choice.key, Fraction(1)) / number
        found = {}
        for gate, share_of in shares.items():
            scale = lcm(*(share.denominator for share in share_of.values()))
            for choice_key, share in share_of.items():
                found[gate, choice_key] = int(share * scale)
        return found

    def _expressed(
        self, expression: boolean.Expression, traits: Mapping[str, SheetSet]
    ) -> SheetSet:
        if isinstance(expression, boolean.Symbol):
            return traits.get(str(expression.obj), NONE)
        parts = [self._expressed(argument, traits) for argument in expression.args]
        if isinstance(expression, boolean.NOT):
            return -parts[0]
        is_or = isinstance(expression, boolean.OR)
        return self.any_of(parts) if is_or else self.space.all_of(parts)

    def _named(self, certification: Certification) -> Mapping[str, SheetSet]:
        """The traits that are true where this very certification was named, and where it was."""
        slug = certification.slug
        return {
            question.named_trait: self._naming(question, slug)
            for question in (self.rulebook.naming, self.rulebook.holding)
            if question and question.named_trait
        }

    def _naming(self, question: Question | None, slug: str) -> SheetSet:
        return self.answering(question.key, slug) if question else NONE

    def _limited(self, counts: Callable[[Choice], bool]) -> SheetSet:
        """The sheets with some answer that sets a limit that counts."""
        return self.any_of(
            self.answering(question.key, choice.key)
            for question in self.rulebook.limiting
            for choice in question.choices
            if counts(choice)
        )


def _number_of_answers(question: Question, most: int | None) -> int:
    """The number of valid answers to a question that names certifications, `most` at once."""
    number = len(question.choices)
    if not question.is_multiple:
        return number
    return sum(comb(number, size) for size in range(1, min(number, most or number) + 1))
