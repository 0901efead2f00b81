"""Certifications and chapters as readers see them, kept in each process while the content stands.

All requests share them: nobody writes to one.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from catalog.editorial.drafts import below
from catalog.models import Certification, Chapter, Guide

MOST = 1_000  # certifications of one version in memory; what is beyond is loaded for each request

Key = TypeVar("Key", int, str)
Load = Callable[[list[Key]], dict[Key, Certification]]


def certifications_by_slug(version: str, slugs: Iterable[str]) -> dict[str, Certification]:
    """The certifications, in this order, with all that is known of them; drafts are left out."""
    return _taken(version, slugs, _with_facts)


def cards_by_key(version: str, keys: Iterable[int]) -> dict[int, Certification]:
    """The certifications with these primary keys, in this order.

    With what a card or an export shows.
    """
    return _taken(version, keys, _with_card)


@lru_cache(maxsize=2)
def guide(version: str) -> Guide:
    """The guide, for its title."""
    return Guide.objects.get()


@lru_cache(maxsize=2)
def chapters(version: str) -> list[Chapter]:
    """The chapters of the guide with their sentences."""
    return list(Chapter.objects.with_statements())


def _taken(version: str, keys: Iterable[Key], load: Load[Key]) -> dict[Key, Certification]:
    wanted, shelf = list(keys), _shelf(version, load)
    loaded = shelf
    missing = [key for key in wanted if key not in shelf]
    if missing:
        loaded = shelf | load(missing)
        if len(loaded) <= MOST:
            shelf.update(loaded)
    return {key: loaded[key] for key in wanted if key in loaded}


@lru_cache(maxsize=4)  # two versions of both
def _shelf(version: str, load: Load[Any]) -> dict[Any, Certification]:
    return {}


def _with_facts(slugs: list[str]) -> dict[str, Certification]:
    return dict(Certification.objects.with_facts().in_bulk(slugs, field_name="slug"))


def _with_card(keys: list[int]) -> dict[int, Certification]:
    certifications = Certification.objects.in_guide_order().with_card()
    sentences = below("catalog.Statement", "statements", drafts=False)
    return dict(certifications.prefetch_related(sentences).in_bulk(keys))
