"""Typing errors in searches: the words that a mistyped one may be."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

LETTERS_PER_ERROR = ((4, 1), (8, 2))  # from how many letters on a word may have how many errors
MOST_COMPARED = 20


def nearest_words(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that differ least from a word, by errors that its length allows.

    A word with a digit has none: what is nearest to a code is another code.
    """
    errors = max((most for letters, most in LETTERS_PER_ERROR if len(word) >= letters), default=0)
    if not errors or not word.isalpha():
        return []
    choices = [other for other in known if len(other) >= LETTERS_PER_ERROR[0][0]]
    found = process.extract(
        word, choices, scorer=OSA.distance, score_cutoff=errors, limit=MOST_COMPARED
    )
    nearest = min((distance for _, distance, _ in found), default=0)
    return [other for other, distance, _ in found if distance == nearest and other.isalpha()]
