"""The content as a file and a table: there and back again, byte for byte."""

import csv
import io
import json
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from advisor.models import Outcome
from catalog.certification_table import (
    FORMULA_STARTS,
    TABLE,
    _cell,
    _unescaped,
    columns,
    export_csv,
)
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import export_json, read_file, snapshot
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import load_shipped
from catalog.editorial.import_plan import bring_in
from catalog.editorial.records import content_models
from catalog.models import Certification, Lifecycle, Price, Provider, Source
from tests.factories.drafts import add_drafts
from tests.factories.rows import a_certification, new_price

pytestmark = pytest.mark.usefixtures("guide")

HEADER = "slug,name,kind,order"


def remove_all_content() -> None:
    Outcome.objects.update(if_none=None)
    for model in reversed(content_models()):
        model.objects.all().delete()


def table(text: str) -> dict[str, dict[str, str]]:
    return {row["slug"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def problems(data: str | bytes) -> tuple[str, ...]:
    """Why a file is refused."""
    with pytest.raises(RefusedError) as caught:
        bring_in(read_file(data if isinstance(data, bytes) else data.encode(), TABLE), reason="")
    return caught.value.problems


def test_content_is_the_same_after_export_into_an_empty_database_and_export() -> None:
    add_drafts()
    exported = export_json()
    remove_all_content()
    plan = bring_in(read_file(exported.encode(), TABLE), reason="import")
    assert plan.words == f"{len(json.loads(exported)['rows'])} added, 0 changed, 0 left"
    assert export_json() == exported


def test_shipped_content_that_was_imported_is_known_as_shipped() -> None:
    exported = export_json()
    remove_all_content()
    bring_in(read_file(exported.encode(), TABLE), reason="import")
    report = load_shipped(read_fixtures(settings.BASE_DIR / "fixtures"))
    assert report.left_alone == []


def test_import_of_what_is_there_writes_nothing() -> None:
    exported, versions = export_json(), Certification.history.count()
    for data in (exported, export_csv()):
        plan = bring_in(read_file(data.encode(), TABLE), reason="import")
        assert {step.action for step in plan.steps} == {"left"}
    assert (export_json(), Certification.history.count()) == (exported, versions)


def test_row_whose_reference_comes_later_is_imported() -> None:
    exported = json.loads(export_json())
    exported["rows"].reverse()
    before = export_json()
    remove_all_content()
    bring_in(read_file(json.dumps(exported).encode(), TABLE), reason="import")
    assert export_json() == before


def test_table_has_slug_and_name_first_and_a_column_for_every_field() -> None:
    names = list(columns())
    assert names[:2] == ["slug", "name"]
    assert {"is_draft", "page_url", "lifecycle_closes_on", "price_amount", "price_sources"} < set(
        names
    )
    assert list(table(export_csv())) == sorted(Certification.objects.values_list("slug", flat=True))


def test_facts_are_added_by_the_table_and_an_empty_fact_is_none() -> None:
    text = (
        f"{HEADER},lifecycle_reported,lifecycle_confidence,lifecycle_checked_on,lifecycle_sources\n"
        "one,One,exam,91,open,high,2026-11-01,the-guide metaltoad\n"
        "two,Two,exam,92,,,,\n"
    )
    plan = bring_in(read_file(text.encode(), TABLE), reason="import")
    assert plan.words == "3 added, 0 changed, 0 left"
    fact = Lifecycle.objects.get(certification__slug="one")
    assert sorted(fact.sources.values_list("slug", flat=True)) == ["metaltoad", "the-guide"]
    assert not Lifecycle.objects.filter(certification__slug="two").exists()


def test_column_that_is_left_out_keeps_its_values() -> None:
    before = Certification.objects.get(slug="aws-certified-ai-practitioner")
    bring_in(read_file(b"slug,order\naws-certified-ai-practitioner,99\n", TABLE), reason="import")
    after = Certification.objects.get(pk=before.pk)
    assert (after.order, after.name, after.tier) == (99, before.name, before.tier)


@pytest.mark.parametrize("start", [*FORMULA_STARTS, "''", "'=", "x"])
def test_cell_is_no_formula_and_comes_back_as_it_was(start: str) -> None:
    note = f"{start}1+1, “so”\nand so"
    new_price(certification=a_certification(slug="odd"), note=note).save()
    exported = export_csv()
    assert not table(exported)["odd"]["price_note"].startswith(("=", "+", "-", "@", "\t", "\r"))
    Price.objects.filter(certification__slug="odd").update(note="")
    bring_in(read_file(exported.encode(), TABLE), reason="import")
    assert Price.objects.get(certification__slug="odd").note == note


@given(st.text())
def test_escaped_cell_comes_back(text: str) -> None:
    assert _unescaped(_cell(text)) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe", "The file is not text in UTF-8: save it so, and try again."),
        (b"slug\na\x00b\n", "The file has a zero byte in its text: remove it, and try again."),
        (
            b'{"format": "certguide content 1", "rows": [',
            "The file is broken: Expecting value: line 1 column 44 (char 43).",
        ),
        (b'{"format": "x"}', "The file is not of the format “certguide content 1”: 'x'."),
        (
            b'{"format": "certguide content 1", "rows": [{"model": "auth.user", "fields": {}}]}',
            "Row 1: it is no row of content.",
        ),
        (b"slug\na,b\n", "Row 2: it has not one cell for each column."),
        (b"name\nOne\n", "Row 1: name the columns, “slug” among them, each once."),
    ],
    ids=["encoding", "zero", "json", "format", "model", "cells", "slug"],
)
def test_file_that_cannot_be_read_is_refused(data: bytes, why: str) -> None:
    assert problems(data) == (why,)


def test_unknown_column_is_named() -> None:
    assert problems("slug,colour\na,b\n")[0] == "Row 1: there is no column “colour”."


@pytest.mark.django_db(transaction=True)
def test_export_sees_one_moment_while_an_editor_writes() -> None:
    def edit() -> None:
        Provider.objects.create(slug="late", name="Late")
        Source.objects.create(slug="late", name="Late")
        connection.close()

    with snapshot():
        before = Provider.objects.count()
        editor = Thread(target=edit)
        editor.start()
        editor.join()
        assert Provider.objects.count() == before
        assert not Source.objects.filter(slug="late").exists()
    assert Provider.objects.count() == before + 1
