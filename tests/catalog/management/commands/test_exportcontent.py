"""The command `exportcontent`: all content as JSON, or the certifications as a table."""

from pathlib import Path

import pytest
from django.core.management import call_command

from catalog.certification_spreadsheet import export_csv
from catalog.editorial.content_files import export_json

pytestmark = pytest.mark.usefixtures("guide")


def test_ending_of_the_name_decides_what_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, table = tmp_path / "content.json", tmp_path / "table.csv"
    for path in (whole, table):
        call_command("exportcontent", str(path))
        assert capsys.readouterr().out == f"The content is in {path}.\n"
    assert whole.read_bytes() == export_json().encode()
    assert table.read_bytes() == export_csv().encode()
