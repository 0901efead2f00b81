"""Records: a row as natural-key data, its digest, and the row that a key finds."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from advisor.models import Question
from catalog.editorial.content_files import export_json
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import row_digest
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Guide, Source

RECORDS = read_fixtures(settings.BASE_DIR / "fixtures")
MODELS = list(dict.fromkeys(certification.model for certification in RECORDS))


def test_digest_tells_apart_what_editors_can_change_and_nothing_else(guide: None) -> None:
    before = row_digest(Guide.objects.get())
    Source.objects.get(slug="metaltoad").save()  # a new content version
    assert row_digest(Guide.objects.get()) == before
    Guide.objects.update(title="Another")
    assert row_digest(Guide.objects.get()) != before


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_natural_key_finds_its_row(guide: None, model: type[ContentRow]) -> None:
    rows = list(model.objects.all()[:30])
    found = [model.objects.get_by_natural_key(*row.natural_key()) for row in rows]
    assert rows != []
    assert found == rows


def test_dump_and_load_with_natural_keys_give_the_same_content(guide: None, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    keys = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    labels = [model._meta.label for model in MODELS]
    call_command("dumpdata", *labels, output=str(path), verbosity=0, **keys)
    before = export_json()
    for row in (*Certification.objects.order_by("-pk")[:2], *Question.objects.all()[:2]):
        row.delete()  # with all that is below it
    assert export_json() != before
    call_command("loaddata", str(path), verbosity=0)
    assert export_json() == before
