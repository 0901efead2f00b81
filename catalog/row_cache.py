"""Loaded certifications and chapters, cached in each process while the content version stands.

All requests share them: nobody may write to one.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from catalog.models import Certification, Chapter, Guide, Quotation, Statement

MOST = 1_000  # certifications of one version in memory; what is beyond is loaded for each request

Key = TypeVar("Key", int, str)
Load = Callable[[list[Key]], dict[Key, Certification]]


def certifications_by_slug(version: str, slugs: Iterable[str]) -> dict[str, Certification]:
    """The certifications, in this order, with all that is known of them; drafts are left out."""
    return _load_missing(version, slugs, _with_facts)


def cards_by_key(version: str, keys: Iterable[int]) -> dict[int, Certification]:
    """The certifications with these primary keys, in this order, with what a card shows."""
    return _load_missing(version, keys, _with_card)


@lru_cache(maxsize=1)
def guide(version: str) -> Guide:
    """The guide, for its title."""
    return Guide.objects.get()


@lru_cache(maxsize=1)
def chapters(version: str) -> list[Chapter]:
    """The chapters of the guide with their sentences."""
    return list(Chapter.objects.with_statements())


@lru_cache(maxsize=1)
def quotations(version: str) -> dict[str, Statement]:
    """The sentences of the guide that the pages of entries show, by their place."""
    return Quotation.objects.by_place()


@lru_cache(maxsize=1)
def judged_kinds(version: str) -> list[Certification]:
    """The categories that the guide judges, in its order."""
    categories = Certification.objects.in_guide_order().rated().with_card()
    return list(categories.filter(kind=Certification.Kind.CATEGORY))


def _load_missing(version: str, keys: Iterable[Key], load: Load[Key]) -> dict[Key, Certification]:
    wanted, cached = list(keys), _cached_rows(version, load)
    loaded = cached
    missing = [key for key in wanted if key not in cached]
    if missing:
        loaded = cached | load(missing)
        if len(loaded) <= MOST:
            cached.update(loaded)
    return {key: loaded[key] for key in wanted if key in loaded}


@lru_cache(maxsize=2)  # for both ways to load
def _cached_rows(version: str, load: Load[Any]) -> dict[Any, Certification]:
    return {}


def _with_facts(slugs: list[str]) -> dict[str, Certification]:
    return dict(Certification.objects.with_facts().in_bulk(slugs, field_name="slug"))


def _with_card(keys: list[int]) -> dict[int, Certification]:
    return dict(Certification.objects.in_guide_order().with_card().in_bulk(keys))
