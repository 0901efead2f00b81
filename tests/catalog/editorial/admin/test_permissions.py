"""Permissions in the admin: every address for every role, read and written."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, resolve, reverse

from catalog.models import Certification, Draftable, Trait
from tests.admin_form import errors_on, open_form
from tests.editors import carry_out, change_address
from tests.factories.drafts import WORD, add_drafts, fill_gaps
from tests.factories.people import READER, ROLES, STRANGER, SUPERUSER, client_of, person

pytestmark = pytest.mark.usefixtures("guide")

DRAFTS = {"certification", "correction", "question", "rule", "statement"}
VOCABULARY = {"provider", "source", "trait"}
PEOPLE = {"user", "group"}
NOBODY, STAFF, EDITORS, ADMINISTRATORS = "", "AEMS", "EMS", "MS"
LETTERS = dict(zip((*ROLES, SUPERUSER), STAFF, strict=True))

# Who may open a page of content that is published.
CONTENT = {
    "changelist": STAFF,
    "add": EDITORS,
    "change": STAFF,  # authors read it
    "delete": EDITORS,
    "history": STAFF,
    "propose": STAFF,
    "preview": STAFF,
    "deleted": STAFF,
    "audit": STAFF,
    "words": STAFF,
}
SITE = {
    "index": STAFF,
    "login": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "app_list": STAFF,
    "transfer": EDITORS,
    "confirm": STAFF,
    "search": STAFF,
    "edit": STAFF,
    "changes": STAFF,
    "proposed_changes": STAFF,
}
# They do nothing but with more than an address, and their own tests say what.
ELSEWHERE = {
    "logout",
    "autocomplete",
    "view_on_site",
    "export",
    "version",
    "password_change",
    "changes_of_edit",
    "proposed_change",
}


def may_open(model: str, page: str, *, is_draft: bool) -> str:
    if not model:
        return SITE[page]
    if model in PEOPLE:
        return ADMINISTRATORS
    if page == "add" and model in DRAFTS | VOCABULARY:
        return STAFF
    if (model, page) in {("guide", "add"), ("guide", "delete"), ("trait", "delete")}:
        return NOBODY  # there is one guide, and the trait is in use
    if (model, page) == ("statement", "delete") and is_draft:
        return STAFF
    return CONTENT[page]


def patterns(found: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


def pages() -> Iterator[tuple[type[Model] | None, str, str]]:
    """Each address of the admin: its model, if it has one, and its names without and with it."""
    models = {
        f"{model._meta.app_label}_{model._meta.model_name}_": model
        for model in admin.site._registry
    }
    for name in {each.name for each in patterns(admin.site.urls[0]) if each.name}:
        prefix = next((each for each in models if name.startswith(each)), "")
        yield models.get(prefix), name.removeprefix(prefix), name


def rows_of(model: type[Model]) -> list[Any]:
    """A row that readers see and, if there can be one, one that they do not."""
    rows = model._default_manager.order_by("pk")
    if not issubclass(model, Draftable):
        return [Trait.objects.get(slug="uses-gcp") if model is Trait else rows.first()]
    return [model.objects.published().first(), rows.filter(is_draft=True).first()]


def matrix() -> Iterator[tuple[str, str]]:
    """Every address, and the letters of the roles that may open it."""
    for model, page, name in sorted(pages(), key=lambda each: each[2]):
        if page in ELSEWHERE and (model or page != "password_change"):
            continue
        if model is None:
            yield (
                reverse(f"admin:{name}", args=["catalog"] if page == "app_list" else []),
                SITE[page],
            )
        elif page in ("changelist", "add", "deleted", "audit", "words"):
            label = str(model._meta.model_name)
            yield reverse(f"admin:{name}"), may_open(label, page, is_draft=False)
        else:
            for row in rows_of(model):
                is_draft = isinstance(row, Draftable) and not row.is_published
                label = str(model._meta.model_name)
                letters = may_open(label, page, is_draft=is_draft)
                yield reverse(f"admin:{name}", args=[row.pk]), letters


def visit(address: str, user: User | None, method: str = "get") -> str:
    """The result of a visit: in, refused, login, or “?” for another status; nothing is rendered."""
    request = getattr(RequestFactory(), method)(address)
    request.user, request.session = user or AnonymousUser(), {}
    vars(request)["_messages"] = default_storage(request)
    vars(request)["_dont_enforce_csrf_checks"] = True
    match = resolve(address)
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except PermissionDenied:
        return "refused"
    is_led_away = response.headers.get("Location", "").startswith("/admin/login/")
    return "login" if is_led_away else "in" if response.status_code in (200, 302) else "?"


@pytest.fixture
def everything(guide: None, short_form: None) -> list[tuple[str, str]]:
    add_drafts()
    Group.objects.get_or_create(name="Anything")
    person(READER)
    return list(matrix())


def test_each_role_opens_what_it_may(everything: list[tuple[str, str]]) -> None:
    people = {role: person(role) for role in (*ROLES, SUPERUSER)}
    found = {
        (address, role): visit(address, user)
        for address, _ in everything
        for role, user in people.items()
    }
    assert found == {
        (address, role): "in" if LETTERS[role] in letters else "refused"
        for address, letters in everything
        for role in people
    }
    assert len(everything) > 80


def test_others_are_led_to_the_login(everything: list[tuple[str, str]]) -> None:
    open_to_all = {"/admin/login/": "in"}
    for user in (person(STRANGER), person(READER)):
        found = {address: visit(address, user) for address, _ in everything}
        assert found == {address: open_to_all.get(address, "login") for address, _ in everything}


def test_author_writes_to_drafts_only(everything: list[tuple[str, str]]) -> None:
    author, found, expected = person("Author"), {}, {}
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        for row in rows_of(model):
            address = reverse(name, args=[row.pk])
            is_open = isinstance(row, Draftable) and not row.is_published
            found[address] = visit(address, author, "post")
            expected[address] = "in" if is_open else "refused"
    assert found == expected
    assert list(expected.values()).count("in") == len(DRAFTS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["changes_of_edit", "proposed_change"])
def test_staff_without_a_role_undoes_and_answers_nothing(db: None, method: str, page: str) -> None:
    user = User.objects.create_user("newcomer", is_staff=True)
    assert visit(reverse(f"admin:{page}", args=["1"]), user, method) == "refused"


# --- what an author can't get past ----------------------------------------------------


def test_what_an_author_adds_is_a_draft_whatever_is_sent(guide: None) -> None:
    client = client_of("Author")
    form = open_form(client, reverse("admin:catalog_certification_add"))
    assert "is_draft" not in form.fields
    form.fields |= {"is_draft": "", "name": "New", "slug": "new", "kind": "exam", "order": "90"}
    form.add_row("statements", order="1", section="reality", text="“So” — it is.")
    response = form.send(client)
    assert (response.status_code, errors_on(response) if response.content else []) == (302, [])
    added = Certification.objects.get(slug="new")
    assert (added.is_draft, [str(each) for each in added.statements.all()]) == (
        True,
        ["“So” — it is."],
    )


def test_author_can_not_publish_a_sentence_by_moving_it(guide: None) -> None:
    certification = add_drafts()
    sentence = certification.statements.get()
    assert sentence.is_draft is False  # as its certification is a draft
    client = client_of("Author")
    form = open_form(client, change_address(sentence))
    shown = Certification.objects.published()[0]
    form.set(certification=str(shown.pk), order="95")
    assert form.send(client).status_code == 302
    sentence.refresh_from_db()
    assert (sentence.certification, sentence.is_draft, sentence.is_published) == (
        shown,
        True,
        False,
    )


@pytest.mark.parametrize("action", ["publish", "make_draft", "delete_selected"])
def test_author_has_no_action_on_what_is_published(guide: None, action: str) -> None:
    certification, client = add_drafts(), client_of("Author")
    count = Certification.objects.count()
    for row in (
        certification,
        Certification.objects.published()[0],
        certification.statements.get(),
    ):
        address = change_address(row).replace(f"{row.pk}/change/", "")
        client.post(address, {"action": action, "_selected_action": [row.pk], "post": "yes"})
    drafts = Certification.objects.filter(is_draft=True)
    assert (drafts.get(), Certification.objects.count()) == (certification, count)


# --- what an editor publishes -----------------------------------------------------------


def test_editor_publishes_a_certification_and_takes_it_back(guide: None) -> None:
    certification = add_drafts()
    fill_gaps(certification)
    client = client_of(STRANGER)
    page = certification.get_absolute_url()
    assert carry_out(Certification, "publish", certification) == ["1 published."]
    assert client.get(page).status_code == 200
    history = certification.history.first()
    assert (history.history_user, history.is_draft) == (person("Editor"), False)
    assert carry_out(Certification, "make_draft", certification) == [
        f"“A {WORD} says so.” is cited as warning, so it can’t be a draft: take it out there first."
    ]
    assert client.get(page).status_code == 200
