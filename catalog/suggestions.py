"""Suggestions: the few certifications that may be meant by what is being typed."""

from dataclasses import dataclass

from catalog.editorial.content_version import content_version
from catalog.listing.list_query import LONGEST_SEARCH
from catalog.listing.search import find
from catalog.listing.search_documents import current_search_index, search_index
from catalog.listing.search_marks import FoundBy, found_by
from catalog.models import Certification
from catalog.row_cache import cards_by_key
from catalog.text_folding import fold_name

MOST = 8
FEWEST_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A certification, and what of it was found."""

    certification: Certification
    found: FoundBy


def suggest(typed: str) -> list[Suggestion]:
    """Return the certifications whose names may be meant, best first."""
    typed = typed.strip()[:LONGEST_SEARCH]
    if len(typed) < FEWEST_CHARACTERS:
        return []
    version = content_version()
    index = search_index(version)
    found = find(index, typed, is_being_typed=True)
    shown = [index.documents[place] for place in found.places[:MOST]]
    cards = cards_by_key(version, [document.pk for document in shown])
    return [Suggestion(cards[document.pk], found_by(found.terms, document)) for document in shown]


def slugs_meant_by(typed: str) -> tuple[list[str], list[str]]:
    """Return the slugs with exactly this name, alias or code, and those that may be meant."""
    words = current_search_index()
    typed = typed[:LONGEST_SEARCH]
    exact = words.places_by_title.get(fold_name(typed), ())
    found = find(words, typed).places[:MOST]
    keys = {place: words.documents[place].pk for place in (*exact, *found)}
    slugs = dict(Certification.objects.filter(pk__in=keys.values()).values_list("pk", "slug"))
    return [slugs[keys[place]] for place in exact], [slugs[keys[place]] for place in found]
