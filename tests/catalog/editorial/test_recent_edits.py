"""The list of edits: the newest first, each with its rows, author, reason and import."""

import pytest

from catalog.editorial.content_version import last_edit_at
from catalog.editorial.edit import edit
from catalog.editorial.past_import import remember_import
from catalog.editorial.recent_edits import SHOWN, edits_at, moments_of_edits
from catalog.models import Provider, Trait
from tests.factories.rows import a_trait

pytestmark = pytest.mark.usefixtures("guide")


def test_edits_are_listed_once_each_the_newest_first() -> None:
    with edit("First"):
        Provider.objects.create(slug="p", name="P")
        a_trait("idle")
    first = last_edit_at()
    assert first
    remember_import(first, file_name="some.csv", words="2 added")
    with edit("Second"):
        Provider.objects.get(slug="p").delete()
    models = [Provider, Trait]
    moments = [*moments_of_edits(models)[:2]]
    found = edits_at(moments, models)
    assert [(each.author, [c.kind for c in each.changes]) for each in found] == [
        ("Second", ["deleted"]),
        ("First", ["added", "added"]),
    ]
    assert [str(each.past_import)[:8] for each in found] == ["None", "some.csv"]
    assert [*moments_of_edits([Trait])[:1]] == [first]


def test_large_edit_shows_its_first_rows_and_counts_the_rest() -> None:
    with edit("Many"):
        for number in range(70):
            a_trait(f"idle-{number}")
    moment = last_edit_at()
    assert moment
    (found,) = edits_at([moment], [Provider, Trait])
    assert (len(found.changes), found.rest) == (SHOWN, 70 - SHOWN)
