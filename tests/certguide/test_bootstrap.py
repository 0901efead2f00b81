"""Preparations at the start of the site, before the site serves."""

import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from catalog.models import Guide
from certguide.bootstrap import (
    StartError,
    check_port_is_free,
    one_start_at_a_time,
    prepare,
    static_digest,
)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    """A data folder beside that of the other tests, and one static file to collect."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data_dir=tmp_path)
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "site.css").write_text("p { color: blue }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "own"]
    return tmp_path


def test_nothing_is_left_to_do_after_a_start(guide: None) -> None:
    assert list(prepare()) == ["Collecting the static files"]
    assert list(prepare()) == []


def test_guide_is_loaded_only_into_an_empty_site(
    guide: None, tmp_path: Path, settings: Settings
) -> None:
    list(prepare())
    call_command("flush", interactive=False, verbosity=0)
    # The first chapters are enough: to load all of it is the business of `loadguide`.
    first = settings.BASE_DIR / "fixtures" / "1-guide.yaml"
    settings.BASE_DIR = tmp_path
    (tmp_path / "fixtures").mkdir()
    shutil.copy(first, tmp_path / "fixtures")
    assert list(prepare()) == ["Loading the guide"]
    assert Guide.objects.exists()


def test_static_files_are_collected_when_one_has_changed(guide: None, data_dir: Path) -> None:
    list(prepare())
    (data_dir / "own" / "site.css").write_text("p { color: red }")
    assert list(prepare()) == ["Collecting the static files"]
    assert (data_dir / "static.digest").read_text() == static_digest()
    found = {path.read_text() for path in (data_dir / "static").glob("site.*.css")}
    assert "p { color: red }" in found


def test_free_port_is_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    check_port_is_free("127.0.0.1", port)


def test_port_in_use_is_named() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(StartError, match=r"^127\.0\.0\.1, port \d+ cannot be used \(Address"),
    ):
        check_port_is_free(*server.getsockname())


def test_address_of_another_machine_is_named() -> None:
    with pytest.raises(StartError, match=r"^192\.0\.2\.1, port 8000 cannot be used"):
        check_port_is_free("192.0.2.1", 8000)


def test_lock_that_cannot_be_written_is_named(data_dir: Path) -> None:
    (data_dir / "start.lock").mkdir()
    with pytest.raises(StartError, match=r"start\.lock cannot be written: Is a directory"):
        one_start_at_a_time(data_dir).__enter__()
