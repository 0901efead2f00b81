"""The command `backup`: the file that it names."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("guide")


def test_command_says_where_the_backup_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.zip"
    call_command("backup", str(path))
    assert capsys.readouterr().out == f"The backup is in {path}. The secret key is not in it.\n"
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(path))
