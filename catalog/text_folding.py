"""Folded texts: what is alike to somebody who looks for a name."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

# Letters of Cyrillic and Greek, each with the Latin one that nobody can tell from it.
TWINS = dict(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405"
        "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u04cf"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf",
        "ABEKMHOPCTXYIJSaeopcxyijshdlABEZHIKMNOPTYXo",
        strict=True,
    )
)
LETTERS = re.compile(r"[^\W\d_]+")
LATIN = re.compile("[A-Za-z]")
# After folding; with the Turkish “i” without a dot, and the signs that a typesetter varies.
AS_LATIN = {ord(other.casefold()): latin.casefold() for other, latin in TWINS.items()} | {
    ord("\u0131"): "i",
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
}
TWIN = re.compile(f"[{''.join(chr(code) for code in AS_LATIN if chr(code).isalpha())}]")


def fold(text: str) -> str:
    """The text without case, accents and width: “Élan” and “elan” become the same."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        # Signs stay: the one for a trade mark would become two letters.
        signs = (unicodedata.normalize("NFKC", sign) if sign.isalnum() else sign for sign in text)
        text = "".join(signs)
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()


def fold_twins(text: str) -> str:
    """The folded text with Latin letters for those of other scripts that look like them."""
    folded = fold(text)
    return folded.translate(AS_LATIN) if TWIN.search(folded) else folded


@lru_cache(maxsize=50_000)  # an edit compares a name with all others
def fold_name(text: str) -> str:
    """A name without case, accents, blanks and dashes: “AI-102” and “ai 102” become the same."""
    return re.sub(r"[^\w+#]|_", "", fold_twins(text))


@lru_cache(maxsize=50_000)  # as above
def look_of(text: str) -> str:
    """The text as it looks at a glance: names that differ in capitals or twins become the same."""
    return unicodedata.normalize("NFKC", text).casefold().translate(AS_LATIN)


def word_of_two_scripts(text: str) -> str:
    """The first word that mixes Latin letters with twins of them; empty if there is none."""
    for word in LETTERS.findall("" if text.isascii() else text):
        if LATIN.search(word) and not TWINS.keys().isdisjoint(word):
            return str(word)
    return ""
