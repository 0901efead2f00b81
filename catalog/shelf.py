"""Entries as readers see them, kept in each process for as long as the content version stands.

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
    """The entries with all that is known of them; those that readers do not see are left out."""
    return _taken(_facts(version), slugs, _with_facts)


def cards_by_key(version: str, keys: Iterable[int]) -> dict[int, Certification]:
    """The entries with these primary keys, with what a card or a search result shows."""
    return _taken(_cards(version), keys, _with_card)


@lru_cache(maxsize=2)
def quoted_on_home(version: str) -> dict[str, Chapter]:
    """The chapters that the first page quotes, by their place on it."""
    return Chapter.objects.quoted_on_home()


def _taken(shelf: Loaded[K], keys: Iterable[K], load: Callable[[list[K]], Loaded[K]]) -> Loaded[K]:
    wanted = list(keys)
    found = {key: shelf[key] for key in wanted if key in shelf}
    missing = [key for key in wanted if key not in found]
    if missing:
        loaded = load(missing)
        if len(shelf) + len(loaded) <= MOST:
            shelf.update(loaded)
        found |= loaded
    return found


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
