"""Conditions: boolean expressions over traits that say when a statement or a rule applies."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

import boolean

MOST_NEGATIONS = 50
NEGATION = re.compile(r"[~!]|\bnot\b", re.IGNORECASE)

_ALGEBRA = boolean.BooleanAlgebra(allowed_in_token=("-",))


class ConditionError(ValueError):
    """A condition that can't be read; its message tells an editor what to mend."""


@dataclass(frozen=True, eq=False)
class Condition:
    """A parsed condition, e.g. ``(uses-aws or uses-azure) and not uses-gcp``.

    Made by `parse`; equal texts give the same object, so identity is equality.
    """

    text: str
    expression: boolean.Expression
    traits: frozenset[str]

    def is_met(self, traits: frozenset[str]) -> bool:
        """Whether the condition holds for a learner of whom exactly `traits` are true."""
        return _holds(self, self.traits & traits)

    def grounds(self, traits: frozenset[str]) -> frozenset[str]:
        """The traits whose presence or absence makes the condition what it is for this learner."""
        return _grounds(self.expression, traits)


def parse(text: str) -> Condition:
    """Read a condition; the empty text is always met.

    Raises ConditionError when the text is not an expression of traits, and, or, not, ( ).
    """
    return _parse(" ".join(text.split()))


def check_traits(condition: Condition, known: frozenset[str]) -> None:
    """Raise ConditionError naming each unknown trait and the nearest known one."""
    problems = []
    for trait in sorted(condition.traits - known):
        near = get_close_matches(trait, sorted(known), n=1, cutoff=0.5)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        problems.append(f"There is no trait “{trait}”.{hint}")
    if problems:
        raise ConditionError(" ".join(problems))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Condition:
    if not text:
        return Condition(text=text, expression=_ALGEBRA.TRUE, traits=frozenset())
    if len(NEGATION.findall(text)) > MOST_NEGATIONS:
        raise ConditionError(f"A condition says “not” {MOST_NEGATIONS} times at most: simplify it.")
    try:
        expression = _ALGEBRA.parse(text)
    except (boolean.ParseError, IndexError, TypeError) as error:
        raise ConditionError(
            f"“{text}” can't be read as a condition ({error}). Write traits joined by "
            "and, or, not and brackets, e.g. (uses-aws or uses-azure) and not uses-gcp."
        ) from error
    if any(not isinstance(literal, boolean.Symbol) for literal in _leaves(expression)):
        raise ConditionError(
            f"“{text}” contains a constant (true, false, none, 0 or 1), which is not a trait. "
            "Leave the condition empty if it always applies."
        )
    return Condition(
        text=text,
        expression=expression,
        traits=frozenset(str(symbol.obj) for symbol in expression.symbols),
    )


def _leaves(expression: boolean.Expression) -> list[boolean.Expression]:
    if not expression.args:
        return [expression]
    return [leaf for argument in expression.args for leaf in _leaves(argument)]


@lru_cache(maxsize=65536)
def _holds(condition: Condition, relevant: frozenset[str]) -> bool:
    return _evaluate(condition.expression, relevant)


def _evaluate(expression: boolean.Expression, traits: frozenset[str]) -> bool:
    if isinstance(expression, boolean.Symbol):
        return expression.obj in traits
    if isinstance(expression, boolean.NOT):
        return not _evaluate(expression.args[0], traits)
    if isinstance(expression, boolean.OR):
        return any(_evaluate(argument, traits) for argument in expression.args)
    return all(_evaluate(argument, traits) for argument in expression.args)


def _grounds(expression: boolean.Expression, traits: frozenset[str]) -> frozenset[str]:
    if isinstance(expression, boolean.Symbol):
        return frozenset({str(expression.obj)})
    value = _evaluate(expression, traits)
    deciding = [
        argument
        for argument in expression.args
        if isinstance(expression, boolean.NOT) or _evaluate(argument, traits) == value
    ]
    return frozenset[str]().union(*(_grounds(argument, traits) for argument in deciding))
