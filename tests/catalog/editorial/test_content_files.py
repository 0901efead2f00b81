"""The content as a file and a table: there and back again, byte for byte."""

import json
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from catalog.certification_import import TABLE
from catalog.certification_spreadsheet import export_csv
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import export_json, read_file, snapshot
from catalog.editorial.fixture_files import read_fixtures
from catalog.editorial.fixture_loader import load_shipped
from catalog.editorial.import_plan import bring_in
from catalog.editorial.records import content_models
from catalog.models import Certification, Provider, Source
from tests.factories.drafts import add_drafts

pytestmark = pytest.mark.usefixtures("guide")


def remove_all_content() -> None:
    for model in content_models():
        links: list[Any] = [f.remote_field.through for f in model._meta.many_to_many]
        for table in (*links, model):
            table._default_manager.all()._raw_delete("default")  # with no history of it


def problems(data: str | bytes) -> tuple[str, ...]:
    """Why a file is refused."""
    with pytest.raises(RefusedError) as caught:
        bring_in(read_file(data if isinstance(data, bytes) else data.encode(), TABLE), reason="")
    return caught.value.problems


def test_content_is_the_same_after_export_into_an_empty_database_and_known_as_shipped() -> None:
    add_drafts()
    exported = export_json()
    remove_all_content()
    plan = bring_in(read_file(exported.encode(), TABLE), reason="import")
    assert plan.words == f"{len(json.loads(exported)['rows'])} added, 0 changed, 0 left"
    assert export_json() == exported
    report = load_shipped(read_fixtures(settings.BASE_DIR / "fixtures"))
    assert (report.left_alone, export_json()) == ([], exported)


def test_import_of_what_is_there_writes_nothing() -> None:
    exported, versions = export_json(), Certification.history.count()
    for data in (exported, export_csv()):
        plan = bring_in(read_file(data.encode(), TABLE), reason="import")
        assert {step.action for step in plan.steps} == {"left"}
    assert (export_json(), Certification.history.count()) == (exported, versions)


def test_row_whose_reference_comes_later_is_imported(unreviewed: None) -> None:
    shipped = json.loads(export_json())["rows"]
    with transaction.atomic():
        add_drafts()  # of each kind, and they refer to each other
        exported = export_json()
        transaction.set_rollback(True)
    content = json.loads(exported)
    added = [row for row in content["rows"] if row not in shipped]
    content["rows"] = added[::-1]
    assert len({row["model"] for row in added}) > 10
    bring_in(read_file(json.dumps(content).encode(), TABLE), reason="import")
    assert export_json() == exported


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            b"slug\n\xff\n",
            "The file is not text in UTF-8: save it as “CSV UTF-8” or as .xlsx, and try again.",
        ),
        (
            b"slug\naaaaaaaaaaaaaa\x00b\n",
            "The file has a zero byte in its text: remove it, and try again.",
        ),
        (
            b'{"format": "certguide content 1", "rows": [',
            "The file is broken: Expecting value: line 1 column 44 (char 43).",
        ),
        (b'{"format": "x"}', "The file is not of the format “certguide content 1”: 'x'."),
        (
            b'{"format": "certguide content 1", "rows": [{"model": "auth.user", "fields": {}}]}',
            "Row 1: it is no row of content.",
        ),
        (
            b'{"format": "x", "rows": 1e999}',
            "The file has 1e999 for a value: write a number or text.",
        ),
        (
            b'{"rows": %s}' % (b"9" * 5000),
            (
                "The file is broken: Exceeds the limit (4300 digits) for integer string "
                "conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase "
                "the limit."
            ),
        ),
        (b"slug\na,b\n", "Row 2: it has not one cell for each column."),
        (b"kind\nexam\n", "Row 2: give a slug or a name."),
    ],
    ids=["encoding", "zero", "json", "format", "model", "infinity", "digits", "cells", "slug"],
)
def test_file_that_cannot_be_read_is_refused(data: bytes, why: str) -> None:
    assert problems(data) == (why,)


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
