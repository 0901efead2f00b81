"""Effects of the settings: SQLite's pragmas, the static storage, who gets a cookie."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.templatetags.static import static
from django.test import Client
from whitenoise.storage import CompressedManifestStaticFilesStorage

PROJECT = Path(__file__).parent.parent.parent
STYLE = "admin/css/base.css"

only_sqlite = pytest.mark.skipif(settings.ENVIRONMENT.database is not None, reason="SQLite only")


@only_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)],
)
def test_sqlite_pragma_is_in_force(pragma: str, value: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@only_sqlite
@pytest.mark.django_db
def test_sqlite_transaction_has_the_write_lock_from_its_beginning() -> None:
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    with (
        closing(other),
        transaction.atomic(),
        pytest.raises(sqlite3.OperationalError, match="database is locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_static_files_are_hashed_and_compressed() -> None:
    assert isinstance(staticfiles_storage, CompressedManifestStaticFilesStorage)
    hashed = Path(settings.STATIC_ROOT, static(STYLE).removeprefix("/static/"))
    assert hashed.name != Path(STYLE).name
    assert hashed.exists()
    assert hashed.with_name(hashed.name + ".br").exists()


SHOW = """
import json
from certguide import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings)}, default=str))
"""


def settings_with(folder: Path, **given: str) -> dict[str, Any]:
    """The settings in an environment, as a process of their own reads them."""
    said = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=PROJECT, env={"DATA_DIR": str(folder), **given}, stdout=subprocess.PIPE, check=True,
    ).stdout  # fmt: skip
    found: dict[str, Any] = json.loads(said)
    return found


def test_debug_cannot_be_switched_on(tmp_path: Path) -> None:
    assert settings_with(tmp_path, DEBUG="1")["DEBUG"] is False


@pytest.mark.parametrize(
    ("given", "objections"),
    [
        ({"HTTPS": "1"}, []),
        ({"HTTPS": "1", "HOST": "0.0.0.0"}, []),
        ({}, []),
        ({"HOST": "0.0.0.0"}, ["W004", "W008", "W012", "W016"]),
    ],
)
def test_deployment_check_objects_to_open_doors(
    given: dict[str, str], objections: list[str], tmp_path: Path
) -> None:
    result = subprocess.run(
        [sys.executable, PROJECT / "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        env={"DATA_DIR": str(tmp_path), **given},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert re.findall(r"security\.(W\d+)", result.stderr) == objections
    assert result.returncode == bool(objections), result.stderr


def test_models_need_no_migration_that_is_missing(db: None) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)  # or it exits


def test_cookies_over_https_are_bound_to_the_host(tmp_path: Path) -> None:
    settings_https = settings_with(tmp_path, HTTPS="1")
    assert settings_https["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings_https["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert settings_https["SESSION_COOKIE_SECURE"] is True
    assert settings_https["CSRF_COOKIE_SECURE"] is True
    assert settings_https["SECURE_HSTS_SECONDS"] == 31_536_000
    assert "SESSION_COOKIE_DOMAIN" not in settings_https  # a __Host- cookie has none


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/no-such-page/"])
def test_readers_get_no_cookie(path: str, guide: None, client: Client) -> None:
    response = client.get(path)
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


def test_editors_cookies_are_guarded(guide: None, client: Client) -> None:
    cookies = client.get("/admin/login/").cookies
    assert list(cookies) == ["csrftoken"]
    assert cookies["csrftoken"]["httponly"] is True
    assert cookies["csrftoken"]["samesite"] == "Lax"
