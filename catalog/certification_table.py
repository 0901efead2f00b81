"""The table of certifications with state and price: a row each, written and read as CSV."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import Table, records_of, snapshot
from catalog.editorial.records import Record, content_fields
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Lifecycle, Membership, Price

PARTS: dict[str, type[ContentRow]] = {
    "": Certification,
    "lifecycle_": Lifecycle,
    "price_": Price,
    "one_of_": Membership,
}
CERTIFICATION = "certification"  # how a fact names what it is of
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")  # a cell with one of them gets a ' in front


def export_csv() -> str:
    """The certifications with state and price, a row each; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(), restval="")
    writer.writeheader()
    with snapshot():
        parts = {
            prefix: {
                each.fields.get(CERTIFICATION, (each.fields.get("slug"),)): each
                for each in records_of(model)
            }
            for prefix, model in PARTS.items()
        }
    for key in sorted(parts[""]):
        writer.writerow(
            {
                f"{prefix}{name}": _cell(value)
                for prefix, rows in parts.items()
                if key in rows
                for name, value in rows[key].fields.items()
                if name != CERTIFICATION
            }
        )
    return out.getvalue()


def columns() -> dict[str, Any]:
    """The columns of the table with their fields; which row each belongs to is in its prefix."""
    found = {
        f"{prefix}{field.name}": field
        for prefix, model in PARTS.items()
        for field in content_fields(model)
        if field.name != CERTIFICATION
    }
    return {name: found[name] for name in ("slug", "name", *found)}


def read_csv(text: str) -> list[Record]:
    """The rows that a table stands for; raises RefusedError or csv.Error."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names, known = reader.fieldnames or [], columns()
    problems = [f"Row 1: there is no column “{name}”." for name in names if name not in known]
    if "slug" not in names or len(set(names)) < len(names) or problems:
        raise RefusedError(*problems, "Row 1: name the columns, “slug” among them, each once.")
    found: list[Record] = []
    for number, record in enumerate(reader, 2):
        if None in record or None in record.values():
            raise RefusedError(f"Row {number}: it has not one cell for each column.")
        found += _in_table_row(number, {name: _unescaped(cell) for name, cell in record.items()})
    return found


def _in_table_row(number: int, record: dict[str, str]) -> Iterator[Record]:
    """The rows that a row of the table stands for; a fact of which nothing is said is none."""
    for prefix, model in PARTS.items():
        cells = {
            field: record[f"{prefix}{field.name}"]
            for field in content_fields(model)
            if f"{prefix}{field.name}" in record and field.name != CERTIFICATION
        }
        if any(cells.values()):
            fields = {field.name: _read_cell(field, cell) for field, cell in cells.items()}
            of = {CERTIFICATION: [record["slug"]]} if prefix else {}
            yield Record(model, of | fields, number, prefix)


def _cell(value: Any) -> str:  # noqa: ANN401 - any field's value
    if isinstance(value, list):
        return " ".join(key[0] for key in value)
    text = "" if value is None else str(value[0] if isinstance(value, tuple) else value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _read_cell(field: Any, cell: str) -> Any:  # noqa: ANN401 - any field and its value
    if field.many_to_many:
        return [[key] for key in cell.split()]
    if field.is_relation:
        return [cell] if cell else None
    return None if field.null and not cell else cell


TABLE = Table("certifications.csv", export_csv, read_csv)
