"""The table of certifications, a row each, with state, price, kind, names and successors."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from catalog.editorial.content_files import records_of, snapshot
from catalog.editorial.records import content_fields
from catalog.editorial.rows import ContentRow
from catalog.editorial.spreadsheets import MARK, cell_text, csv_cell
from catalog.models import Alias, Certification, Exam, Lifecycle, Membership, Price, Succession

PARTS: dict[str, type[ContentRow]] = {
    "": Certification,
    "lifecycle_": Lifecycle,
    "price_": Price,
    "one_of_": Membership,
}
CERTIFICATION = "certification"  # how a fact names what it is of
LISTS = {
    "aliases": "Other names, with semicolons between, e.g. “PMLE; Professional ML Engineer”. Names "
    "that are there stay.",
    "exam_codes": "Codes of its exams, the newest first, e.g. “AI-901; AI-900”. New ones get the "
    "confidence, day and sources of the state.",
    "successors": "Slugs or names of the certifications that succeed it, with semicolons between. "
    "New ones get the confidence, day and sources of the state.",
}
ERASED = "(empty)"  # the word in a cell that empties a value
LONGEST_LIST = 255  # characters of a list of choices in a spreadsheet


def columns() -> dict[str, Any]:
    """The columns of the table with their fields; None for those that hold a list of rows."""
    found: dict[str, Any] = {
        f"{prefix}{field.name}": field
        for prefix, model in PARTS.items()
        for field in content_fields(model)
        if field.name != CERTIFICATION
    }
    return {name: found[name] for name in ("slug", "name", *found)} | dict.fromkeys(LISTS)


def choices_of(field: Any) -> list[str]:  # noqa: ANN401 - any field, or None
    """The words that a cell of a column may hold; empty if it may hold any."""
    if isinstance(field, models.BooleanField):
        return ["TRUE", "FALSE"]
    return [str(value) for value, _ in getattr(field, "flatchoices", ()) if value]


def column_help() -> list[tuple[str, str, str]]:
    """Each column with what it means and what it may hold."""
    return [
        (name, LISTS.get(name) or str(field.help_text or field.verbose_name), _may_hold(field))
        for name, field in columns().items()
    ]


def _may_hold(field: Any) -> str:  # noqa: ANN401 - any field, or None
    if isinstance(field, models.DateField):
        return "a day, e.g. 2026-11-30"
    if getattr(field, "many_to_many", False):
        return "addresses, slugs or names, with semicolons between"
    if getattr(field, "is_relation", False):
        return "a slug or a name"
    return ", ".join(choices_of(field))


def export_csv() -> str:
    """The table as CSV, with the mark by which a double click opens it rightly."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(), restval="")
    writer.writeheader()
    writer.writerows(_rows())
    return MARK + out.getvalue()


def _rows() -> Iterator[dict[str, str]]:
    """The cells of every certification by column, in the order of the slugs."""
    with snapshot():
        parts = {
            prefix: {
                record.fields.get(CERTIFICATION, (record.fields.get("slug"),)): record.fields
                for record in records_of(model)
            }
            for prefix, model in PARTS.items()
        }
        lists = _lists()
    for key in sorted(parts[""]):
        cells = {
            f"{prefix}{name}": _cell(value)
            for prefix, rows in parts.items()
            for name, value in rows.get(key, {}).items()
            if name != CERTIFICATION
        }
        yield cells | {name: csv_cell(rows[key[0]]) for name, rows in lists.items()}


def _lists() -> dict[str, dict[str, list[str]]]:
    """For each column of lists, the texts by the slug of their certification."""
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in LISTS}
    pairs = {
        "aliases": Alias.objects.order_by("name").values_list("certification__slug", "name"),
        "exam_codes": Exam.objects.exclude(code="")
        .order_by("order")
        .values_list("certification__slug", "code"),
        "successors": Succession.objects.order_by("order").values_list(
            "certification__slug", "successor__slug"
        ),
    }
    for name, rows in pairs.items():
        for slug, text in rows:
            found[name][slug].append(text)
    return found


def _cell(value: Any) -> str:  # noqa: ANN401 - any field's value
    if isinstance(value, list):
        return csv_cell([key[0] for key in value])
    return csv_cell(value[0] if isinstance(value, tuple) else value)


def template_xlsx() -> bytes:
    """An empty table as .xlsx, with choices as lists, and a sheet that explains the columns."""
    return _saved(_workbook())


def export_xlsx() -> bytes:
    """The table as .xlsx, with the same lists and the same sheet."""
    book = _workbook()
    for number, cells in enumerate(_rows(), 2):
        for place, name in enumerate(columns(), 1):
            if cells.get(name):
                cell: Any = book.worksheets[0].cell(number, place)
                cell.value, cell.data_type = cell_text(cells[name]), "s"  # a text, never a formula
    return _saved(book)


def _workbook() -> Workbook:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "certifications"
    for index, (name, field) in enumerate(columns().items(), 1):
        sheet.cell(1, index, name).font = Font(bold=True)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = max(12, len(name) + 2)
        listed = ",".join(choices_of(field))
        if listed and len(listed) < LONGEST_LIST:
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}1000")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "C2"
    meaning: Any = book.create_sheet("what the columns mean")
    for row in [("column", "meaning", "may hold"), *column_help()]:
        meaning.append(row)
    return book


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
