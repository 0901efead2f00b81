"""Help for a search: free entries, alternatives, and what names no certification."""

import pytest
from django.http import QueryDict

from catalog.listing.list_page import read_listing
from catalog.search_help import SearchHelp, search_help

pytestmark = pytest.mark.usefixtures("guide")


def help_for(query: str) -> SearchHelp:
    found = search_help(read_listing(QueryDict(query))[0])
    assert found is not None
    return found


def test_without_a_search_there_is_none() -> None:
    assert search_help(read_listing(QueryDict("status=open"))[0]) is None


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("free machine learning course", "?q=machine+learning+course&cost_max=0"),
        ("Google AI Essentials kostenlos", "?cost_max=0"),  # it is not free
        ("gratis", "?cost_max=0"),
        ("freecodecamp", ""),
    ],
)
def test_free_entries(q: str, expected: str) -> None:
    free = help_for(f"q={q}").free
    assert (free.url.removeprefix("/certifications/") if free else "") == expected
    assert free is None or free.count > 0


def test_limit_that_is_set_is_kept() -> None:
    assert help_for("q=free+course&cost_max=50").free is None


@pytest.mark.parametrize(
    ("q", "slugs", "unknown"),
    [
        (
            "pmle or aws ai practitioner",
            ["google-professional-machine-learning-engineer", "aws-certified-ai-practitioner"],
            [],
        ),
        ("nvidia vs databricks", [], []),  # several of each
        ("AI-900 vs AI-901", [], []),  # one and the same
        ("deep learning specialization vs fast.ai", [], ["fast.ai"]),
        ("pmle", [], []),
        ("zymurgy", [], []),  # all of it is unknown: the page says so
    ],
)
def test_alternatives(q: str, slugs: list[str], unknown: list[str]) -> None:
    found = help_for(f"q={q}")
    comparison = "&".join(f"cert={slug}" for slug in slugs)
    assert found.comparison == (comparison and f"/certifications/compare/?{comparison}")
    assert [text for text, _ in found.unknown] == unknown


@pytest.mark.parametrize(
    ("q", "is_general", "is_question", "has_sentences"),
    [
        ("which AI certification should I get", True, False, True),
        ("resume", False, True, True),
        ("pmle on a resume", False, False, False),
        ("zymurgy textbooks", False, False, True),
        ("is it", False, True, False),
    ],
)
def test_what_tells_nothing(
    q: str, is_general: bool, is_question: bool, has_sentences: bool
) -> None:
    found = help_for(f"q={q}")
    seen = (found.is_general, found.is_question, bool(found.sentences))
    assert seen == (is_general, is_question, has_sentences)
