"""The test database with the shipped content, which on SQLite is loaded once and then copied.

Its tables are made from the models, which takes a tenth of the time of all migrations; that these
lead to the same tables is a test in tests/releases. On PostgreSQL the suite runs on migrated ones.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import setup_databases, teardown_databases

PROJECT = Path(__file__).parents[1]
Made = list[tuple[BaseDatabaseWrapper, str, bool]]  # as Django's own set-up returns it
TEMPLATES = PROJECT / ".pytest_cache" / "databases"
# The files that decide what a new database holds.
SOURCES = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/apps.py",
    "catalog/editorial/*.py",
    "catalog/conditions.py",
    "catalog/lifecycle.py",
    "catalog/management/commands/loadguide.py",
    "fixtures/**/*",
    "requirements.txt",
)


@contextmanager
def shipped_database() -> Iterator[None]:
    """Make the database that the settings name for tests, and drop it afterwards."""
    if connection.vendor == "sqlite":
        made = _copied_database()
    else:
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        load_guide_if_missing()
    yield
    _close_connections_of_others()
    teardown_databases(made, verbosity=0)


def load_guide_if_missing() -> None:
    """Bring back the shipped content after a test with transactions has emptied the tables."""
    from catalog.models import Guide  # noqa: PLC0415  models need Django to be set up

    if Guide.objects.exists():
        return
    template = _template()
    if connection.vendor == "sqlite" and template.exists() and not connection.in_atomic_block:
        with closing(sqlite3.connect(template)) as original:
            original.backup(connection.connection)
    else:
        call_command("loadguide", verbosity=0)


def _copied_database() -> Made:
    template = _template()
    template.parent.mkdir(parents=True, exist_ok=True)
    # The first worker makes the template, the others wait for it.
    with (template.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            return _new_database(template)
    shutil.copyfile(template, connection.settings_dict["TEST"]["NAME"])
    return setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=())


def _new_database(template: Path) -> Made:
    connection.settings_dict["TEST"]["MIGRATE"] = False
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(None).disk_migrations:
        recorder.record_applied(app, name)
    load_guide_if_missing()
    for old in template.parent.glob("*.sqlite3"):
        old.unlink()
    unfinished = template.with_suffix(".part")
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.connection.backup(copy)
    unfinished.rename(template)
    return made


def stored_content() -> list[list[tuple[Any, ...]]]:
    """The rows of every table of content, to see that nothing was written.

    It takes a twentieth of the time of an export.
    """
    from catalog.editorial.records import content_models  # noqa: PLC0415  as above

    tables = []
    for model in content_models():
        links: list[Any] = [field.remote_field.through for field in model._meta.many_to_many]
        tables += [table._meta.db_table for table in (model, *links)]
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY id')
            rows.append(cursor.fetchall())
    return rows


@cache
def _template() -> Path:
    """The file for the present sources; for one day, as the history has the day of the load."""
    digest = digest_of(SOURCES, f"{datetime.now(UTC):%Y-%m-%d}")
    return TEMPLATES / f"{digest}.sqlite3"


def digest_of(patterns: Sequence[str], also: str = "") -> str:
    """A digest of the project's files that match any of these patterns."""
    digest = sha256(also.encode())
    for pattern in patterns:
        for path in sorted(PROJECT.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _close_connections_of_others() -> None:
    """Close what threads of tests have left: PostgreSQL drops no database that is in use."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
