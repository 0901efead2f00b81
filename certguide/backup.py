"""Backups: all that people entered, in one file that either database can take back."""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from lzma import LZMAError
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import AutoField, Max, Model
from django.utils import timezone

from catalog.editorial.content_files import snapshot
from catalog.editorial.rows import ContentRow
from certguide import __version__

FORMAT = "certguide backup 1"
MANIFEST = "manifest.json"
LEFT_OUT = ("sessions", "axes")  # apps whose rows mean nothing elsewhere or later
# What reading raises where bytes, or what they say, are not as they were written.
BROKEN = (
    *(OSError, EOFError, BadZipFile, zlib.error, LZMAError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError, ValidationError),
)
MEGABYTE = 1024 * 1024
LARGEST_MANIFEST, LARGEST_ROW = MEGABYTE, 16 * MEGABYTE  # a small file may unpack to all memory
OWNER_ONLY = 0o600  # it holds the users' password hashes


class BackupError(Exception):
    """A backup can't be written, read or restored; the message says why."""


def tables() -> list[type[Model]]:
    """The models whose rows are in a backup, links between rows included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]


def write_backup(path: Path) -> None:
    """Write everything as it is at one moment, while others write; never over another file."""
    if path.exists():
        raise BackupError(f"{path} is there already: choose another name.")
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive, snapshot():
                _write(archive)
            file.flush()
            os.fsync(file.fileno())
        _put(draft, path)
    except FileExistsError:
        raise BackupError(f"{path} is there already: choose another name.") from None
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise BackupError(f"The database can't be read, so nothing was written: {reason}") from None
    finally:
        with suppress(OSError):
            draft.unlink()


def _put(draft: Path, path: Path) -> None:
    """Give the draft its name; never over a file that another process has written meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that knows no second name
        draft.rename(path)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a backup, once every row was read; raises BackupError for a broken one."""
    with _opened(path) as (archive, manifest):
        for model in tables():
            for _ in _rows(archive, manifest, model):
                pass
    return manifest


def restore(path: Path, *, keep: Path | None) -> None:
    """Replace all that there is by the content of a backup, or change nothing.

    Before that, all that there is goes into a backup at `keep`, the last acknowledged edit
    included. Readers see the old site or the new one. Sessions end.
    """
    with _opened(path) as (archive, manifest), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite lets one writer in
            names = ", ".join(_quoted(model) for model in tables())
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        if keep:
            write_backup(keep)
        emptied: list[type[Model]] = [*tables(), Session]
        for model in emptied:
            cursor.execute(f"DELETE FROM {_quoted(model)}")  # noqa: S608 - our own names
        for model in tables():
            _insert(cursor, model, _rows(archive, manifest, model))
        _continue_numbers(cursor)


def _write(archive: ZipFile) -> None:
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "made_at": timezone.now().isoformat(),
        "migrations": _migrations(),
        "tables": {_label(model): _write_rows(archive, model) for model in tables()},
    }
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _write_rows(archive: ZipFile, model: type[Model]) -> dict[str, Any]:
    names = [field.attname for field in _fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    digest, count = hashlib.sha256(), 0
    with archive.open(_label(model), "w") as out:
        for row in rows.iterator():
            line = json.dumps(row, default=str, ensure_ascii=False).encode() + b"\n"
            out.write(line)
            digest.update(line)
            count += 1
    return {"columns": names, "rows": count, "sha256": digest.hexdigest()}


@contextmanager
def _opened(path: Path) -> Iterator[tuple[ZipFile, dict[str, Any]]]:
    """The archive and its manifest, if this version can restore it."""
    try:
        with ZipFile(path) as archive:
            with archive.open(MANIFEST) as file:
                manifest = json.loads(_bounded(file, LARGEST_MANIFEST))
            if manifest["format"] != FORMAT:
                raise BackupError(f"{path} is a backup of another kind: {manifest['format']}.")
            if manifest["migrations"] != _migrations():
                raise BackupError(
                    f"{path} was made by version {manifest['version']}, whose tables differ from "
                    f"those of this version, {__version__}: restore it with the version that made "
                    "it, then upgrade."
                )
            yield archive, manifest
    except DatabaseError as error:
        raise BackupError(f"{path} was not restored: {error}") from None
    except BROKEN as error:
        raise BackupError(f"{path} is no backup, or is broken: {error}") from None


def _rows(archive: ZipFile, manifest: dict[str, Any], model: type[Model]) -> Iterator[list[Any]]:
    """The rows of a table; raises BackupError if they are not those that were written."""
    table = manifest["tables"][_label(model)]
    digest, count = hashlib.sha256(), 0
    with archive.open(_label(model)) as file:
        while line := _bounded(file, LARGEST_ROW, is_line=True):
            digest.update(line)
            count += 1
            if count > table["rows"]:
                break
            yield json.loads(line)
    if (count, digest.hexdigest()) != (table["rows"], table["sha256"]):
        raise BackupError(
            f"{archive.filename} is broken: {_label(model)} is not as it was written."
        )


def _bounded(file: IO[bytes], most: int, *, is_line: bool = False) -> bytes:
    """All of a file, or its next line, if it is not longer than this."""
    data = file.readline(most + 1) if is_line else file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"there is more than {most // MEGABYTE} MB where a few words belong")
    return data


def _insert(cursor: CursorWrapper, model: type[Model], rows: Iterator[list[Any]]) -> None:
    # Not through the model: a row comes back as it was, without signals, defaults or checks.
    fields = _fields(model)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {_quoted(model)} ({columns}) VALUES ({places})"  # noqa: S608 - our names
    prepared = []
    for row in rows:
        values = [
            field.get_db_prep_save(field.to_python(value), connection)
            for field, value in zip(fields, row, strict=True)
        ]
        prepared.append(values)
    cursor.executemany(insert, prepared)


def _continue_numbers(cursor: CursorWrapper) -> None:
    """Give no new row a number that the history knows as another's."""
    for model in tables():
        key = model._meta.pk
        if not isinstance(key, AutoField):
            continue
        rows = [model._base_manager.all()]
        rows += [model.history.all()] if issubclass(model, ContentRow) else []
        last = max(found.aggregate(last=Max(key.name))["last"] or 0 for found in rows)
        table = model._meta.db_table
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        elif last:
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(f"SELECT setval({sequence}, %s)", [_quoted(model), key.column, last])


def _migrations() -> list[str]:
    """The migrations of this version, by which backups with other tables are refused."""
    return sorted(".".join(key) for key in MigrationLoader(None).disk_migrations)


def _fields(model: type[Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


def _quoted(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
