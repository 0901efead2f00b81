"""The table of certifications: a column for every field, read back as it was written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalog.certification_import import TABLE
from catalog.certification_spreadsheet import columns, export_csv, export_xlsx
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import read_file
from catalog.editorial.import_plan import bring_in
from catalog.editorial.spreadsheets import MARK, cell_text, csv_cell
from catalog.models import Certification, Lifecycle, Price
from tests.factories.rows import a_certification, new_price

pytestmark = pytest.mark.usefixtures("guide")
HEADER = "slug,name,kind,order"


def table(text: str) -> dict[str, dict[str, str]]:
    lines = io.StringIO(text.removeprefix(MARK), newline="")
    return {row["slug"]: row for row in csv.DictReader(lines)}


def problems(data: str | bytes) -> tuple[str, ...]:
    """Why a file is refused."""
    with pytest.raises(RefusedError) as caught:
        bring_in(read_file(data if isinstance(data, bytes) else data.encode(), TABLE), reason="")
    return caught.value.problems


def test_table_has_slug_and_name_first_and_a_column_for_every_field() -> None:
    names = list(columns())
    assert names[:2] == ["slug", "name"]
    assert {"is_draft", "page_url", "lifecycle_closes_on", "price_amount", "price_sources"} < set(
        names
    )
    assert list(table(export_csv())) == sorted(Certification.objects.values_list("slug", flat=True))


def test_workbook_says_what_the_table_says_and_changes_nothing_when_it_comes_back() -> None:
    a_certification(slug="odd", name="=1+1", order=90)
    book = load_workbook(io.BytesIO(export_xlsx()), read_only=True)
    names, *rows = book.worksheets[0].iter_rows(values_only=True)
    found = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    wanted = table(export_csv())
    assert {slug: row["price_amount"] or "" for slug, row in found.items()} == {
        slug: row["price_amount"] for slug, row in wanted.items()
    }
    assert found["odd"]["name"] == "=1+1"
    plan = bring_in(read_file(export_xlsx(), TABLE), reason="import")
    assert plan.words == f"0 added, 0 changed, {len(plan.steps)} left"


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


def test_cells_are_no_formulas_and_come_back_as_they_were() -> None:
    starts = ("=", "+", "-", "@", "\t", "\r", "'", "''", "'=", "x")
    notes = {f"odd-{n}": f"{start}1+1, “so”\nand so" for n, start in enumerate(starts)}
    for order, (slug, note) in enumerate(notes.items(), 9000):
        new_price(certification=a_certification(slug=slug, order=order), note=note).save()
    exported = export_csv()
    cells = {slug: table(exported)[slug]["price_note"] for slug in notes}
    assert [
        each for each in cells.values() if each.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []
    Price.objects.filter(certification__slug__in=notes).update(note="")
    bring_in(read_file(exported.encode(), TABLE), reason="import")
    prices = Price.objects.filter(certification__slug__in=notes)
    assert dict(prices.values_list("certification__slug", "note")) == {
        slug: note.strip() for slug, note in notes.items()
    }


@given(st.text())
def test_escaped_cell_comes_back(text: str) -> None:
    assert cell_text(csv_cell(text)) == text


def test_unknown_column_is_named() -> None:
    assert problems("slug,colour\na,b\n")[0] == "Row 1: there is no column “colour”."


@pytest.mark.parametrize(
    "data",
    [
        b"slug,name\nn-1,N 1\n\n,\nn-2,N 2\nn-3,N 3\n",
        b'{"format": "certguide content 1", "rows": [%s]}'
        % b", ".join([b'{"model": "catalog.source", "fields": {}}'] * 3),
    ],
    ids=["table", "JSON"],
)
def test_file_of_more_rows_than_may_be_read_is_refused_unread(data: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        read_file(data, TABLE, most=2)
    (problem,) = caught.value.problems
    assert problem == (
        "The file has more than 2 rows, the most that are read here at once. Divide it, or have "
        "it brought in by the command importcontent, which has no limit."
    )
    assert len(read_file(data, TABLE, most=3)) == 3


def test_cell_that_is_too_long_is_refused_in_the_headings_too() -> None:
    words = "The file, read with commas between its cells, is broken: field larger than field limit"
    for text in ("x" * 200_000, f"slug,name\na,{'x' * 200_000}\n"):
        (problem,) = problems(text)
        assert problem.startswith(words)
