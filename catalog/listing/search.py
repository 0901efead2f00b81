"""Search: the certifications that a person means by what was typed, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from catalog.listing.search_index import SearchIndex
from catalog.listing.search_terms import WHOLE, Term, understand
from catalog.listing.search_words import TypedWord, alternatives_in, bare_address
from catalog.text_folding import fold_name

SAID = 0.35  # how well a sentence answers a word, where a name answers it with 1
GENERIC = 0.3  # a word of less weight need not be found where another one is
ENOUGH = 0.6  # the share of weight that a name has to have if no name has every word
ENOUGH_KNOWN = 0.54  # the same where it has every word that anything has
NEAREST = 0.45  # the same of a name that is only near
OF_BEST = 0.8  # the share of the best match that others need then
EXACT = 2.0  # the score of a whole name, alias, code or address
ALIKE = 2  # digits of a score: what differs in later ones is alike
OF_TITLE = 0.08  # the share of a title that was typed counts beside how well it was typed
OF_ASKED = 0.02  # the same of words to ask with that a name has: “AI for Everyone”
MOST_READ = 200  # names of which every title is looked at; of more, the name alone


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several names that were typed, and the scores of what it finds."""

    text: str
    scores: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of what was found, best first, and the terms that can tell of one."""

    places: tuple[int, ...]
    terms: tuple[Term, ...]
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_general(self) -> bool:
        """True if no word tells which one is meant."""
        return _is_general(self.terms)


def find(index: SearchIndex, typed: str, *, is_being_typed: bool = False) -> Found:
    """Return what a query finds; while it is being typed, only names that may be meant.

    The last word is a beginning then.
    """
    at_address = index.places_by_address.get(bare_address(typed), ())
    scores = dict.fromkeys(at_address, EXACT)
    terms: list[Term] = []
    alternatives = []
    for text, meant in _alternatives_meant(index, typed, is_being_typed=is_being_typed):
        matches = _matches(index, meant, fold_name(text))
        alternatives.append(Alternative(text, matches))
        for place, score in matches.items():
            if not is_being_typed or any(place in term.named for term in meant):
                scores[place] = max(score, scores.get(place, 0.0))
        terms += [term for term in meant if term.weight]
    # Sorting is stable: of what is nearly alike, the stronger signal comes first.
    places = sorted(sorted(scores), key=lambda place: -round(scores[place], ALIKE))
    return Found(tuple(places), tuple(terms), tuple(alternatives))


def _alternatives_meant(
    index: SearchIndex, typed: str, *, is_being_typed: bool
) -> Iterator[tuple[str, list[Term]]]:
    """Yield each alternative with its terms; one that tells nothing has words of that before it.

    In “Nvidia associate or professional” the second is one of Nvidia as well.
    """
    before: list[TypedWord] = []
    for text, words in alternatives_in(typed):
        meant = understand(index, words, is_being_typed=is_being_typed)
        whole = words
        if len(words) < len(before) and _is_general(meant):
            whole = [*before[: -len(words)], *words]
            meant = understand(index, whole, is_being_typed=is_being_typed)
        before = whole
        yield text, meant


def _is_general(terms: Iterable[Term]) -> bool:
    return all(term.weight < GENERIC for term in terms)


def find_near(index: SearchIndex, typed: str) -> tuple[int, ...]:
    """Return the places of names that have some of what was typed, best first."""
    terms = [term for _, words in alternatives_in(typed) for term in understand(index, words)]
    scores = _partly_named(terms, enough=NEAREST)
    return tuple(sorted(scores, key=lambda place: (-round(scores[place], 4), place)))


def _matches(index: SearchIndex, terms: list[Term], title: str) -> dict[int, float]:
    """Return the scores of what has every word that tells something, or nearly so."""
    asked = [term for term in terms if not term.weight]
    terms = [term for term in terms if term.weight]
    if not terms:
        return {}
    telling = [term for term in terms if term.weight >= GENERIC] or terms
    named = _named(terms) or _named(telling) or _named_but_for_unknown(telling)
    quoted = _quoted(index, telling) - named
    asked_for = "".join(term.typed.text for term in terms)
    exact = index.places_by_title.get(title, index.places_by_title.get(asked_for, []))
    scores = {place: _score(terms, place) for place in {*named, *quoted, *exact}}
    if not named:
        partly = _partly_named(telling if len(telling) > 1 else terms, enough=ENOUGH)
        # What has every word comes before names that lack one, if a word of it is in its name.
        complete = [place for place in quoted if any(place in term.named for term in telling)]
        most = min((scores[place] for place in complete), default=1.0)
        scores = {place: min(score, most) for place, score in partly.items()} | scores
    for place, share in _covered(index, terms, named):
        scores[place] += OF_TITLE * min(1.0, share)
    for term in asked:
        for place in scores.keys() & {place for place, at in term.named.items() if at == WHOLE}:
            scores[place] += OF_ASKED / len(asked)
    for place in exact:
        scores[place] = EXACT
    return scores


def _covered(
    index: SearchIndex, terms: list[Term], places: Collection[int]
) -> Iterator[tuple[int, float]]:
    """Yield for each place the share of its best title, by weight, that was typed."""
    total = sum(term.weight for term in terms)
    words = frozenset[str]().union(*(term.words for term in terms))
    # An abbreviation stands for several words of a title.
    has_titles_read = len(places) <= MOST_READ and not any(term.runs for term in terms)
    for place in places:
        of_name = total / (index.name_weights[place] or 1.0)
        of_titles = max(index.shares_of_titles(place, words)) if has_titles_read else 0.0
        yield place, of_titles or of_name


def _named(terms: list[Term]) -> set[int]:
    """Return the places of the names that have every word."""
    return reduce(set.intersection, (set(term.named) for term in terms))


def _named_but_for_unknown(terms: list[Term]) -> set[int]:
    """Return the places of the names that have every word but those that nothing has."""
    known = [term for term in terms if term.named or term.said]
    share = sum(term.weight for term in known) / sum(term.weight for term in terms)
    return _named(known) if share >= ENOUGH_KNOWN else set()


def _score(terms: list[Term], place: int) -> float:
    """Return how well the words of a name answer, from 0 to 1; a sentence counts less."""
    total = sum(term.weight for term in terms)
    answered = sum(term.weight * term.named.get(place, SAID) for term in terms)
    return answered / total


def _quoted(index: SearchIndex, terms: list[Term]) -> set[int]:
    """Return the places that have all words, those that no name has in one sentence."""
    place_of = index.place_of_sentence
    said_by_place = [{place_of[number] for number in term.said} for term in terms]
    possible = reduce(
        set.intersection,
        ({*term.named, *said} for term, said in zip(terms, said_by_place, strict=True)),
    )
    quoted = set()
    for number in {number for term in terms for number in term.said}:
        place = place_of[number]
        if place in possible and place not in quoted:
            missing = (term for term in terms if place not in term.named)
            if all(number in term.said for term in missing):
                quoted.add(place)
    return quoted


def _partly_named(terms: list[Term], *, enough: float) -> dict[int, float]:
    """Return the scores of names that have enough of the words, by weight."""
    total = sum(term.weight for term in terms)
    scores: dict[int, float] = {}
    for term in terms:
        for place, quality in term.named.items():
            scores[place] = scores.get(place, 0.0) + term.weight * quality / (total or 1.0)
    least = max(enough, OF_BEST * max(scores.values(), default=0.0))
    return {place: score for place, score in scores.items() if score >= least}
