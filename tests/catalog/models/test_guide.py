"""Chapters: those that the first page quotes."""

from catalog.models import (
    Chapter,
)


def test_quoted_on_home_are_the_opening_and_the_ranking(guide: None) -> None:
    quoted = Chapter.objects.quoted_on_home()
    assert {place: str(chapter) for place, chapter in quoted.items()} == {
        "opening": "The Brutal Truth",
        "ranking": "What Actually Matters to Competent Hiring Managers",
    }
