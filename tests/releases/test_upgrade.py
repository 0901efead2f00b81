"""Sites of earlier releases come forward: edits, users and history stay, and the site answers."""

import json
import lzma
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

PROJECT = Path(__file__).parent.parent.parent
RELEASES = sorted((PROJECT / "tests" / "releases").glob("*.sqlite3.xz"))
EDITED_ROWS = 9  # in each of them, at least
# Rows that are left alone: the edited ones, and what refers to one of them or has its place.
LEFT_ALONE = {"0.1.0.sqlite3.xz": 23, "0.2.0.sqlite3.xz": 23}
# Words of the lines about them.
TOUCHED = [
    *("aws-certified-ai-practitioner", "you-paid-money"),
    *("prompt", "Prompt"),  # the category under another slug, and what is of it
    *("ai-ethics-certificates", "google-professional-machine-learning-engineer"),
    *("microsoft-azure-ai-fundamentals", "A shortcut around the fundamentals"),
    *("refers to a row that an editor deleted or changed", "place is taken by another row"),
]
TABLES = """
SELECT 'column', t.name, c.name, c.type, c."notnull", c.pk
FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'
UNION ALL SELECT 'index', t.name, i."unique", group_concat(c.name), '', ''
FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
WHERE t.type = 'table' GROUP BY t.name, i.name
UNION ALL SELECT 'reference', t.name, f."from", f."table", f."to", ''
FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
"""
CHECK = re.compile(r'CONSTRAINT "(\w+)" CHECK')
ASK = """
from django.test import Client
pages = ["/", "/readyz", "/guide/", "/certifications.json", "/feeds/changes.atom",
         "/certifications/an-editors-own/", "/certifications/prompt-engineering-certificates/"]
print([Client(headers={"host": "127.0.0.1"}).get(page).status_code for page in pages])
"""

Manage = Callable[..., str]

pytestmark = [pytest.mark.slow, pytest.mark.own_site]


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The data folder of a site that ran an earlier release, its tables brought forward."""
    (tmp_path / "db.sqlite3").write_bytes(lzma.decompress(request.param.read_bytes()))
    return tmp_path


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    """Runs a command on that site, or a new one, and returns what it prints."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT, env=environment, text=True, capture_output=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def content(path: Path) -> dict[str, dict[str, object]]:
    """The fields of every row in an exported file, by the first of its fields."""
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    keys = ("slug", "anchor", "certification", "name")

    def name(fields: dict[str, object]) -> object:
        return next((fields[key] for key in keys if key in fields), "")

    return {f"{row['model']} {name(row['fields'])}": row["fields"] for row in rows}


def tables(path: Path) -> list[tuple[object, ...]]:
    """The columns, indexes, references and checks of a database's tables."""
    with closing(sqlite3.connect(path)) as database:
        found = database.execute(TABLES).fetchall()
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''"):
            found.extend(("check", name, check) for check in CHECK.findall(sql))
    return sorted(found, key=str)


def count(data: Path, query: str) -> int:
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        return int(database.execute(query).fetchone()[0])


def edited(data: Path) -> dict[tuple[str, int], dict[str, object]]:
    """Every row that an editor has written, with all its columns."""
    found = {}
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        histories = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%history_user_id%'"
        ).fetchall()
        for (history,) in histories:
            table = history.replace("_historical", "_")
            written = f"SELECT id FROM {history} WHERE history_user_id IS NOT NULL"
            for row in database.execute(f"SELECT * FROM {table} WHERE id IN ({written})"):
                found[table, row["id"]] = dict(row)
    return found


def test_site_of_an_earlier_release_comes_forward(
    manage: Manage, data: Path, request: pytest.FixtureRequest
) -> None:
    versions = count(data, "SELECT count(*) FROM catalog_historicalstatement")
    before = edited(data)
    assert len(before) >= EDITED_ROWS
    manage("migrate", "--verbosity", "0")
    left = [line for line in manage("loadguide").splitlines() if line.startswith("Left alone")]
    manage("exportcontent", str(data / "content.json"))
    rows = content(data / "content.json")

    certification = rows["catalog.certification aws-certified-ai-practitioner"]
    assert certification["name"] == "AWS Certified AI Practitioner (edited)"
    price = rows["catalog.price ['google-professional-machine-learning-engineer']"]
    assert (price["amount"], price["note"]) == ("210.00", "Ben’s “note” — with dashes…")
    assert "catalog.certification deleted-later" not in rows
    assert rows["catalog.certification an-editors-own"]["is_draft"] is False

    # Nothing that an editor wrote is lost or another, whatever columns there are now.
    after = edited(data)
    for key, row in before.items():
        assert {name: after[key][name] for name in row} == row, key

    # What an editor touched is left alone, and what refers to it or has its place; else nothing.
    assert [line for line in left if not any(words in line for words in TOUCHED)] == []
    assert len(left) == LEFT_ALONE[request.node.callspec.id]

    assert count(data, "SELECT count(*) FROM auth_user WHERE password LIKE 'pbkdf2%'") == 2
    assert count(data, "SELECT count(*) FROM catalog_historicalstatement") >= versions
    assert count(data, "SELECT count(*) FROM catalog_historicalprice WHERE history_user_id = 2") > 0

    manage("collectstatic", "--no-input", "--verbosity", "0")
    answers = manage("shell", "--verbosity", "0", "--command", ASK)
    assert json.loads(answers.splitlines()[-1]) == [200, 200, 200, 200, 200, 200, 301]


def test_migrations_lead_to_the_tables_of_the_models(
    manage: Manage, tmp_path: Path, db: None
) -> None:
    manage("migrate", "--verbosity", "0")
    of_models = tables(Path(connection.settings_dict["NAME"]))
    assert any(row[0] == "check" for row in of_models)
    assert tables(tmp_path / "db.sqlite3") == of_models
