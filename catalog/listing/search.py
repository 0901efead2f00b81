"""Full-text search.

The certifications that have all the words of a query, and where they have them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import connection
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.folding import fold
from catalog.models import Certification
from catalog.models.search import folded_words

MOST_TOKENS = 10

# For each database: how a token is written, what joins tokens, and the query that takes them.
DIALECTS = {
    "sqlite": (
        '"{}"*',
        " AND ",
        "SELECT rowid FROM catalog_searchindex WHERE catalog_searchindex MATCH %s",
    ),
    "postgresql": (
        "'{}':*",
        " & ",
        "SELECT certification_id FROM catalog_searchdocument WHERE words @@ %s::tsquery",
    ),
}


def tokens(q: str) -> tuple[str, ...]:
    """The words of what a person typed, in lower case, each once, the first ten."""
    words = (part for is_word, part in _parts(q.lower()) if is_word)
    return tuple(dict.fromkeys(words))[:MOST_TOKENS]


def matching(q: str) -> frozenset[int]:
    """Primary keys of the certifications in which each token begins a word; none without tokens."""
    beginnings = _beginnings(tokens(q))
    if not beginnings:
        return frozenset()
    token, conjunction, query = DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        # Letters and digits in quotes: nothing of MATCH's or tsquery's own syntax is left.
        cursor.execute(query, [conjunction.join(map(token.format, beginnings))])
        return frozenset(pk for (pk,) in cursor.fetchall())


def highlight(text: str, words: Sequence[str]) -> SafeString:
    """The text, escaped, with each word that begins with one of the tokens marked."""
    beginnings = _beginnings(words)
    marked = (
        format_html("<mark>{}</mark>", part)
        if is_word and fold(part).startswith(beginnings)
        else part
        for is_word, part in _parts(text)
    )
    return format_html_join("", "{}", ((part,) for part in marked))


def matching_sentence(certification: Certification, words: Sequence[str]) -> SafeString | None:
    """Of the certification's statements, the first that shows most of the tokens, marked.

    Else None.
    """
    beginnings = _beginnings(words)

    def shown(text: str) -> int:
        found = folded_words(text)
        return sum(any(word.startswith(start) for word in found) for start in beginnings)

    texts = [statement.text for statement in certification.statements.all()]
    best = max(texts, key=shown, default="")
    return highlight(best, words) if shown(best) else None


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts, words and what is between them; a combining accent belongs to a word."""
    for _, run in groupby(text, lambda each: each.isalnum() or unicodedata.combining(each) > 0):
        part = "".join(run)
        yield bool(folded_words(part)), part


def _beginnings(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(folded_words(" ".join(words)))
