"""Claims about learners: booleans for one learner, sets of answer sheets for all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from advisor.domain.answers import SpendingLimit
from advisor.domain.certifications import Certification
from catalog.conditions import Condition

Truth = TypeVar("Truth")
Key = TypeVar("Key")
Limits = tuple[SpendingLimit | None, SpendingLimit | None]  # in US dollars, and in months


class Learners(Protocol[Truth]):
    """One learner or all of them: for whom each claim is true."""

    @property
    def everybody(self) -> Truth:
        """The claim that always holds."""

    @property
    def nobody(self) -> Truth:
        """The claim that never holds."""

    def both(self, one: Truth, other: Truth) -> Truth:
        """Both claims hold."""

    def any_of(self, claims: Iterable[Truth]) -> Truth:
        """At least one of the claims holds."""

    def without(self, one: Truth, other: Truth) -> Truth:
        """The first claim holds and the other does not."""

    def meet(self, condition: Condition, certification: Certification | None = None) -> Truth:
        """The condition is met; of a sentence on a certification, for that certification."""

    def have(self, trait: str) -> Truth:
        """The trait is true of them."""

    def require(self, slug: str) -> Truth:
        """They are required to get this certification."""

    def hold(self, slug: str) -> Truth:
        """They hold this certification."""

    def spend_less_than(self, usd: Decimal) -> Truth:
        """They can't spend this much."""

    def study_less_than(self, months: int) -> Truth:
        """They can't study this long."""


def first_that_holds(
    learners: Learners[Truth], claims: Iterable[tuple[Key, Truth]], among: Truth
) -> Iterator[tuple[Key, Truth]]:
    """Each key with those of whom its claim holds and no claim before it does."""
    left = among
    for key, claim in claims:
        yield key, learners.both(left, claim)
        left = learners.without(left, claim)


@dataclass(frozen=True, slots=True)
class OneLearner:
    """One learner, by the traits and limits that the answers give: each claim is true or false."""

    traits: frozenset[str]
    limits: Limits = (None, None)
    required: str = ""
    held: frozenset[str] = frozenset()

    everybody = True
    nobody = False

    def both(self, one: bool, other: bool) -> bool:  # noqa: FBT001 - a claim is a boolean here
        return one and other

    def any_of(self, claims: Iterable[bool]) -> bool:
        return any(claims)

    def without(self, one: bool, other: bool) -> bool:  # noqa: FBT001 - a claim is a boolean here
        return one and not other

    def meet(self, condition: Condition, certification: Certification | None = None) -> bool:
        return condition.is_met(self.traits)

    def have(self, trait: str) -> bool:
        return trait in self.traits

    def require(self, slug: str) -> bool:
        return slug == self.required

    def hold(self, slug: str) -> bool:
        return slug in self.held

    def spend_less_than(self, usd: Decimal) -> bool:
        limit = self.limits[0]
        return limit is not None and limit.most < usd

    def study_less_than(self, months: int) -> bool:
        limit = self.limits[1]
        return limit is not None and limit.most < months
