"""Terms of a search: what each typed word may mean in the index, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations

from catalog.listing.everyday_words import ALSO, ASKED_WITH
from catalog.listing.search_index import PAIR, UNKNOWN_CODE, SearchIndex, WordList
from catalog.listing.search_words import TypedWord, stem_of

# How well a place of the index answers a typed word: whole words before parts,
# names before what the guide says.
WHOLE, ABBREVIATION, FORM, BYLINE, PART, TYPO = 1.0, 0.94, 0.92, 0.9, 0.75, 0.7
KIND = 0.4

MOST_PARTS = 3  # of a word that was typed in parts: “free code camp”
SHORTEST_PART, SHORTEST_SAID_PART = 3, 4


@dataclass(frozen=True, slots=True)
class Term:
    """A typed word, and all that it may mean: words of the index, and keys of its runs.

    `named` has the quality of the answer by place, from names; `said` has the sentences.
    """

    typed: TypedWord
    weight: float
    words: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()
    named: Mapping[int, float] = field(default_factory=dict)
    said: frozenset[int] = frozenset()


def understand(
    index: SearchIndex, words: list[TypedWord], *, is_being_typed: bool = False
) -> list[Term]:
    """Return the terms of the words, which some neighbours may mean together."""
    last = words[-1] if is_being_typed or len(words) == 1 else None
    terms = [_term(index, word, is_beginning=word is last) for word in words]
    for place, word in enumerate(words):
        if other := ALSO.get(word.text):
            also = _with(terms[place], _term(index, TypedWord(other), is_beginning=False))
            terms[place] = replace(also, weight=min(also.weight, index.weight(other)))
    for number in range(2, MOST_PARTS + 1):
        for first in range(len(words) - number + 1):
            parts = words[first : first + number]
            for named in _named_together(index, parts):
                for place in range(first, first + number):
                    terms[place] = _with(terms[place], named)
    return terms


def _term(index: SearchIndex, word: TypedWord, *, is_beginning: bool) -> Term:
    text = word.text
    layers: list[tuple[float, list[str]]] = []
    shortest = SHORTEST_PART - is_beginning
    if not word.is_part_of_code:
        layers = _layers(index.names, text, shortest)
    runs = frozenset({text} & index.runs.keys())
    byline = [other for _, others in _layers(index.bylines, text, shortest) for other in others]
    if not layers and not runs and not byline and not _is_said(index, text):
        others = index.names.beginning_with(word.start) if word.start else index.names.alike(text)
        layers = [(TYPO, list(others))]
    named: dict[int, float] = {}
    # From the worst to the best, which stays.
    named.update(dict.fromkeys(index.kinds.having(_forms(index.kinds, text)), KIND))
    for quality, words in reversed(layers):
        named.update(dict.fromkeys(index.names.having(words), quality))
    _raise(named, index.bylines.having(byline), BYLINE)
    _raise(named, index.runs.get(text, ()), ABBREVIATION)
    said = [] if word.is_part_of_code else _said_words(index, text)
    found = frozenset(other for _, others in layers for other in others) | {*byline, *said}
    weight = UNKNOWN_CODE if word.is_part_of_code else index.weight(text, number=len(named))
    if text in ASKED_WITH:
        weight = 0.0
    return Term(word, weight, found, runs, named, frozenset(index.sentences.having(said)))


def _layers(words: WordList, text: str, shortest: int) -> list[tuple[float, list[str]]]:
    """Return the words that a text may mean, by the quality of the answer, best first."""
    forms = _forms(words, text)
    parts = words.beginning_with(text) if len(text) >= shortest else ()
    layers = [
        (WHOLE, [text] if text in words.numbers else []),
        (FORM, [form for form in forms if form != text]),
        (PART, [part for part in parts if part not in forms]),
    ]
    return [layer for layer in layers if layer[1]]


def _forms(words: WordList, text: str) -> list[str]:
    return words.by_stem.get(stem_of(text), [])


def _is_said(index: SearchIndex, text: str) -> bool:
    return bool(_forms(index.sentences, text) or _forms(index.kinds, text))


def _said_words(index: SearchIndex, text: str) -> list[str]:
    if len(text) < SHORTEST_SAID_PART:
        return _forms(index.sentences, text)
    return [*_forms(index.sentences, text), *index.sentences.beginning_with(text)]


def _named_together(index: SearchIndex, parts: list[TypedWord]) -> Iterator[Term]:
    """Yield what neighbours mean as one word, and by their initials where names have those."""
    text = "".join(part.text for part in parts)
    forms = _forms(index.names, text) or _forms(index.bylines, text)
    is_run = text in index.runs and len(parts) == PAIR
    # Without a form, it is two words of a name that were typed as two words.
    if forms or (is_run and parts[-1].is_part_of_code):
        runs = index.runs.get(text, ()) if is_run else ()
        places = {*index.names.having(forms), *index.bylines.having(forms), *runs}
        yield _meaning(text, forms, places, {text} & index.runs.keys())
    for order in permutations([part.text for part in parts]):
        if short := index.initials.get(order):
            yield _meaning(short, [short], index.names.having([short]))


def _meaning(
    text: str, words: Iterable[str], places: Iterable[int], runs: Iterable[str] = ()
) -> Term:
    named = dict.fromkeys(places, ABBREVIATION)
    return Term(TypedWord(text), 1.0, frozenset(words), frozenset(runs), named)


def _with(term: Term, pair: Term) -> Term:
    """Return a term that means what it and its neighbour mean together as well."""
    named = dict(term.named)
    _raise(named, pair.named, ABBREVIATION)
    weight = term.weight or pair.weight
    words, runs = term.words | pair.words, term.runs | pair.runs
    return Term(term.typed, weight, words, runs, named, term.said)


def _raise(named: dict[int, float], places: Iterable[int], quality: float) -> None:
    for place in places:
        if named.get(place, 0.0) < quality:
            named[place] = quality
