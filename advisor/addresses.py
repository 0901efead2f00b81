"""Addresses of the advisor: each state has one, its parameters in canonical order."""

from collections.abc import Sequence

from catalog.addresses import Pairs, address


def wizard_url(pairs: Pairs = (), *, change: str | None = None) -> str:
    """The wizard with these answers; with `change`, at that question."""
    return address("advisor:wizard", [*pairs, *([("change", change)] if change else [])])


def result_url(pairs: Pairs) -> str:
    """The verdict on these answers."""
    return address("advisor:result", pairs)


def list_url(slugs: Sequence[str]) -> str | None:
    """The catalogue with just these entries, to share; None if there are none."""
    pairs = [("cert", slug) for slug in slugs]
    return address("catalog:certification_list", pairs) if pairs else None
