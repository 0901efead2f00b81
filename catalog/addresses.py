"""Addresses: one for each state, and what is said of a parameter that can't be understood."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    query = urlencode(list(pairs))
    return f"{reverse(name)}?{query}" if query else reverse(name)
