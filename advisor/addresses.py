"""Addresses of the advisor: each state has one, its parameters in canonical order."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.http import urlencode

Pairs = Iterable[tuple[str, str]]


def wizard_url(pairs: Pairs = (), *, change: str | None = None) -> str:
    """The wizard with these answers; with `change`, at that question."""
    return _url("advisor:wizard", [*pairs, *([("change", change)] if change else [])])


def result_url(pairs: Pairs) -> str:
    """The verdict on these answers."""
    return _url("advisor:result", pairs)


def list_url(slugs: Sequence[str]) -> str | None:
    """The catalogue with just these entries, to share; None if there are none."""
    return _url("catalog:certification_list", [("cert", slug) for slug in slugs]) if slugs else None


def _url(name: str, pairs: Pairs) -> str:
    query = urlencode(list(pairs))
    return f"{reverse(name)}?{query}" if query else reverse(name)
