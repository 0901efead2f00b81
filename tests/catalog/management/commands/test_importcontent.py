"""The command `importcontent`: says row by row what it does, and does all of it or nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import PastImport, Provider
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide")

TABLE = "slug,name,kind,order\nn-1,Renamed,exam,20000\nn-2,New,exam,20001\n"
STEPS = ["Row 2, changed: certification n-1", "    name: Old → Renamed"]
ADDED = "Row 3, added: certification n-2"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    a_certification(slug="n-1", name="Old", order=20_000)
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def test_rehearsal_says_what_would_happen_and_the_import_does_it(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("importcontent", str(table), "--dry-run")
    rehearsed = capsys.readouterr().out.splitlines()
    call_command("importcontent", str(table))
    done = capsys.readouterr().out.splitlines()
    assert rehearsed[:2] == STEPS
    assert ADDED in rehearsed
    assert rehearsed[-1] == "This would happen: 1 added, 1 changed, 0 left."
    assert done == [*rehearsed[:-1], "Done: 1 added, 1 changed, 0 left."]
    call_command("importcontent", str(table))
    assert capsys.readouterr().out == "Done: 0 added, 0 changed, 2 left.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [("none.csv", None), ("table.csv", "slug,name,kind,order\nn-1,X,diploma,1\n")],
    ids=["no such file", "wrong row"],
)
def test_file_that_cannot_be_imported_is_refused_as_a_whole(
    tmp_path: Path, name: str, text: str | None
) -> None:
    path = tmp_path / name
    if text:
        path.write_text(text)
    before = Provider.objects.count()
    with pytest.raises(CommandError, match=r"^Nothing was imported\.\n.+"):
        call_command("importcontent", str(path))
    assert Provider.objects.count() == before


def test_missing_rows_are_made_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,kind,provider\nNew,exam,A New Provider\n")
    with pytest.raises(CommandError, match="Nobody has these: provider a-new-provider"):
        call_command("importcontent", str(path))
    assert not Provider.objects.filter(name="A New Provider").exists()
    call_command("importcontent", str(path), "--make-missing", verbosity=0)
    assert Provider.objects.filter(name="A New Provider").exists()
    assert [each.file_name for each in PastImport.objects.all()] == ["table.csv"]
