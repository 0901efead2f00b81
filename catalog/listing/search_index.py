"""Index of the words by which certifications are found, kept while the content stands.

It is in memory, so that both databases find the same. Certifications are numbered in the guide's
order; a place is such a number.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, takewhile
from math import log

from catalog.listing.search_words import bare_address, joined, runs_of, stem_of, words_of
from catalog.listing.typing_errors import nearest_words
from catalog.text_folding import fold_name

LEAST_WEIGHT = 0.02  # of a word that every certification has
ORDINARY_WEIGHT = 0.25  # at most, of a word of the guide's sentences that no name has
UNKNOWN_WEIGHT = 0.6  # of a word that nothing has; a distinctive one has up to 1
UNKNOWN_CODE = 1.0
UNKNOWN_NUMBER = 0.3  # often a year
SHORTEST_NAME = 3  # an unknown word of fewer letters names nothing
PAIR = 2


@dataclass(frozen=True, slots=True)
class Document:
    """The texts by which one certification is found."""

    pk: int
    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    provider: str = ""
    provider_of_kind: str = ""
    platform: str = ""
    kind: str = ""
    sentences: tuple[str, ...] = ()
    page_url: str = ""

    @property
    def titles(self) -> Iterator[str]:
        """The name, the aliases, and who issues it: what abbreviations are made of."""
        return chain((self.name,), self.aliases, filter(None, [self.provider]))

    @property
    def name_words(self) -> set[str]:
        """The words of name, aliases and codes; a code is one word and each of its parts."""
        texts = (self.name, *self.aliases, *self.codes)
        words = {word for text in texts for word in words_of(text)}
        return words | bare(words) | {joined(code) for code in self.codes}

    @property
    def byline_words(self) -> set[str]:
        """The words of who issues it and its kind, and of its platform."""
        return set(words_of(f"{self.provider} {self.platform} {self.provider_of_kind}"))


class WordList:
    """Words with the numbers of what has them: places of certifications, or sentences."""

    def __init__(self, numbers: Mapping[str, array[int]]) -> None:
        """Sort the words, to find them by their beginning."""
        self.numbers = numbers
        self.sorted = sorted(numbers)
        by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self.sorted:
            by_stem[stem_of(word)].append(word)
        self.by_stem: Mapping[str, list[str]] = by_stem

    def beginning_with(self, start: str) -> Iterator[str]:
        """Yield the words that begin with these letters."""
        first = bisect_left(self.sorted, start)
        words = (self.sorted[number] for number in range(first, len(self.sorted)))
        return takewhile(lambda word: word.startswith(start), words)

    def alike(self, word: str) -> list[str]:
        """Return the words that differ from a word by typing errors; none if it has a digit."""
        return nearest_words(word, self.sorted)

    def having(self, words: Iterable[str]) -> set[int]:
        """Return the numbers of what has any of these words."""
        return set(chain.from_iterable(self.numbers.get(word, ()) for word in words))


class NameWords:
    """The words of names, of who issues what, and of kinds, with the places that have them."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        """Number the documents in this order."""
        self.documents = documents
        self.names = _word_list(document.name_words for document in documents)
        self.bylines = _word_list(document.byline_words for document in documents)
        self.kinds = _word_list(set(words_of(document.kind)) for document in documents)
        # The short words of names (“ml”) by the two words that other names have for them.
        self.initials: dict[tuple[str, ...], str] = {}
        self.runs = _numbers(map(self._keys_of_runs, documents))

    def _keys_of_runs(self, document: Document) -> set[str]:
        """Return the abbreviations and joined pairs of a document, and note the initials."""
        keys = set()
        for title in document.titles:
            for key, words in runs_of(title):
                keys.add(key)
                if len(words) == len(key) == PAIR and key in self.names.numbers:
                    self.initials[words] = key
        return keys

    @cached_property
    def places_by_title(self) -> Mapping[str, list[int]]:
        """The places by name, alias and code, written in one way."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, document in enumerate(self.documents):
            for title in {document.name, *document.aliases, *document.codes}:
                places[fold_name(title)].append(place)
        return places

    @cached_property
    def places_by_address(self) -> Mapping[str, list[int]]:
        """The places by the address of the vendor's page."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, document in enumerate(self.documents):
            if address := bare_address(document.page_url):
                places[address].append(place)
        return places


@lru_cache(maxsize=1)
def _name_words(documents: tuple[Document, ...]) -> NameWords:
    """The words of names, which most edits leave as they are: made once for the same names."""
    return NameWords(documents)


class SearchIndex:
    """The documents, and by words of each kind of text the places that have them."""

    def __init__(self, documents: Iterable[Document], chapters: Iterable[str] = ()) -> None:
        """Number the documents in this order; chapters tell which words are common."""
        self.documents = tuple(documents)
        known = _name_words(tuple(replace(document, sentences=()) for document in self.documents))
        self.names, self.bylines, self.kinds = known.names, known.bylines, known.kinds
        self.initials, self.runs = known.initials, known.runs
        self._known = known
        sentences = [
            (place, text)
            for place, document in enumerate(self.documents)
            for text in document.sentences
        ]
        self.place_of_sentence = array("I", (place for place, _ in sentences))
        self.sentences = _word_list(set(words_of(text)) for _, text in sentences)
        self._chapters = [frozenset(map(stem_of, words_of(text))) for text in chapters]

    @property
    def places_by_title(self) -> Mapping[str, list[int]]:
        """The places by name, alias and code, written in one way."""
        return self._known.places_by_title

    @property
    def places_by_address(self) -> Mapping[str, list[int]]:
        """The places by the address of the vendor's page."""
        return self._known.places_by_address

    @cached_property
    def place_of(self) -> Mapping[int, int]:
        """The places by primary key."""
        return {document.pk: place for place, document in enumerate(self.documents)}

    @cached_property
    def name_weights(self) -> array[float]:
        """The weight of each name: that of its words together."""
        return array(
            "d",
            (sum(map(self.weight, set(words_of(document.name)))) for document in self.documents),
        )

    def shares_of_titles(self, place: int, words: Collection[str]) -> Iterator[float]:
        """Yield, of the name and of each alias, the share that these words are, by weight."""
        document = self.documents[place]
        for title in (document.name, *document.aliases):
            weights = {word: self.weight(word) for word in words_of(title)}
            found = sum(weight for word, weight in weights.items() if word in words)
            yield found / (sum(weights.values()) or 1.0)

    def weight(self, word: str, *, number: int = 0) -> float:
        """Return how much a word tells about what is meant, up to 1: the rarer, the more.

        Of a beginning, an abbreviation or a word with a typing error, by the number of what it
        finds.
        """
        known = self._weights.get(stem_of(word))
        if known is not None:
            return known
        if number:
            return self._rarity(number / len(self.documents))
        if not word.isalpha():
            return UNKNOWN_NUMBER if word.isdigit() else UNKNOWN_CODE
        return UNKNOWN_WEIGHT if len(word) >= SHORTEST_NAME else 0.0

    def _rarity(self, share: float, most: float = 1.0) -> float:
        return max(LEAST_WEIGHT, min(most, -log(share) / log(len(self.documents) + 1)))

    @cached_property
    def _weights(self) -> dict[str, float]:
        # The share of names, or of texts of the guide, whichever is more: a word that
        # every text has tells nothing, even if few names have it.
        names: dict[str, set[int]] = defaultdict(set)
        for words in (self.names, self.bylines, self.kinds):
            for word, places in words.numbers.items():
                names[stem_of(word)].update(places)
        texts: dict[str, set[int]] = defaultdict(set)
        for word, numbers in self.sentences.numbers.items():
            texts[stem_of(word)].update(self.place_of_sentence[number] for number in numbers)
        told = len(set(self.place_of_sentence))
        for number, stems in enumerate(self._chapters, len(self.documents)):
            for stem in stems:
                texts[stem].add(number)
        told += len(self._chapters)
        weights = {}
        for stem in names.keys() | texts.keys():
            share = max(_share(names, stem, len(self.documents)), _share(texts, stem, told))
            most = 1.0 if stem in names else ORDINARY_WEIGHT
            weights[stem] = self._rarity(share, most)
        return weights


def _share(found: Mapping[str, set[int]], stem: str, total: int) -> float:
    return len(found.get(stem, ())) / total if total else 0.0


def bare(words: Collection[str]) -> set[str]:
    """Return the words that end in a sign without it: “ai” for “ai+”."""
    return {word.rstrip("+#") for word in words if not word[-1:].isalnum()}


def _word_list(words: Iterable[Collection[str]]) -> WordList:
    return WordList(_numbers(words))


def _numbers(words: Iterable[Collection[str]]) -> dict[str, array[int]]:
    numbers: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, found in enumerate(words):
        for word in found:
            numbers[word].append(number)
    return dict(numbers)
