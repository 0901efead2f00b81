"""Two editors over all 50 interleavings of the five ways to save: no update is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from catalog.editorial.edit_tokens import token_of_now
from catalog.models import Certification, Statement
from tests.admin_form import AdminForm, open_form, read_form
from tests.editors import address_of, open_question, signed_in
from tests.examples import THOROUGH
from tests.factories.rows import a_certification, a_trait, new_statement
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")

SLUG = "interleaved"
TRANSFER = "/admin/transfer/"


@dataclass
class Editor:
    """An editor who wants one word of their own to be saved."""

    name: str
    client: Client
    version: (
        str  # an older version of the certification, which has the editor's name in its heading
    )


@dataclass
class Work:
    """A page that an editor has opened and filled in."""

    send: Callable[[], Any]
    page: bytes  # as the editor saw it
    resume: Callable[[HttpResponse], "Work"]  # what the editor does where it was stopped


def certification() -> Certification:
    return Certification.objects.get(slug=SLUG)


def through_form(editor: Editor) -> Work:
    address = address_of(Certification, "change", certification().pk)
    form = open_form(editor.client, address)
    form.set(heading=editor.name)
    return sending(editor, form, b"")


def through_inline(editor: Editor) -> Work:
    address = address_of(Certification, "change", certification().pk)
    form = open_form(editor.client, address)
    form.fill("statements-0", text=f"Interleaved {editor.name}")
    return sending(editor, form, b"")


def through_list(editor: Editor) -> Work:
    form = open_form(editor.client, f"{address_of(Statement, 'changelist')}?q={SLUG}")
    form.fill("form-0", condition=editor.name)
    return sending(editor, form, b"")


def sending(editor: Editor, form: AdminForm, page: bytes) -> Work:
    """A form; where it is stopped, the one in the answer is sent as it is."""

    def resume(answer: HttpResponse) -> Work:
        again = read_form(form.address, answer.content)
        typed = [value for value in again.fields.values() if editor.name in str(value)]
        assert typed != [], "The input is lost."
        return sending(editor, again, answer.content)

    return Work(lambda: form.send(editor.client), page, resume)


def through_revert(editor: Editor) -> Work:
    address = address_of(Certification, "version", certification().pk, editor.version)
    page = editor.client.get(address).content
    question = open_question(editor.client, address)
    return Work(lambda: question.send(editor.client), page, lambda _: through_revert(editor))


def through_import(editor: Editor) -> Work:
    data = f"slug,heading\n{SLUG},{editor.name}\n".encode()
    file = SimpleUploadedFile("entries.csv", data)
    page = editor.client.post(TRANSFER, {"file": file}).content
    inputs = {
        each.attributes.get("name"): each.attributes.get("value")
        for each in read_page(page).find_all("input")
    }
    sent: Any = {name: inputs[name] for name in ("carried", "digest")}
    return Work(
        lambda: editor.client.post(TRANSFER, sent),
        page,
        lambda _: through_import(editor),
    )


PATHS = [through_form, through_inline, through_list, through_revert, through_import]


def saved(path: Callable[[Editor], Work]) -> str:
    """The saved value of the field that a path writes."""
    row = certification()
    statement = row.statements.get()
    if path is through_inline:
        return statement.text.removeprefix("Interleaved ")
    return statement.condition if path is through_list else row.heading


@pytest.fixture
def editors() -> dict[str, Editor]:
    row = a_certification(slug=SLUG, order=90, heading="as it was")
    for name in ("ann", "bea"):
        a_trait(name)
    new_statement(
        certification=row, text="Interleaved", effect="for", condition="uses-gcp", order=1
    ).save()
    found = {}
    for name in ("ann", "bea"):
        row.heading = name
        row.save()
        found[name] = Editor(name, signed_in(name), token_of_now())
    row.heading = "as it is"
    row.save()
    return found


def test_no_update_is_lost(editors: dict[str, Editor], subtests: pytest.Subtests) -> None:
    opened = {(name, path): path(editors[name]) for name in editors for path in PATHS}
    # Who of the two is first makes no difference but to the names.
    for anns, beas, first in product(PATHS, PATHS, editors if THOROUGH else ["ann"]):
        ways = {"ann": anns, "bea": beas}
        names = {name: way.__name__.removeprefix("through_") for name, way in ways.items()}
        works = {name: opened[name, way] for name, way in ways.items()}
        with subtests.test(first=first, **names), transaction.atomic():
            _save_one_after_the_other(first, ways, works)
            transaction.set_rollback(True)


def _save_one_after_the_other(
    first: str, ways: Mapping[str, Callable[[Editor], Work]], works: Mapping[str, Work]
) -> None:
    (second,) = ways.keys() - {first}
    assert works[first].send().status_code == 302
    assert saved(ways[first]) == first

    answer = works[second].send()
    if saved(ways[second]) != second:  # stopped: theirs stands, and the input is in the answer
        assert saved(ways[first]) == first
        again = works[second].resume(answer)
        assert first in again.page.decode()  # who overwrites it now has been shown it
        assert again.send().status_code == 302
        assert saved(ways[second]) == second
    else:  # it was in nobody's way
        assert (answer.status_code, saved(ways[first])) == (302, first)
