"""Addresses of the advisor: each state has one, its parameters in canonical order."""

from collections.abc import Iterable, Mapping, Sequence

from catalog.url_builder import Pairs, build_url


def wizard_url(pairs: Pairs = (), *, change: str = "", filled: Iterable[str] = ()) -> str:
    """The wizard with these answers; with `change`, at that question.

    `filled` names the answers that somebody else has filled in.
    """
    rest = [("change", change)] if change else []
    return build_url("advisor:wizard", [*pairs, *rest, *(("filled", key) for key in filled)])


def result_url(pairs: Pairs) -> str:
    """The verdict on these answers."""
    return build_url("advisor:result", pairs)


def list_url(slugs: Sequence[str]) -> str | None:
    """The catalogue with just these certifications, to share; None if there are none."""
    pairs = [("cert", slug) for slug in slugs]
    return build_url("catalog:certification_list", pairs) if pairs else None


def search_url(words: str) -> str:
    """The catalogue's search for these words."""
    return build_url("catalog:certification_list", [("q", words)])


def pairs_of(answers: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Question and answer for each answer of a sheet, in its order."""
    return [(key, value) for key, values in answers.items() for value in values]
