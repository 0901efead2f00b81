"""Search: the certifications that a person means by what was typed, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import permutations

from catalog.listing.everyday_words import ASKED_WITH, IN_FULL
from catalog.listing.search_index import PAIR, UNKNOWN_CODE, SearchIndex, WordList
from catalog.listing.search_words import TypedWord, alternatives_in, bare_address, stem_of
from catalog.text_folding import fold_name

# How well a place of the index answers a typed word: whole words before parts,
# names before what the guide says.
WHOLE, ABBREVIATION, FORM, BYLINE, PART, TYPO = 1.0, 0.94, 0.92, 0.9, 0.75, 0.7
KIND, SAID, SAID_PART = 0.4, 0.35, 0.25

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


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several names that were typed, and the scores of what it finds."""

    text: str
    scores: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of what was found, best first, and the terms that found them."""

    places: tuple[int, ...]
    terms: tuple[Term, ...]
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_general(self) -> bool:
        """True if no word tells which one is meant."""
        return all(term.weight < GENERIC for term in self.terms)


def find(index: SearchIndex, typed: str, *, is_being_typed: bool = False) -> Found:
    """Return what a query finds; while it is being typed, only names that may be meant.

    The last word is a beginning then.
    """
    at_address = index.places_by_address.get(bare_address(typed), ())
    scores = dict.fromkeys(at_address, EXACT)
    terms: list[Term] = []
    alternatives = []
    for text, words in alternatives_in(typed):
        meant = understand(index, words, is_being_typed=is_being_typed)
        matches = _matches(index, meant, fold_name(text))
        alternatives.append(Alternative(text, matches))
        for place, score in matches.items():
            if not is_being_typed or any(place in term.named for term in meant):
                scores[place] = max(score, scores.get(place, 0.0))
        terms += meant
    # Sorting is stable: of what is nearly alike, the stronger signal comes first.
    places = sorted(sorted(scores), key=lambda place: -round(scores[place], ALIKE))
    return Found(tuple(places), tuple(terms), tuple(alternatives))


def find_near(index: SearchIndex, typed: str) -> tuple[int, ...]:
    """Return the places of names that have some of what was typed, best first."""
    terms = [term for _, words in alternatives_in(typed) for term in understand(index, words)]
    scores = _partly_named(terms, enough=NEAREST)
    return tuple(sorted(scores, key=lambda place: (-round(scores[place], 4), place)))


def understand(
    index: SearchIndex, words: list[TypedWord], *, is_being_typed: bool = False
) -> list[Term]:
    """Return the terms of the words, which some neighbours may mean together."""
    last = words[-1] if is_being_typed or len(words) == 1 else None
    terms = [_term(index, word, is_beginning=word is last) for word in words]
    for place, word in enumerate(words):
        if whole := IN_FULL.get(word.text):
            also = _with(terms[place], _term(index, TypedWord(whole), is_beginning=False))
            terms[place] = replace(also, weight=index.weight(whole))
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
