"""Everyday words: they hide no name of the catalogue."""

import pytest

from catalog.listing.everyday_words import ALSO, ASKED_WITH, IN_OUR_WORDS
from catalog.listing.search_documents import current_search_index
from catalog.text_folding import fold


def test_words_are_written_as_search_compares_them() -> None:
    words = ASKED_WITH | IN_OUR_WORDS.keys() | ALSO.keys()
    assert {word for word in words if fold(word) != word or not word.isalpha()} == set()


@pytest.mark.usefixtures("guide")
def test_no_name_is_hidden_by_words_to_ask_with_or_of_other_languages() -> None:
    index = current_search_index()
    names = {**index.names.numbers, **index.bylines.numbers}
    titles = index.places_by_title
    assert (names.keys() & IN_OUR_WORDS.keys(), titles.keys() & ASKED_WITH) == (set(), set())
