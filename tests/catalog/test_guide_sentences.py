"""Sentences of the guide's chapters: those that answer what was typed, best first."""

import pytest

from catalog.editorial.content_version import content_version
from catalog.guide_sentences import MOST, sentences_about

pytestmark = pytest.mark.usefixtures("guide")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("does a degree count", ["Education - Degree pedigree (for research/senior roles)"]),
        ("my CV", ["resume padding", "Never lead with them on resumes"]),
        ("textbooks", ["Buy textbooks (cheaper, deeper)"]),
        ("certifications", []),  # what many sentences have tells nothing
        ("is it the one", []),
        ("zymurgy \0 🔴", []),
    ],
)
def test_sentences_have_a_telling_word(typed: str, expected: list[str]) -> None:
    found = [statement.text for statement in sentences_about(content_version(), typed)]
    assert [any(words in text for text in found) for words in expected] == [True] * len(expected)
    assert len(found) == len(expected)


def test_sentence_with_more_of_the_words_comes_first() -> None:
    first = sentences_about(content_version(), "multiple production systems, github, interviews")[0]
    assert first.text == "Production systems - Models you've deployed, systems you've built"


def test_there_are_a_few_at_most() -> None:
    assert len(sentences_about(content_version(), "papers projects textbooks interviews")) == MOST
