"""Loading the whole guide: every row once, by natural keys, and a report of what was left."""

from collections import Counter
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from catalog.editorial.content_files import export_json
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import load_shipped
from catalog.editorial.records import content_models
from catalog.models import (
    Correction,
    Provider,
    Source,
    Statement,
)
from tests.factories.records import counts, version
from tests.factories.rows import new_correction

RECORDS = read_fixtures(settings.BASE_DIR / "fixtures")
MODELS = list(dict.fromkeys(certification.model for certification in RECORDS))


def test_second_run_changes_nothing(guide: None) -> None:
    before = export_json(), version()
    assert counts(load_shipped(RECORDS)) == {"unchanged": len(RECORDS)}
    assert (export_json(), version()) == before


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


# --- natural keys ---------------------------------------------------------------


def test_correction_of_an_editor_survives_a_load(guide: None) -> None:
    statement = Statement.objects.get(text="~$200")
    new_correction(statement=statement, slug="dearer").save()
    assert counts(load_shipped(RECORDS)) == {"unchanged": len(RECORDS)}
    assert Correction.objects.filter(slug="dearer").exists()
