"""The command `restore`: it asks first, and names the backup of what there was."""

import io
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.database import stored_content
from tests.factories.backups import back_up_edited_site, edit_every_kind_of_row

pytestmark = pytest.mark.usefixtures("guide")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "one.zip"
    back_up_edited_site(path)
    return path


def test_restore_asks_first_and_says_where_the_old_one_is(
    backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit_every_kind_of_row()
    spoilt = stored_content()
    for answer in ("no\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        with pytest.raises(CommandError):
            call_command("restore", str(backup))
        assert stored_content() == spoilt
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    capsys.readouterr()
    call_command("restore", str(backup))
    folder = settings.ENVIRONMENT.data_dir / "backups"
    (kept,) = folder.iterdir()
    assert f"What there was is in {kept}." in capsys.readouterr().out
    assert stored_content() != spoilt
    shutil.rmtree(folder)
