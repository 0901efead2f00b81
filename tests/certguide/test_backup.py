"""Backup and restore, on the database that the suite runs with: a drill, and what is refused."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from catalog.certification_spreadsheet import export_csv
from catalog.editorial.content_files import export_json, snapshot
from catalog.models import Certification, LinkCheck, Statement
from certguide.backup import MANIFEST, BackupError, read_manifest, restore, write_backup
from tests.catalog.listing.searching import found_keys
from tests.database import stored_content
from tests.factories.backups import EDITED, back_up_edited_site, edit_every_kind_of_row
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "one.zip"
    back_up_edited_site(path)
    return path


@pytest.fixture(scope="module")
def written() -> list[bytes]:
    """The backup that those are made from that are refused, whatever it has: written once."""
    return []


@pytest.fixture
def readable(tmp_path: Path, written: list[bytes]) -> Path:
    path = tmp_path / "one.zip"
    if written:
        path.write_bytes(written[0])
    else:
        write_backup(path)
        written.append(path.read_bytes())
    return path


def content_of(path: Path) -> dict[str, Any]:
    """A digest of the rows of every table in a backup."""
    tables: dict[str, Any] = read_manifest(path)["tables"]
    return tables


def seen() -> list[bytes]:
    """The exports and pages that readers and other programs get."""
    pages = ["/certifications.json", "/certifications.csv", "/guide/", "/advisor/result.json?x"]
    return [export_json().encode(), export_csv().encode()] + [
        Client().get(page).content for page in pages
    ]


def test_restored_site_is_the_same_to_the_last_byte(backup: Path, tmp_path: Path) -> None:
    before = seen()
    edit_every_kind_of_row()
    restore(backup, keep=None)
    assert seen() == before
    again = tmp_path / "two.zip"
    write_backup(again)
    assert content_of(again) == content_of(backup)
    assert User.objects.get().check_password("a long pass phrase")


def test_restored_site_can_be_searched_and_edited(backup: Path) -> None:
    taken = Certification.history.latest("id").id
    edit_every_kind_of_row()
    restore(backup, keep=None)
    certification = Certification.objects.get(slug=EDITED)
    assert found_keys(certification.name)[0] == certification.pk
    # A new row does not get the number, and with it the history, of one that was deleted.
    assert a_certification(slug="new", order=20_002).pk == taken + 1


def test_sessions_end(backup: Path) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("eve"))
    restore(backup, keep=None)
    assert not Session.objects.exists()
    assert client.get("/admin/").status_code == 302


def test_what_there_was_is_kept(backup: Path, tmp_path: Path) -> None:
    edit_every_kind_of_row()
    kept, spoilt = tmp_path / "kept.zip", stored_content()
    restore(backup, keep=kept)
    assert stored_content() != spoilt
    restore(kept, keep=None)
    assert stored_content() == spoilt


def test_backup_is_for_its_owner_alone_and_never_over_a_file(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError, match="is there already"):
        write_backup(backup)
    with pytest.raises(BackupError, match="cannot be written: No such file or directory"):
        write_backup(backup.parent / "nowhere" / "x.zip")
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]


def test_backup_that_was_written_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "two.zip"

    def while_another_writes() -> AbstractContextManager[None]:
        path.write_text("another")
        return snapshot()

    monkeypatch.setattr("certguide.backup.snapshot", while_another_writes)
    with pytest.raises(BackupError, match="is there already"):
        write_backup(path)
    assert path.read_text() == "another"
    assert [each.name for each in tmp_path.iterdir()] == ["two.zip"]


def rewritten(path: Path, name: str, data: bytes) -> Path:
    """A copy of a backup in which one file is another."""
    copy = path.with_name("copy.zip")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for each in old.namelist():
            new.writestr(each, data if each == name else old.read(each))
    return copy


def manifest_with(path: Path, **values: object) -> Path:
    with ZipFile(path) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    return rewritten(path, MANIFEST, json.dumps(manifest | values).encode())


def truncated(path: Path) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def flipped(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def one_row_less(path: Path) -> Path:
    with ZipFile(path) as archive:
        lines = archive.read("catalog.statement").splitlines(keepends=True)
    return rewritten(path, "catalog.statement", b"".join(lines[:-1]))


BROKEN: dict[str, tuple[Any, str]] = {
    "truncated": (truncated, "is no backup, or is broken"),
    "one bit": (flipped, "is no backup, or is broken|is not as it was written"),
    "a row is missing": (one_row_less, "catalog.statement is not as it was written"),
    "another kind": (lambda path: manifest_with(path, format="x"), "a backup of another kind: x"),
    "another version": (
        lambda path: manifest_with(path, version="9.9", migrations=["catalog.9999_later"]),
        "was made by version 9.9, whose tables differ from those of this version",
    ),
    "a manifest that is a list": (lambda path: rewritten(path, MANIFEST, b"[]"), "is no backup"),
    "a manifest without end": (
        lambda path: rewritten(path, MANIFEST, b"[" * 100_000),
        "is no backup",
    ),
    "a manifest that unpacks to more than memory": (
        lambda path: rewritten(path, MANIFEST, b" " * 2_000_000),
        "there is more than 1 MB where a few words belong",
    ),
    "a row that unpacks to more than memory": (
        lambda path: rewritten(path, "catalog.statement", b" " * 17_000_000),
        "there is more than 16 MB where a few words belong",
    ),
    "tables that are none": (lambda path: manifest_with(path, tables=None), "is no backup"),
    "no manifest": (lambda path: manifest_with(path, tables={}), "is no backup, or is broken"),
    "no file": (lambda path: path.with_name("none.zip"), "No such file or directory"),
    "a folder": (lambda path: path.parent, "Is a directory"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_file_that_is_broken_or_of_another_version_is_refused_by_name(
    name: str, readable: Path
) -> None:
    damage, why = BROKEN[name]
    Certification.objects.filter(slug=EDITED).update(name="Spoilt")
    spoilt, path = stored_content(), damage(readable)
    for _ in range(2):
        with pytest.raises(BackupError, match=why) as caught:
            read_manifest(path)
        assert str(path) in str(caught.value)
    with pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore", str(path), "--yes")
    assert stored_content() == spoilt


def test_backup_of_a_database_without_its_tables_is_refused(tmp_path: Path) -> None:
    with connection.cursor() as cursor:  # undone with the test
        cursor.execute("ALTER TABLE catalog_linkcheck RENAME TO catalog_gone")
    with pytest.raises(BackupError, match=r"can't be read.+catalog_linkcheck"):
        write_backup(tmp_path / "one.zip")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_site_or_the_new_one_while_it_is_restored(
    backup: Path, tmp_path: Path
) -> None:
    names = ("“Édité” — 🔴", "Spoilt")
    wholes = {(names[0], Statement.objects.count(), LinkCheck.objects.count())}
    edit_every_kind_of_row()
    wholes.add((names[1], Statement.objects.count(), LinkCheck.objects.count()))
    has_ended = Event()

    def put_back() -> None:
        try:
            restore(backup, keep=tmp_path / "kept.zip")
        finally:
            connection.close()
            has_ended.set()

    restorer = Thread(target=put_back)
    restorer.start()
    found = set()
    while not has_ended.is_set():
        with connection.cursor() as cursor:  # one statement sees one moment
            cursor.execute(
                "SELECT name, (SELECT count(*) FROM catalog_statement), "
                "(SELECT count(*) FROM catalog_linkcheck) "
                "FROM catalog_certification WHERE slug = %s",
                [EDITED],
            )
            found.add(cursor.fetchone())
    restorer.join()
    assert found <= wholes
    assert Certification.objects.get(slug=EDITED).name == names[0]
