"""Marks: by which of its words a search found a certification."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.listing.search import GENERIC
from catalog.listing.search_index import Document
from catalog.listing.search_terms import Term
from catalog.listing.search_words import joined, runs_of, words_of

Terms = Iterable[Term]


@dataclass(frozen=True, slots=True)
class FoundBy:
    """The text by which a certification was found, with the words marked.

    Aliases, codes and the sentence are there only if they have a word that the name has not.
    """

    name: SafeString
    provider: SafeString
    aliases: tuple[SafeString, ...]
    codes: tuple[SafeString, ...]
    sentence: SafeString | None


def found_by(terms: Terms, document: Document) -> FoundBy:
    """Return what of a certification's texts these terms find."""
    terms = tuple(terms)
    rest = [term for term in terms if not _has(f"{document.name} {document.provider}", term)]
    codes, rest = _with_words(document.codes, rest)
    aliases, rest = _with_words(document.aliases, rest)
    telling = [term for term in rest if term.weight >= GENERIC] or rest
    return FoundBy(
        highlight(document.name, terms),
        highlight(document.provider, terms),
        tuple(highlight(alias, terms) for alias in aliases),
        tuple(highlight(code, terms) for code in codes),
        _sentence(document.sentences, terms, telling),
    )


def highlight(text: str, terms: Terms) -> SafeString:
    """Return the text, escaped, with each word marked that a term found."""
    words = frozenset[str]().union(*(_words_in(text, term) for term in terms))
    if joined(text) in words:
        return format_html("<mark>{}</mark>", text)
    marked = (
        format_html("<mark>{}</mark>", part) if is_word and words_of(part)[0] in words else part
        for is_word, part in _parts(text)
    )
    return format_html_join("", "{}", ((part,) for part in marked))


def _words_in(text: str, term: Term) -> frozenset[str]:
    found = {*words_of(text), joined(text)} & term.words
    for key, words in runs_of(text):
        if key in term.runs:
            found.update(words)
    return frozenset(found)


def _has(text: str, term: Term) -> bool:
    return bool(_words_in(text, term))


def _with_words(texts: Iterable[str], terms: list[Term]) -> tuple[list[str], list[Term]]:
    """Return the first text that has each of the terms, and the terms that none has."""
    found: list[str] = []
    rest = []
    for term in terms:
        text = next((text for text in texts if _has(text, term)), None)
        if text is None:
            rest.append(term)
        elif text not in found:
            found.append(text)
    return found, rest


def _sentence(sentences: Iterable[str], terms: Terms, missing: list[Term]) -> SafeString | None:
    """Return the first sentence that has most of the missing terms, marked; None if none has."""

    def number(text: str) -> int:
        return sum(_has(text, term) for term in missing)

    best = max(sentences, key=number, default="")
    return highlight(best, terms) if number(best) else None


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield words and what is between them; a combining accent belongs to a word."""
    for _, run in groupby(text, lambda sign: sign.isalnum() or unicodedata.combining(sign) > 0):
        part = "".join(run)
        yield bool(words_of(part)), part
