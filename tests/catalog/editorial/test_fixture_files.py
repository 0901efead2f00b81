"""Fixture files: read in the order of their names, each row once."""

from collections import Counter
from pathlib import Path

from django.conf import settings

from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.records import Record
from catalog.models import (
    Source,
    Trait,
)

RECORDS = read_fixtures(settings.BASE_DIR / "fixtures")
MODELS = list(dict.fromkeys(certification.model for certification in RECORDS))


def test_fixtures_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "2.yaml").write_text("- {model: catalog.trait, fields: {slug: b}}")
    (tmp_path / "1.yaml").write_text("- {model: catalog.source, fields: {slug: a, name: ä}}")
    (tmp_path / "guide.md").write_text("# not a fixture")
    assert read_fixtures(tmp_path) == [
        Record(Source, {"slug": "a", "name": "ä"}),
        Record(Trait, {"slug": "b"}),
    ]


def test_keys_of_the_shipped_certifications_are_unique() -> None:
    keys = Counter((certification.label, certification.key) for certification in RECORDS)
    assert [key for key, count in keys.items() if count > 1] == []
