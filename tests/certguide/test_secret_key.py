"""The data folder and the secret key in it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from certguide.environment import SettingError
from certguide.secret_key import make_data_folder, secret_key


def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_data_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "kept").write_text("data")
    make_data_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert (tmp_path / "kept").read_text() == "data"


def test_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match=r"^DATA_DIR is '.*/file', which cannot be made"):
        make_data_folder(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_to_write_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SettingError, match=r"^DATA_DIR is '.*', where this user may not write"):
        make_data_folder(tmp_path)


def test_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    secret_key(tmp_path)
    status = (tmp_path / "secret_key").stat()
    assert stat.S_IMODE(status.st_mode) == 0o600
    assert status.st_uid == os.geteuid()


def test_key_is_kept(tmp_path: Path) -> None:
    assert secret_key(tmp_path) == secret_key(tmp_path)


def test_keys_of_two_installations_differ(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as starts:
        keys = set(starts.map(secret_key, [tmp_path] * 64))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret_key(tmp_path)
    (tmp_path / "secret_key").chmod(0o640)
    with pytest.raises(SettingError, match=r"open to other users: run chmod 600 "):
        secret_key(tmp_path)


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe\n"])
def test_damaged_key_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    (tmp_path / "secret_key").chmod(0o600)
    with pytest.raises(SettingError, match=r"is damaged: delete it"):
        secret_key(tmp_path)
