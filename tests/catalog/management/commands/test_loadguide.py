"""Loading the whole guide: every row once, by natural keys, and a report of what was left."""

from collections import Counter
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings as project_settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import load_shipped
from catalog.editorial.records import content_models
from catalog.models import (
    Certification,
    Correction,
    Provider,
    Source,
    Statement,
)
from tests.database import stored_content
from tests.factories.records import counts, version
from tests.factories.rows import new_correction

RECORDS = read_fixtures(project_settings.BASE_DIR / "fixtures")
MODELS = list(dict.fromkeys(certification.model for certification in RECORDS))


def test_second_run_changes_nothing(guide: None) -> None:
    before = stored_content(), version()
    assert counts(load_shipped(RECORDS)) == {"unchanged": len(RECORDS)}
    assert (stored_content(), version()) == before


def test_loaded_rows_are_those_of_the_fixtures_and_no_others(guide: None) -> None:
    shipped = Counter(certification.model.__name__ for certification in RECORDS)
    assert {model.__name__: model.objects.count() for model in MODELS} == shipped


def test_every_content_model_is_shipped() -> None:
    assert {model.__name__ for model in content_models()} == {model.__name__ for model in MODELS}


def test_loadguide_reports_what_it_left_alone(guide: None) -> None:
    Source.objects.filter(slug="metaltoad").update(name="Metal Toad")
    Provider.objects.filter(slug="ai-certs").update(name="AI Certs")
    out = StringIO()
    call_command("loadguide", stdout=out)
    assert out.getvalue().splitlines() == [
        'Left alone: catalog.provider ["ai-certs"]: changed by an editor.',
        'Left alone: catalog.source ["metaltoad"]: changed by an editor.',
        (
            f"The guide is loaded: 0 added, 0 updated, {len(RECORDS) - 2} unchanged, "
            "0 withdrawn, 2 left alone."
        ),
    ]


def test_load_of_the_guide_leaves_an_edited_statement_alone(guide: None) -> None:
    Statement.objects.filter(text="You paid money").update(text="You paid")
    report = load_shipped(RECORDS)
    assert counts(report) == {"unchanged": len(RECORDS) - 1, "left alone": 1}
    assert report.left_alone == [
        (
            'catalog.statement ["ai-plus-individual-certification--you-paid-money"]: '
            "changed by an editor"
        )
    ]
    assert Statement.objects.filter(text="You paid").count() == 1


WITHOUT_SOURCE = """
- model: catalog.membership
  fields: {certification: ai-for-everyone, category: ai-ethics-certificates, reason: It is one.,
    confidence: low, checked_on: 2026-11-30}
- model: catalog.assessment
  fields: {certification: ai-for-everyone, coding: true, confidence: low, checked_on: 2026-11-30}
"""


def test_loadguide_refuses_facts_that_lack_the_source_they_need(
    guide: None, tmp_path: Path, settings: Settings
) -> None:
    copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    (tmp_path / "fixtures" / "9-new.yaml").write_text(WITHOUT_SOURCE, encoding="utf-8")
    settings.BASE_DIR, before = tmp_path, version()
    with pytest.raises(CommandError) as refused:
        call_command("loadguide")
    assert str(refused.value).splitlines() == [
        "Nothing was loaded. Mend the fixtures:",
        "AI For Everyone: kind in the guide: name a source, or say that it is unknown.",
        "AI For Everyone: assessment: name a source, or say that it is unknown.",
    ]
    assert (version(), Certification.objects.get(slug="ai-for-everyone").rated) == (before, None)


# --- natural keys ---------------------------------------------------------------


def test_correction_of_an_editor_survives_a_load(guide: None) -> None:
    statement = Statement.objects.get(text="~$200")
    new_correction(statement=statement, slug="dearer").save()
    assert counts(load_shipped(RECORDS)) == {"unchanged": len(RECORDS)}
    assert Correction.objects.filter(slug="dearer").exists()
