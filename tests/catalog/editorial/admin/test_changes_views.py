"""The page of changes: filters as addresses, and the undoing of what is ticked."""

from typing import Any

import pytest
from django.test import Client

from catalog.editorial.content_version import last_edit_at
from catalog.editorial.edit import edit
from catalog.editorial.edit_tokens import token_at
from catalog.editorial.past_import import remember_import
from catalog.models import Certification, Provider
from tests.editors import change_form
from tests.factories.people import client_of, person
from tests.factories.rows import a_certification, a_trait
from tests.html import Element, read_page

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

PAGE = "/admin/changes/"


@pytest.fixture
def provider() -> Provider:
    """A provider that an editor has renamed."""
    with edit():
        row = Provider.objects.create(slug="p", name="P")
    form = change_form(client_of("Editor"), row)
    form.fields |= {"name": "Q", "change_reason": "Its new name."}
    form.send(client_of("Editor"))
    return row


def shown(client: Client, query: str = "") -> list[Element]:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return read_page(response.content).find_all(".past-edit")


def last_address() -> str:
    moment = last_edit_at()
    assert moment
    return f"{PAGE}{token_at(moment)}/"


def test_edit_shows_who_what_and_why(provider: Provider) -> None:
    first = shown(client_of("Author"))[0]
    assert first.text.split(", ", 1)[1] == (
        "editor Why: “Its new name.” Provider “Q”: its history changed Name PQ "
        f"Look closer, undo the edit of {first.find_all('a')[-1].text.partition('edit of ')[2]}"
    )


def test_filters_are_addresses(provider: Provider) -> None:
    client = client_of("Author")
    with edit("importcontent") as current:
        a_trait("idle")
    remember_import(current.at, file_name="t.csv", words="1 added")
    kinds = {
        "?person=editor": 1,
        "?person=author": 0,
        "?person=-&kind=catalog.trait&of_import=any": 1,
        f"?of_import={token_at(current.at)}": 1,
        "?person=editor&kind=catalog.trait": 0,
    }
    person("Editor")
    person("Author")
    assert {query: len(shown(client, query)) for query in kinds} == kinds


def unread(client: Client) -> tuple[int, int, bool]:
    """The edits marked as unread, those that the filter leaves, and whether the start page says."""
    marked = [edit for edit in shown(client) if "unread" in edit.classes]
    start = client.get("/admin/").content.decode()
    return len(marked), len(shown(client, "?show=unread")), "Changes (1 unread)" in start


def test_edits_by_others_are_unread_until_they_are_marked_as_read() -> None:
    author, editor = client_of("Author"), client_of("Editor")
    assert unread(author) == (0, 0, False)
    renaming = change_form(editor, Provider.objects.all()[0])
    renaming.fields["name"] = "Its new name"
    renaming.save(editor)
    assert (unread(author), unread(editor)) == ((1, 1, True), (0, 0, False))
    form = read_page(author.get(PAGE).content).find("#unread")
    author.post(PAGE, {e.attributes["name"]: e.attributes["value"] for e in form.find_all("input")})
    assert unread(author) == (0, 0, False)
    author.post(PAGE, {"read": "0"})
    assert unread(author) == (0, 0, False)


@pytest.mark.parametrize(
    "query", ["?person=nobody", "?kind=x", "?of_import=1", "?show=x", "?kind=auth.user"]
)
def test_unknown_filter_shows_nothing_and_says_so(query: str, provider: Provider) -> None:
    page = read_page(client_of("Editor").get(PAGE + query).content)
    assert "Nothing is shown: one of the filters is not known." in page.find("#content").text
    assert page.find_all(".past-edit") == []


def test_ticked_field_is_undone_and_the_undoing_is_an_edit_with_its_reason(
    provider: Provider,
) -> None:
    client, address = client_of("Editor"), last_address()
    boxes = read_page(client.get(address).content).find("#content").find_all("input")
    ticked = [e.attributes["value"] for e in boxes if "checked" in e.attributes]
    assert ticked == [f"catalog.provider-{provider.pk}-name"]
    answer: Any = client.post(
        address, {"undo": ticked, "change_reason": "It was wrong."}, follow=True
    )
    provider.refresh_from_db()
    version = provider.history.latest()
    assert (provider.name, version.history_change_reason) == ("P", "It was wrong.")
    (message,) = answer.context["messages"]
    assert str(message) == "Undone: Provider “Q”: Name."


@pytest.mark.parametrize("sent", [[], ["x"], ["catalog.provider-1-slug"]])
def test_nothing_ticked_is_refused_in_words(sent: list[str], provider: Provider) -> None:
    page = client_of("Editor").post(last_address(), {"undo": sent})
    assert "tick first what is to be undone" in page.content.decode()


def test_author_undoes_drafts_only(provider: Provider) -> None:
    client, name = client_of("Author"), "catalog.provider"
    published = last_address()
    assert "Undo what is ticked" not in client.get(published).content.decode()
    sent = {"undo": f"{name}-{provider.pk}-name"}
    assert client.post(published, sent).status_code == 403
    with edit():
        draft = a_certification(slug="a-draft", is_draft=True)
    with edit():
        draft.name = "Another"
        draft.save()
    client.post(last_address(), {"undo": f"catalog.certification-{draft.pk}-name"})
    assert Certification.objects.get(pk=draft.pk).name == "A draft"


def test_large_import_is_undone_by_one_box() -> None:
    with edit("importcontent") as current:
        for number in range(201):
            a_trait(f"idle-{number}")
    remember_import(current.at, file_name="t.csv", words="201 added")
    client, address = client_of("Editor"), last_address()
    boxes = read_page(client.get(address).content).find("#content").find_all("input")
    assert [e.attributes["value"] for e in boxes if e.attributes["type"] == "checkbox"] == ["all"]
    assert client.post(address, {"undo": "all"}).status_code == 302
    assert shown(client)[0].text.count("deleted") == 6


@pytest.mark.parametrize("token", ["0", "x", "99999999999999999999"])
def test_edit_that_never_was_is_not_found(token: str) -> None:
    assert client_of("Editor").get(f"{PAGE}{token}/").status_code == 404
