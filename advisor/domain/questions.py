"""The questions, their choices and what the answers say, as immutable values.

A question that was loaded is never changed, so there identity is equality.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from catalog.conditions import Condition


class Power(StrEnum):
    """The power of learners to change an answer themselves."""

    PROGRESS = "progress"
    CHOICE = "choice"
    CIRCUMSTANCE = "circumstance"


class Names(StrEnum):
    """The certifications that the answers to a question name."""

    REQUIRED = "required"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer; limits are in US dollars in all, and in months.

    `monthly_usd` is the price of being able to answer so, such as a subscription; `most_held` the
    number of certifications that somebody who answers so holds at most.
    """

    key: str
    label: str
    said: str = ""
    hint: str = ""
    traits: frozenset[str] = frozenset()
    platform: str = ""
    limit_usd: int | None = None
    limit_months: int | None = None
    is_exclusive: bool = False
    is_neutral: bool = False
    action: str = ""
    monthly_usd: int | None = None
    most_held: int | None = None


class Answer(NamedTuple):
    """One answer to one question; `said` repeats it, and completes “You said …”."""

    question: str
    answer: str
    said: str = ""


@dataclass(frozen=True, eq=False)
class Question:
    """One question.

    `named_trait` is true for the certification that an answer names, if it names one, and `names`
    says as what.
    """

    key: str
    label: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    asked_when: Condition
    is_multiple: bool
    power: Power
    named_trait: str | None = None
    names: Names = Names.REQUIRED

    @cached_property
    def by_key(self) -> Mapping[str, Choice]:
        """The choices by their keys."""
        return {choice.key: choice for choice in self.choices}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each choice among them, 0 for “none of these”."""
        return {c.key: 0 if c.is_exclusive else n for n, c in enumerate(self.choices, 1)}

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by the keys of their choices."""
        return {c.key: Answer(self.key, c.key, c.said) for c in self.choices}

    @cached_property
    def traits(self) -> frozenset[str]:
        """Every trait that an answer can make true."""
        return frozenset[str]().union(*(choice.traits for choice in self.choices))

    @cached_property
    def neutral(self) -> Choice | None:
        """The choice that is taken for granted when nobody was asked."""
        return next((choice for choice in self.choices if choice.is_neutral), None)
