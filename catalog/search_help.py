"""Help for a search: what else answers it than the names that it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.comparison import FEWEST, MOST
from catalog.guide_sentences import sentences_about
from catalog.listing.everyday_words import FREE, IN_OUR_WORDS
from catalog.listing.list_page import Listing
from catalog.listing.list_query import ListQuery
from catalog.listing.search import EXACT
from catalog.listing.search_documents import search_index
from catalog.listing.search_words import words_of
from catalog.models import Statement
from catalog.url_builder import build_url

CLEARLY = 0.05  # by how much the best score is before the next, if one entry is meant


@dataclass(frozen=True, slots=True)
class SearchHelp:
    """The ways on from what a search found, or did not find.

    `is_general` is true where the words found name none, `is_question` where there are no others.
    `unknown` has the names that find nothing where others do, each with the address of a search
    for it; `comparison` is the address of a comparison of the entries typed as alternatives.
    `free` is the list of those that cost nothing, where it is asked for. `sentences` are the
    guide's, where no word tells which entry is meant.
    """

    is_general: bool
    is_question: bool
    free: Listing | None
    comparison: str
    unknown: tuple[tuple[str, str], ...]
    sentences: tuple[Statement, ...]


def search_help(listing: Listing) -> SearchHelp | None:
    """Return what helps with the search of a list; None if there is no search."""
    if not listing.search:
        return None
    found = listing.found
    unknown = [
        (alternative.text, ListQuery({"q": (alternative.text,)}).url())
        for alternative in found.alternatives
        if not alternative.scores
    ]
    sentences: list[Statement] = []
    if found.is_general or not found.places:
        sentences = sentences_about(listing.index.version, listing.search)
    return SearchHelp(
        is_general=found.is_general and bool(found.places),
        is_question=not found.terms,
        free=_free_entries(listing),
        comparison=_comparison(listing),
        unknown=tuple(unknown) if found.places else (),
        sentences=tuple(sentences),
    )


def _comparison(listing: Listing) -> str:
    """Return the address that compares what was typed as alternatives; empty if it is unclear."""
    index, alternatives = listing.index, listing.found.alternatives
    documents = search_index(index.version).documents
    meant = dict.fromkeys(_meant(alternative.scores) for alternative in alternatives)
    if None in meant or not FEWEST <= len(meant) <= MOST:
        return ""
    keys = [documents[place].pk for place in meant if place is not None]
    slugs = [index.rows[index.position[key]].slug for key in keys]
    return build_url("catalog:certification_compare", [("cert", slug) for slug in slugs])


def _meant(scores: Mapping[int, float]) -> int | None:
    """Return the place that is clearly meant by a name; None if it may be several."""
    best_first = sorted(scores, key=lambda place: -scores[place])
    if not best_first:
        return None
    best, *others = best_first
    next_score = scores[others[0]] if others else 0.0
    return best if scores[best] >= EXACT or scores[best] - next_score >= CLEARLY else None


def _free_entries(listing: Listing) -> Listing | None:
    """Return the list without cost, of the rest of the words, if it is asked for in words."""
    words = listing.search.split()
    rest = [word for word in words if not _is_free(word)]
    if len(rest) == len(words) or listing.query.get("cost_max"):
        return None
    q = (" ".join(rest),) if rest else ()
    found = replace(listing, query=listing.query.replace(q=q, cost_max=("0",)))
    if not found.count:
        found = replace(listing, query=listing.query.replace(q=(), cost_max=("0",)))
    return found if found.count else None


def _is_free(word: str) -> bool:
    return any(IN_OUR_WORDS.get(part, part) == FREE for part in words_of(word))
