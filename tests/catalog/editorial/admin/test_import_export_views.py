"""Import and export in the admin: the plan first, then what was shown, and nothing else."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from catalog.certification_spreadsheet import export_csv
from catalog.editorial.content_files import export_json
from catalog.models import Certification
from tests.database import stored_content
from tests.factories.people import client_of
from tests.factories.rows import a_certification
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")

PAGE = "/admin/transfer/"
ONE = b"slug,name,kind,order\nn-1,New,exam,31000\n"


@pytest.fixture
def editor() -> Client:
    return client_of("Editor")


def choose(client: Client, data: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("some.csv", data)})


def carried(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the page that shows a plan."""
    inputs = read_page(response.content).find_all("input")
    found = {each.attributes.get("name", ""): each.attributes.get("value", "") for each in inputs}
    return {name: found[name] for name in ("carried", "digest", "file_name")}


def rows(response: HttpResponse) -> list[list[str]]:
    bodies = [each.find("tbody") for each in read_page(response.content).find_all(".plan")]
    found = [row for body in bodies for row in body.find_all("tr")]
    return [[*texts(row, "td")[:2], texts(row, "p")[-1]] for row in found]


@pytest.mark.parametrize(
    ("role", "status"),
    [("Stranger", 302), ("Reader", 302), ("Author", 403), ("Editor", 200), ("Administrator", 200)],
)
@pytest.mark.parametrize(
    "name", ["", "content.json", "certifications.csv", "certifications-template.xlsx"]
)
def test_only_those_who_publish_import_and_export(role: str, status: int, name: str) -> None:
    assert client_of(role).get(PAGE + name).status_code == status


def test_author_cannot_import() -> None:
    author = client_of("Author")
    assert choose(author, ONE).status_code == 403
    assert not Certification.objects.filter(slug="n-1").exists()


def test_export_is_that_of_the_command(editor: Client) -> None:
    assert editor.get(f"{PAGE}content.json").content.decode() == export_json()
    table = editor.get(f"{PAGE}certifications.csv")
    assert table.content.decode() == export_csv()
    assert table.headers["Content-Disposition"].endswith('-certifications.csv"')
    assert editor.get(f"{PAGE}passwords.csv").status_code == 404


def test_file_of_what_is_there_already_offers_no_import(editor: Client) -> None:
    a_certification(slug="n-2", name="Old", order=31001)
    shown = read_page(choose(editor, b"slug,name\nn-2,Old\n").content)
    assert "There is nothing to import" in texts(shown, "h2")
    assert shown.find_all("input", value="Import") == []


def test_file_is_shown_as_a_plan_and_brought_in_when_confirmed(editor: Client) -> None:
    a_certification(slug="n-2", name="Old", order=31001)
    shown = choose(editor, ONE + b"n-2,Newer,exam,31001\n")
    assert rows(shown) == [
        ["3", "certification n-2", "name: Old Newer"],
        ["2", "certification n-1", "order: 31000"],
    ]
    assert not Certification.objects.filter(slug="n-1").exists()
    done = editor.post(PAGE, carried(shown), follow=True)
    assert texts(read_page(done.content).find(".messagelist"), "li") == [
        "Imported: 1 added, 1 changed, 0 left."
    ]
    (version,) = Certification.history.filter(slug="n-1")
    assert (version.history_user.username, version.history_change_reason) == ("editor", "Import")


def test_row_that_changed_after_the_plan_was_shown_is_not_overwritten(editor: Client) -> None:
    row = a_certification(slug="n-1", name="Old", order=31000)
    shown = choose(editor, ONE)
    Certification.objects.filter(pk=row.pk).update(name="Another’s")
    answer = editor.post(PAGE, carried(shown))
    (problem,) = texts(read_page(answer.content).find(".errorlist"), "li")
    assert problem.startswith("Somebody changed one of these rows meanwhile")
    assert Certification.objects.get(pk=row.pk).name == "Another’s"


@pytest.mark.parametrize(
    "change",
    [{"digest": ""}, {"carried": "!"}, {"carried": "AAAA"}],
    ids=["digest", "text", "bytes"],
)
def test_confirmation_that_was_tampered_with_is_refused(
    editor: Client, change: dict[str, str]
) -> None:
    answer = editor.post(PAGE, carried(choose(editor, ONE)) | change)
    assert len(texts(read_page(answer.content).find(".errorlist"), "li")) == 1
    assert not Certification.objects.filter(slug="n-1").exists()


def test_problems_are_listed_with_row_and_column(editor: Client) -> None:
    answer = choose(editor, ONE.replace(b"31000", b"soon"))
    assert texts(read_page(answer.content).find(".errorlist"), "li") == [
        "Row 2, order: “soon” is no number: write it like 150 or 99.50."
    ]


def test_page_without_a_file_asks_for_one(editor: Client) -> None:
    answer = editor.post(PAGE, {"x": "y"})
    assert texts(read_page(answer.content).find(".errorlist"), "li") == ["This field is required."]


def test_what_is_missing_is_made_only_when_that_was_said(editor: Client) -> None:
    data = b"name,kind,provider\nNew,exam,A New Provider\n"
    shown = choose(editor, data)
    assert b'name="make_missing" required' in shown.content
    refused = editor.post(PAGE, carried(shown))
    (problem,) = texts(read_page(refused.content).find(".errorlist"), "li")
    assert problem == "Say first that what is missing may be made."
    editor.post(PAGE, {**carried(shown), "make_missing": "on"})
    assert Certification.objects.filter(slug="new", provider__name="A New Provider").exists()


def test_import_is_undone_in_one_step_unless_somebody_edits_meanwhile(editor: Client) -> None:
    a_certification(slug="n-2", name="Old", order=31001)
    before = stored_content()
    data = b"slug,name,kind,order\nn-1,New,exam,31000\nn-2,Newer,exam,31001\n"
    done: Any = editor.post(PAGE, carried(choose(editor, data)))
    page = read_page(editor.get(done.url).content)
    assert "An import of some.csv: 1 added, 1 changed, 0 left." in page.find("#content").text
    boxes = [e for e in page.find("#content").find_all("input") if "checked" in e.attributes]
    sent = {"undo": [each.attributes["value"] for each in boxes]}
    row = Certification.objects.get(slug="n-2")
    Certification.objects.filter(pk=row.pk).update(name="Newest")
    Certification.objects.get(pk=row.pk).save()
    refused = editor.post(done.url, sent)
    assert "Name was changed since, by" in refused.content.decode()
    row.save()
    assert editor.post(done.url, sent).status_code == 302
    assert stored_content() == before
