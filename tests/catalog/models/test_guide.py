"""Chapters: those that the first page quotes."""

from catalog.models import Chapter


def test_quoted_on_home_are_the_opening_and_the_ranking(guide: None) -> None:
    quoted = Chapter.objects.exclude(place_on_home="")
    assert {chapter.place_on_home: str(chapter) for chapter in quoted} == {
        "opening": "The Brutal Truth",
        "ranking": "What Actually Matters to Competent Hiring Managers",
    }
