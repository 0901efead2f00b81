"""Addresses: one for each state, and what is said of a parameter that can't be understood."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that can't be understood, and why; an empty value means the parameter itself."""

    parameter: str
    value: str
    reason: str


def address(name: str, pairs: Pairs = ()) -> str:
    """The address of the view `name` with these parameters."""
    query = "&".join(_parameter(*pair) for pair in pairs)
    return f"{_path(name)}?{query}" if query else _path(name)


@lru_cache(maxsize=100)
def _path(name: str) -> str:
    return reverse(name)


# The result page alone has dozens of addresses, all of the same few answers.
@lru_cache(maxsize=1_000)
def _parameter(name: str, value: str) -> str:
    return urlencode({name: value})
