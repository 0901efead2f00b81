"""Words of a text as search compares them: folded, their stems, and what a typed query asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from catalog.listing.everyday_words import IN_OUR_WORDS
from catalog.text_folding import fold_twins

MOST_WORDS = 20  # of a query; a name has fewer
LONGEST_WORD = 100
LONGEST_INITIALS = 6
BEGINNING = 3  # the letters of a word that stand for it before a short one
WORD = re.compile(r"[^\W_]+[+#]*")
# A blank or a sign that parts names; dashes and dots hold the parts of a code together.
CHUNK = re.compile(r"[^\s,;:/|&()\[\]{}<>\"“”„«»!?]+")
GENITIVE = re.compile(r"['’`]s?(?![^\W_])")
# Letters and digits that Japanese keyboards write in the width of a kanji.
FULL_WIDTH = range(0xFF01, 0xFF5F)
HALF_WIDTH = {code: code - FULL_WIDTH.start + ord("!") for code in FULL_WIDTH}
SHORT_LETTERS = 4  # “AB 100” is a code, “associate 100” is none
PARTS_WITH_YEAR = 3
YEAR = re.compile(r"20[0-9]{2}")  # nor is “exam 2026”
ALTERNATIVES = re.compile(r"\s(?:vs\.?|versus|or)\s", re.IGNORECASE)
ADDRESS = re.compile(  # with its scheme, or with a dot in the name of its host
    r"(?:https?://|(?=[^\s/]+\.[^\s/]+/))(?:www\.)?([\w.-]+(?::[0-9]+)?/[^\s?#]*)\S*", re.IGNORECASE
)
LAST_PARTS = 2  # of an address: what comes before says where a site keeps its pages


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, without a possessive “s”; “AI+” keeps its sign."""
    folded = fold_twins(GENITIVE.sub(" ", text))
    return [word[:LONGEST_WORD] for word in WORD.findall(folded)]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """Return the part that the forms of an English word share."""
    # One stemmer for all would mix the words of requests that run at the same time.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def joined(text: str) -> str:
    """Return the letters and digits of a text as one word: “ai102” for “AI-102”."""
    return "".join(words_of(text))


def runs_of(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the abbreviations and joined pairs of a name, each with the words it stands for."""
    words = words_of(text)
    for left, right in pairwise(words):
        yield left + right, (left, right)
        if len(right) <= SHORT_LETTERS < len(left):
            yield left[:BEGINNING] + right, (left, right)  # “genai” for “generative AI”
    # Small words have no place in an abbreviation: “Certificates of Completion” is CC.
    capitals = [fold_twins(word) for word in WORD.findall(text) if word[:1].isupper()]
    for first in range(len(capitals)):
        for last in range(first + 2, min(first + LONGEST_INITIALS, len(capitals)) + 1):
            run = tuple(capitals[first:last])
            yield "".join(word[0] for word in run), run


def bare_address(text: str) -> str:
    """Return the address that a text is, without what may differ; empty if it is none."""
    match = ADDRESS.fullmatch(text.strip())
    return match[1].rstrip("/").casefold() if match else ""


def texts_of_address(address: str) -> list[str]:
    """Return the parts of an address that may tell what its page is about."""
    host, *parts = address.replace("-", " ").split("/")
    site = host.partition(":")[0].split(".")[-2:][0]
    return [" ".join([site, *parts[-LAST_PARTS:]]), *parts[-1:]]


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One word of a query, in the words of the catalogue.

    A code (letters and digits in one, such as “ai102”) is found whole or from its beginning, never
    by its parts; `start` is a code of three parts or more without the last, often its year. A
    number after a short word (“AB 100”) is found together with that word only.
    """

    text: str
    is_code: bool = False
    is_part_of_code: bool = False
    start: str = ""


def alternatives_in(typed: str) -> Iterator[tuple[str, list[TypedWord]]]:
    """Yield each alternative of a query such as “Google or AWS”, with its words."""
    typed = typed.translate(HALF_WIDTH)
    address = bare_address(typed)
    for text in texts_of_address(address) if address else ALTERNATIVES.split(f" {typed} "):
        if words := typed_words(text):
            yield text.strip(), words


def typed_words(text: str) -> list[TypedWord]:
    """Return the words of what a person typed, each once, the first twenty."""
    words: list[TypedWord] = []
    for chunk in CHUNK.findall(GENITIVE.sub(" ", text)):
        parts = words_of(chunk)
        is_code = any(map(str.isdigit, chunk)) and any(map(str.isalpha, chunk))
        if is_code and parts:
            start = "".join(parts[:-1]) if len(parts) >= PARTS_WITH_YEAR else ""
            text = "".join(parts)[:LONGEST_WORD]
            words.append(TypedWord(text, is_code=True, start=start))
            continue
        for part in parts:
            after_letters = bool(words) and words[-1].text.isalpha()
            is_number = part.isdigit() and not YEAR.fullmatch(part)
            belongs = is_number and after_letters and len(words[-1].text) <= SHORT_LETTERS
            words.append(TypedWord(IN_OUR_WORDS.get(part, part), is_part_of_code=belongs))
    return list(dict.fromkeys(words))[:MOST_WORDS]
