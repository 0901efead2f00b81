"""Search in the guide's chapters: the sentences that answer a question about certifications."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log

from catalog.listing.everyday_words import IN_OUR_WORDS, SMALL_WORDS
from catalog.listing.search_words import stem_of, words_of
from catalog.models import Statement
from catalog.row_cache import chapters

MOST = 3
LEAST_RARITY = 0.4  # of a word, from 0 for what every sentence has to 1


@dataclass(frozen=True, slots=True)
class GuideSentences:
    """The sentences of the chapters with the stems of each, and how rare each stem is."""

    statements: tuple[Statement, ...]
    stems: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]


def sentences_about(version: str, typed: str) -> list[Statement]:
    """Return the sentences that have a telling word of what was typed, best first."""
    guide = _guide_sentences(version)
    words = _stems(IN_OUR_WORDS.get(word, word) for word in words_of(typed))
    telling = {stem for stem in words if guide.rarity.get(stem, 0.0) >= LEAST_RARITY}
    found = []
    for place, stems in enumerate(guide.stems):
        if common := telling & stems:
            found.append((-sum(guide.rarity[stem] for stem in common), place))
    return [guide.statements[place] for _, place in sorted(found)[:MOST]]


@lru_cache(maxsize=1)
def _guide_sentences(version: str) -> GuideSentences:
    statements = [s for chapter in chapters(version) for s in chapter.statements.all()]
    stems = [_stems(words_of(statement.text)) for statement in statements]
    count = Counter(chain.from_iterable(stems))
    whole = log(len(statements) + 1)
    rarity = {stem: -log(number / len(statements)) / whole for stem, number in count.items()}
    return GuideSentences(tuple(statements), tuple(stems), rarity)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(stem_of(word) for word in words if word not in SMALL_WORDS)
