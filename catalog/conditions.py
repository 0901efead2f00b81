"""Conditions: boolean expressions over traits that say when a statement or a rule applies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

import boolean

MOST_NEGATIONS = 50
NEGATION = re.compile(r"[~!]|\bnot\b", re.IGNORECASE)
PIECES = re.compile(r"[\w-]+|\S")
LISTED = re.compile(r",| or | and ")
FEWEST_SHARED = 2  # words with which labels begin alike to be said once
TRAIT = re.compile(r"[^\W\d_](?:[^\W_]|-)*|[01]")
CONSTANTS = {"true", "false", "none", "0", "1"}
JOINTS, NOTS = {"and", "or", "&", "|", "*", "+"}, {"not", "~", "!"}

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
        """True if the condition holds for a learner of whom exactly `traits` are true."""
        return not self.traits or _holds(self, self.traits & traits)

    def grounds(self, traits: frozenset[str]) -> frozenset[str]:
        """The traits whose presence or absence makes the condition what it is for this learner."""
        return _deciding(self, self.traits & traits)


def parse(text: str) -> Condition:
    """The condition that a text says; the empty text is always met.

    Raises ConditionError when the text is not an expression of traits, and, or, not, ( ).
    """
    return _parse(" ".join(text.split()))


def parse_known(text: str, known: frozenset[str]) -> Condition:
    """The condition that a text says with known traits only.

    Raises ConditionError with all that is wrong, and the nearest known trait for each unknown one.
    """
    try:
        condition = parse(text)
    except ConditionError as error:
        spoken = CONSTANTS | JOINTS | NOTS
        words = [word for word in PIECES.findall(text) if TRAIT.fullmatch(word)]
        traits = [word for word in words if word.lower() not in spoken]
        unknown = _unknown(traits, known)
        raise ConditionError(" ".join([str(error), *unknown])) from error
    problems = [*_unknown(condition.traits, known)]
    if problems:
        raise ConditionError(" ".join(problems))
    return condition


def _unknown(traits: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    for trait in sorted({*traits} - known):
        near = get_close_matches(trait, sorted(known), n=1, cutoff=0.5)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        yield f"There is no trait “{trait}”.{hint}"


def in_words(condition: Condition, labels: Mapping[str, str]) -> str:
    """The condition in plain words that complete “a learner who …”; empty if it always holds.

    `labels` has the words of each trait, e.g. “uses or plans to use AWS”; a trait without a label
    goes by its own name.
    """
    return _phrase(condition.expression, labels) if condition.traits else ""


@lru_cache(maxsize=4096)
def _parse(text: str) -> Condition:
    if not text:
        return Condition(text=text, expression=_ALGEBRA.TRUE, traits=frozenset())
    if len(NEGATION.findall(text)) > MOST_NEGATIONS:
        raise ConditionError(f"A condition says “not” {MOST_NEGATIONS} times at most: simplify it.")
    try:
        expression = _ALGEBRA.parse(text)
    except (boolean.ParseError, IndexError, TypeError) as error:
        mistake = next(_mistakes(text))
        raise ConditionError(
            f"“{text}” can't be read as a condition ({mistake}). Write traits joined by "
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


def _mistakes(text: str) -> Iterator[str]:
    """The mistakes that keep a text from being a condition, each with the word near it."""
    pieces = PIECES.findall(text)
    known = JOINTS | NOTS | {"(", ")"}
    for piece in pieces:
        if piece.lower() not in known and not TRAIT.fullmatch(piece):
            yield f"“{piece}” is neither a trait nor a word that joins them"
    for before, after in pairwise(["", *pieces, ""]):
        is_open = before.lower() in {"", "("} | JOINTS | NOTS
        is_shut = after.lower() in {"", ")"} | JOINTS
        if is_open and is_shut:
            yield f"a trait is missing {_between(before, after)}"
        elif not is_open and not is_shut:
            yield f"“and” or “or” is missing {_between(before, after)}"
    one, other = "()" if text.count("(") > text.count(")") else ")("
    yield f"there is a “{one}” without its “{other}”"


def _between(before: str, after: str) -> str:
    if before and after:
        return f"between “{before}” and “{after}”"
    return f"before “{after}”" if after else f"after “{before}”"


def _leaves(expression: boolean.Expression) -> list[boolean.Expression]:
    if not expression.args:
        return [expression]
    leaves = []
    for argument in expression.args:
        leaves += _leaves(argument)
    return leaves


@lru_cache(maxsize=65536)
def _holds(condition: Condition, relevant: frozenset[str]) -> bool:
    return _evaluate(condition.expression, relevant)


@lru_cache(maxsize=65536)
def _deciding(condition: Condition, relevant: frozenset[str]) -> frozenset[str]:
    return _grounds(condition.expression, relevant)


def _evaluate(expression: boolean.Expression, traits: frozenset[str]) -> bool:
    values = {symbol.obj: symbol.obj in traits for symbol in expression.symbols}
    return bool(expression(**values))


def _grounds(expression: boolean.Expression, traits: frozenset[str]) -> frozenset[str]:
    if isinstance(expression, boolean.Symbol):
        return frozenset({str(expression.obj)})
    value = _evaluate(expression, traits)
    grounds = frozenset[str]()
    for argument in expression.args:
        # A true “or” rests on its true arms alone, a false “and” on its false ones; a false “or”
        # and a true “and” rest on all of theirs. A “not” rests on its arm, of the other value.
        if isinstance(expression, boolean.NOT) or _evaluate(argument, traits) == value:
            grounds |= _grounds(argument, traits)
    return grounds


def _phrase(expression: boolean.Expression, labels: Mapping[str, str], depth: int = 0) -> str:
    if isinstance(expression, boolean.Symbol):
        return labels.get(str(expression.obj), f"“{expression.obj}”")
    if isinstance(expression, boolean.NOT):
        return _denied(expression.args[0], labels, depth)
    parts = _parts(expression)
    is_or = isinstance(expression, boolean.OR)
    if shared := _shared_start(parts, labels, "or" if is_or else "and"):
        return shared
    pause = ";" if not depth and any(part.args and _parts(part) for part in parts) else ","
    joint = f"{pause} or " if is_or else f"{pause} and "
    text = joint.join(_phrase(part, labels, depth + 1) for part in parts)
    lead = {(True, True): "either ", (False, True): "both "}.get((is_or, depth > 0), "")
    return f"({lead}{text})" if depth > 1 else f"{lead}{text}"


def _shared_start(parts: list[boolean.Expression], labels: Mapping[str, str], joint: str) -> str:
    """Traits whose labels begin alike, said once: “uses AWS, Azure or another cloud”.

    Empty where they don't, or where the rest of a label is itself a list.
    """
    if not all(isinstance(part, boolean.Symbol) for part in parts):
        return ""
    phrases = [_phrase(part, labels).split() for part in parts]
    shared = 0
    for words in zip(*phrases, strict=False):
        if len({*words}) > 1:
            break
        shared += 1
    rests = [" ".join(words[shared:]) for words in phrases]
    if shared < FEWEST_SHARED or not all(rests) or any(LISTED.search(rest) for rest in rests):
        return ""
    return f"{' '.join(phrases[0][:shared])} {', '.join(rests[:-1])} {joint} {rests[-1]}"


def _denied(expression: boolean.Expression, labels: Mapping[str, str], depth: int) -> str:
    if isinstance(expression, boolean.OR):
        if shared := _shared_start(_parts(expression), labels, "or"):
            return f"is not one who {shared}"
        kinds = (f"one who {_phrase(part, labels, depth + 2)}" for part in _parts(expression))
        return f"is neither {', nor '.join(kinds)}"
    return f"is not one who {_phrase(expression, labels, depth + 1)}"


def _parts(expression: boolean.Expression) -> list[boolean.Expression]:
    """The arms of an “and” or an “or”, however it was bracketed; none for a single trait."""
    if not isinstance(expression, boolean.AND | boolean.OR):
        return []
    parts = []
    for argument in expression.args:
        is_nested = isinstance(argument, type(expression))
        parts += _parts(argument) if is_nested else [argument]
    return parts
