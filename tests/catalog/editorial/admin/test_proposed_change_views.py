"""Changes proposed by an author: kept, applied as any edit, or sent back with a word."""

from typing import Any

import pytest
from django.test import Client

from catalog.editorial.edit import edit
from catalog.models import Certification, Chapter, ProposedChange, Provider, Statement
from tests.admin_form import AdminForm, errors_on, read_form
from tests.database import stored_content
from tests.editors import address_of, change_address
from tests.factories.people import client_of, person
from tests.factories.rows import a_certification, new_statement
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


@pytest.fixture
def author() -> Client:
    return client_of("Author")


@pytest.fixture
def provider() -> Provider:
    with edit():
        return Provider.objects.create(slug="p", name="P")


def form_of(client: Client, row: Any) -> AdminForm:
    address = address_of(type(row), "propose", row.pk)
    response = client.get(address)
    assert response.status_code == 200
    return read_form(address, response.content)


def propose(client: Client, row: Any, **values: str) -> ProposedChange:
    form = form_of(client, row)
    form.fields |= values
    response = form.send(client)
    assert (response.status_code, errors_on(response) if response.content else []) == (302, [])
    return ProposedChange.objects.all()[0]


def address(proposed: ProposedChange) -> str:
    return f"/admin/proposals/{proposed.pk}/"


def apply(proposed: ProposedChange, button: str = "_save") -> Any:
    """Press a button of the form with which an editor applies a proposed change."""
    editor = client_of("Editor")
    page = read_page(editor.get(address(proposed)).content)
    form = page.find("#content").find_all("form")[0]
    sent: dict[str, list[str]] = {button: ["x"]}
    for each in form.find_all("input") + form.find_all("textarea"):
        name = each.attributes.get("name", "")
        if each.attributes.get("type") != "submit" and name != "csrfmiddlewaretoken":
            text = "".join(str(child) for child in each.children).removeprefix("\n")
            sent.setdefault(name, []).append(each.attributes.get("value", text))
    return editor.post(form.attributes["action"], sent)


def state_of(proposed: ProposedChange) -> tuple[str, str]:
    proposed.refresh_from_db()
    return proposed.state, proposed.answer


def test_proposal_changes_nothing_and_shows_what_it_would(
    author: Client, provider: Provider
) -> None:
    before = stored_content()
    proposed = propose(author, provider, name="Q", change_reason="Its new name.")
    assert stored_content() == before
    assert (proposed.by, proposed.reason, proposed.title) == (
        person("Author"),
        "Its new name.",
        "P",
    )
    page = read_page(author.get(address(proposed)).content).find("#content")
    assert page.find(".timeline").text == "Provider “Q” changed Name PQ"
    buttons = [e for e in page.find_all("input") if e.attributes.get("type") == "submit"]
    assert [each.attributes["value"] for each in buttons] == ["Withdraw it"]


def test_editor_applies_it_as_any_edit_with_its_reason(author: Client, provider: Provider) -> None:
    proposed = propose(author, provider, name="Q", change_reason="Its new name.")
    assert apply(proposed).status_code == 302
    version = Provider.history.filter(id=provider.pk).latest()
    assert (version.name, version.history_user, version.history_change_reason) == (
        "Q",
        person("Editor"),
        "Its new name.",
    )
    assert state_of(proposed) == ("applied", "")
    page = read_page(author.get("/admin/proposals/").content)
    assert "P, by author" in page.find("#content").text
    assert "Applied by editor" in page.find("#content").text


def test_it_is_opened_in_the_form_and_saved_from_there(author: Client, provider: Provider) -> None:
    proposed = propose(author, provider, name="Q")
    shown = apply(proposed, "_back")
    form = read_form(change_address(provider), shown.content)
    form.set(name="R")
    assert form.send(client_of("Editor")).status_code == 302
    provider.refresh_from_db()
    assert (provider.name, state_of(proposed)) == ("R", ("applied", ""))


def test_what_others_changed_since_is_no_loss(author: Client, provider: Provider) -> None:
    proposed = propose(author, provider, name="Q")
    with edit():
        provider.name = "Another"
        provider.save()
    assert "Somebody else saved this" in apply(proposed).content.decode()
    provider.refresh_from_db()
    assert (provider.name, state_of(proposed)) == ("Another", ("open", ""))


def test_it_is_sent_back_with_a_word_only(author: Client, provider: Provider) -> None:
    proposed = propose(author, provider, name="Q")
    editor = client_of("Editor")
    refused: Any = editor.post(address(proposed), {"return": "x", "answer": ""})
    assert errors_on(refused) == ["This field is required."]
    editor.post(address(proposed), {"return": "x", "answer": "Not so."})
    assert state_of(proposed) == ("returned", "Not so.")
    shown = read_page(author.get(address(proposed)).content).find(".state").text
    assert (shown[:23], shown[-10:]) == ("Sent back by editor on ", " “Not so.”")
    editor.post(address(proposed), {"return": "x", "answer": "Again."})
    assert state_of(proposed) == ("returned", "Not so.")


def test_author_withdraws_own_proposals_and_answers_none(
    author: Client, provider: Provider
) -> None:
    proposed = propose(author, provider, name="Q")
    assert author.post(address(proposed), {"return": "x", "answer": "!"}).status_code == 403
    assert client_of("Editor").post(address(proposed), {"withdraw": "x"}).status_code == 403
    author.post(address(proposed), {"withdraw": "x"})
    assert state_of(proposed) == ("withdrawn", "")


def test_sentences_are_proposed_with_the_drafts_among_them_kept(author: Client) -> None:
    with edit():
        chapter = Chapter.objects.create(slug="c", heading="C", order=90)
        new_statement(chapter=chapter, section="chapter", order=1, is_draft=True).save()
    form = form_of(author, chapter)
    form.add_row("statements", order="2", section="chapter", form="bullet", text="And so on.")
    form.send(author)
    proposed = ProposedChange.objects.get()
    assert [each["kind"] for each in proposed.changes] == ["added"]
    assert apply(proposed).status_code == 302
    found = Statement.objects.filter(chapter=chapter).values_list("text", "is_draft")
    assert [*found] == [("It is what it is.", True), ("And so on.", False)]


def test_wrong_input_and_none_are_refused_in_the_form(author: Client, provider: Provider) -> None:
    form = form_of(author, provider)
    form.fields["name"] = ""
    assert errors_on(form.send(author)) == ["This field is required."]
    response: Any = author.post(form.address, {**form.fields, "name": "P"}, follow=True)
    (message,) = response.context["messages"]
    assert str(message) == "Nothing would change: change something first."
    assert not ProposedChange.objects.exists()


def test_row_that_is_gone_is_told(author: Client) -> None:
    with edit():
        row = a_certification(slug="x")
    proposed = propose(author, row, heading="Other")
    with edit():
        Certification.objects.get(pk=row.pk).delete()
    page = read_page(client_of("Editor").get(address(proposed)).content).find("#content")
    assert "It was deleted since." in page.text
    assert page.find_all("form") == []
