"""Files of content: all of it as JSON, and the snapshot that every export reads in."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from catalog.editorial.checks import RefusedError
from catalog.editorial.records import Record, content_models, fields_of, rows_of
from catalog.editorial.rows import ContentRow
from catalog.editorial.spreadsheets import refuse_more_rows

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
        rows = []
        for model in content_models():
            records = sorted(records_of(model), key=lambda record: record.key)
            rows += [{"model": record.label, "fields": record.fields} for record in records]
    text = json.dumps(
        {"format": FORMAT, "rows": rows}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
    )
    return text + "\n"


def records_of(model: type[ContentRow]) -> Iterator[Record]:
    return (Record(model, fields_of(row)) for row in rows_of(model))


def read_json(text: str) -> list[Record]:
    """The rows of a file that `export_json` wrote; raises RefusedError or JSONDecodeError."""
    content = json.loads(
        text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite
    )
    rows = content.get("rows")
    if content.get("format") != FORMAT:
        raise RefusedError(f"The file is not of the format “{FORMAT}”: {content.get('format')!r}.")
    if not isinstance(rows, list) or not rows:
        raise RefusedError("There is nothing in the file: it has no “rows” to import.")
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
    """Content as a table: its files by name, how one is read, and what its columns mean."""

    files: dict[str, Callable[[], str | bytes]]
    read: Callable[[bytes, int | None], list[Record]]
    explain: Callable[[], list[tuple[str, str, str]]]


def read_file(data: bytes, table: Table, *, most: int | None = None) -> list[Record]:
    """The rows of a file, all content as JSON or a table; raises RefusedError.

    Of more than `most` rows none is read: reading one takes milliseconds.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return table.read(data, most)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError("The file is not text in UTF-8: save it so, and try again.") from None
    if "\0" in text or "\\u0000" in text:
        raise RefusedError("The file has a zero byte in its text: remove it, and try again.")
    try:
        rows = read_json(text)
    except (ValueError, RecursionError) as error:  # no JSON, or a number of thousands of digits
        raise RefusedError(f"The file is broken: {error}.") from None
    refuse_more_rows(len(rows), most)
    return rows


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of these pairs; raises RefusedError if one name stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RefusedError(f"The file says “{twice}” twice in one place: keep one.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise RefusedError(f"The file has {name} for a value: write a number or text.")


def _finite(text: str) -> float:
    number = float(text)
    return number if isfinite(number) else _no_constant(text)
