"""All content as one file, certifications as a table: written, and read again."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from catalog.editorial.checks import RefusedError
from catalog.editorial.records import Record, content_fields, content_models, fields_of, relations
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Lifecycle, Membership, Price

FORMAT = "certguide content 1"
BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
PARTS: dict[str, type[ContentRow]] = {
    "": Certification,
    "lifecycle_": Lifecycle,
    "price_": Price,
    "one_of_": Membership,
}
CERTIFICATION = "certification"  # how a fact names what it is of
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")  # a cell with one of them gets a ' in front


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it was at one moment, while others write."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def export_json() -> str:
    """All content, those rows first that others refer to; the same content gives the same text."""
    with snapshot():
        rows = [
            {"model": each.label, "fields": each.fields}
            for model in content_models()
            for each in sorted(_rows(model), key=lambda each: each.key)
        ]
    text = json.dumps(
        {"format": FORMAT, "rows": rows}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
    )
    return text + "\n"


def export_csv() -> str:
    """The certifications with state and price, a row each; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(), restval="")
    writer.writeheader()
    with snapshot():
        parts = {
            prefix: {
                each.fields.get(CERTIFICATION, (each.fields.get("slug"),)): each
                for each in _rows(model)
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


def read_file(data: bytes) -> list[Record]:
    """The rows of an exported file, JSON or CSV; raises RefusedError."""
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text or "\\u0000" in text:
            raise RefusedError("The file has a zero byte in its text: remove it, and try again.")
        return _read_json(text) if text.lstrip().startswith("{") else _read_csv(text)
    except UnicodeDecodeError:
        raise RefusedError("The file is not text in UTF-8: save it so, and try again.") from None
    except (csv.Error, json.JSONDecodeError, RecursionError) as error:
        raise RefusedError(f"The file is broken: {error}.") from None


def _rows(model: type[ContentRow]) -> Iterator[Record]:
    links = [each.name for each in model._meta.many_to_many]
    rows = model.objects.select_related(*relations(model)).prefetch_related(*links)
    return (Record(model, fields_of(row)) for row in rows)


def _read_json(text: str) -> list[Record]:
    content = json.loads(text)
    rows = content.get("rows")
    if content.get("format") != FORMAT or not isinstance(rows, list):
        raise RefusedError(f"The file is not of the format “{FORMAT}”: {content.get('format')!r}.")
    known = {model._meta.label_lower: model for model in content_models()}
    found = []
    for number, row in enumerate(rows, 1):
        match row:
            case {"model": str(label), "fields": dict(fields)} if label in known:
                found.append(Record(known[label], fields, number))
            case _:
                raise RefusedError(f"Row {number}: it is no row of content.")
    return found


def _read_csv(text: str) -> list[Record]:
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


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(key[0] for key in value)
    text = "" if value is None else str(value[0] if isinstance(value, tuple) else value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _read_cell(field: Any, cell: str) -> Any:
    if field.many_to_many:
        return [[key] for key in cell.split()]
    if field.is_relation:
        return [cell] if cell else None
    return None if field.null and not cell else cell
