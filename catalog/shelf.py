"""Entries and chapters as readers see them, kept in each process while the content stands.

All requests share them: nobody writes to one.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from catalog.models import Certification, Chapter

MOST = 1_000  # entries of one version in memory; what is beyond is loaded for each request

K = TypeVar("K", int, str)
Loaded = dict[K, Certification]


def entries_by_slug(version: str, slugs: Iterable[str]) -> dict[str, Certification]:
    """The entries, in this order, with all that is known of them; drafts are left out."""
    return _taken(_facts(version), slugs, _with_facts)


def cards_by_key(version: str, keys: Iterable[int]) -> dict[int, Certification]:
    """The entries with these primary keys, with what a card or a search result shows."""
    return _taken(_cards(version), keys, _with_card)


@lru_cache(maxsize=2)
def chapters(version: str) -> list[Chapter]:
    """The chapters of the guide with their sentences."""
    return list(Chapter.objects.with_statements())


def _taken(shelf: Loaded[K], keys: Iterable[K], load: Callable[[list[K]], Loaded[K]]) -> Loaded[K]:
    wanted, loaded = list(keys), shelf
    missing = [key for key in wanted if key not in shelf]
    if missing:
        loaded = load(missing)
        if len(shelf) + len(loaded) <= MOST:
            shelf.update(loaded)
        loaded = shelf | loaded
    return {key: loaded[key] for key in wanted if key in loaded}


@lru_cache(maxsize=2)
def _facts(version: str) -> dict[str, Certification]:
    return {}


@lru_cache(maxsize=2)
def _cards(version: str) -> dict[int, Certification]:
    return {}


def _with_facts(slugs: list[str]) -> dict[str, Certification]:
    return dict(Certification.objects.with_facts().in_bulk(slugs, field_name="slug"))


def _with_card(keys: list[int]) -> dict[int, Certification]:
    return dict(Certification.objects.cards(keys, with_statements=True))
