"""Files of content: all of it as JSON, and the snapshot that every export reads in."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from catalog.editorial.checks import RefusedError
from catalog.editorial.records import Record, content_models, fields_of, relations
from catalog.editorial.rows import ContentRow

FORMAT = "certguide content 1"
BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


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
            for each in sorted(records_of(model), key=lambda each: each.key)
        ]
    text = json.dumps(
        {"format": FORMAT, "rows": rows}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
    )
    return text + "\n"


def records_of(model: type[ContentRow]) -> Iterator[Record]:
    """All rows of a model."""
    links = [each.name for each in model._meta.many_to_many]
    rows = model.objects.select_related(*relations(model)).prefetch_related(*links)
    return (Record(model, fields_of(row)) for row in rows)


def read_json(text: str) -> list[Record]:
    """The rows of a file that `export_json` wrote; raises RefusedError or JSONDecodeError."""
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


@dataclass(frozen=True)
class Table:
    """Content as a table for spreadsheet programs: its name, and how it is written and read."""

    file_name: str
    write: Callable[[], str]
    read: Callable[[str], list[Record]]


def read_file(data: bytes, table: Table) -> list[Record]:
    """The rows of an exported file, JSON or the table; raises RefusedError."""
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text or "\\u0000" in text:
            raise RefusedError("The file has a zero byte in its text: remove it, and try again.")
        return read_json(text) if text.lstrip().startswith("{") else table.read(text)
    except UnicodeDecodeError:
        raise RefusedError("The file is not text in UTF-8: save it so, and try again.") from None
    except (csv.Error, json.JSONDecodeError, RecursionError) as error:
        raise RefusedError(f"The file is broken: {error}.") from None
