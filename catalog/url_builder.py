"""URLs of views with parameters: each state of a page has one."""

from collections.abc import Iterable
from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode

Pairs = Iterable[tuple[str, str]]


def build_url(name: str, pairs: Pairs = ()) -> str:
    """The URL of the view `name` with these parameters."""
    query = "&".join(_parameter(*pair) for pair in pairs)
    return f"{_path(name)}?{query}" if query else _path(name)


@lru_cache(maxsize=100)
def _path(name: str) -> str:
    return reverse(name)


# The result page alone has dozens of addresses, all of the same few answers.
@lru_cache(maxsize=1_000)
def _parameter(name: str, value: str) -> str:
    return urlencode({name: value})
