"""Folded texts: what is alike to somebody who looks for a name."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse


def fold(text: str) -> str:
    """The text without case and accents: “Élan” and “elan” become the same."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()


@lru_cache(maxsize=50_000)  # an edit compares a name with all others
def fold_name(text: str) -> str:
    """A name without case, accents, blanks and dashes: “AI-102” and “ai 102” become the same."""
    return re.sub(r"[^\w+#]|_", "", fold(text))
