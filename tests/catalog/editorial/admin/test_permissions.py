"""Who gets where in the admin: every address for every role, read and written."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, resolve, reverse

from advisor.models import Question
from catalog.models import Certification, Correction, Draftable, Statement, Trait
from tests.admin_form import errors_on, open_form, read_form
from tests.editors import address_of
from tests.factories.drafts import WORD, add_drafts
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
}
# They do nothing but with more than an address, and their own tests say what.
ELSEWHERE = {"logout", "autocomplete", "view_on_site", "export", "version", "password_change"}


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
    """What becomes of a visit: in, refused, or led to the login; nothing is rendered."""
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
def everything(guide: None) -> list[tuple[str, str]]:
    add_drafts()
    Group.objects.get_or_create(name="Anything")
    person(READER)
    return list(matrix())


@pytest.mark.parametrize("role", [*ROLES, SUPERUSER])
def test_role_opens_what_it_may(everything: list[tuple[str, str]], role: str) -> None:
    user = person(role)
    found = {address: visit(address, user) for address, _ in everything}
    assert found == {
        address: "in" if LETTERS[role] in letters else "refused" for address, letters in everything
    }
    assert len(found) > 80


@pytest.mark.parametrize("role", [STRANGER, READER])
def test_others_are_led_to_the_login(everything: list[tuple[str, str]], role: str) -> None:
    open_to_all = {"/admin/login/": "in"}
    found = {address: visit(address, person(role)) for address, _ in everything}
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


# --- what an author can't get past ----------------------------------------------------


def change(row: Model) -> str:
    return address_of(type(row), "change", row.pk)


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
    form = open_form(client, change(sentence))
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
    for row in (
        certification,
        Certification.objects.published()[0],
        certification.statements.get(),
    ):
        address = change(row).replace(f"{row.pk}/change/", "")
        client.post(address, {"action": action, "_selected_action": [row.pk], "post": "yes"})
    drafts = Certification.objects.filter(is_draft=True)
    assert (drafts.get(), Certification.objects.count()) == (certification, 18)


def test_administrator_makes_no_superuser_and_is_none(guide: None) -> None:
    client, boss = client_of("Administrator"), person(SUPERUSER)
    editor = person("Editor")
    assert boss
    assert editor
    assert client.post(change(boss), {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/auth/user/{boss.pk}/password/").status_code == 403
    form = open_form(client, change(editor))
    form.fields |= {"is_superuser": "on", "first_name": "Ed"}
    assert form.send(client).status_code == 302
    editor.refresh_from_db()
    assert (editor.first_name, editor.is_superuser) == ("Ed", False)


# --- what an editor publishes -----------------------------------------------------------


def act(model: type[Model], action: str, *rows: Model) -> list[str]:
    """Carry out an action as an editor who wants its effect; returns what is said about it."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    data: dict[str, Any] = {"action": action, "_selected_action": [row.pk for row in rows]}
    client = client_of("Editor")
    response: Any = client.post(address, data, follow=True)
    wanted = re.search(rb'name="_effect" value="(.+?)"', response.content)
    if wanted:
        data |= {"_effect": wanted[1].decode(), "_reason": "It is time."}
        response = client.post(address, data, follow=True)
    said = [str(each) for each in response.context["messages"]]
    return [each for each in said if not each.startswith("No verdict changes")]


def test_editor_publishes_a_certification_and_takes_it_back(guide: None) -> None:
    certification = add_drafts()
    client = client_of(STRANGER)
    page = certification.get_absolute_url()
    assert act(Certification, "publish", certification) == ["1 published."]
    assert client.get(page).status_code == 200
    history = certification.history.first()
    assert (history.history_user, history.is_draft) == (person("Editor"), False)
    assert act(Certification, "make_draft", certification) == [
        f"“A {WORD} says so.” is cited as warning, so it can’t be a draft: take it out there first."
    ]
    assert client.get(page).status_code == 200


def test_condition_of_a_draft_question_is_refused_until_that_is_published(guide: None) -> None:
    trait = Trait.objects.create(slug="is-new", label="is new")
    certification = add_drafts()
    question = Question.objects.get(is_draft=True)
    question.choices.get().traits.add(trait)
    sentence = certification.statements.get()
    sentence.condition, sentence.effect, sentence.is_draft = "is-new", "for", True
    sentence.save()
    refusal = (
        f"No published answer makes “is-new” true, which the condition of “{sentence}” names: "
        "publish its question first, or rewrite the condition."
    )
    act(Certification, "publish", certification)
    assert act(Statement, "publish", sentence) == [refusal]
    assert act(Question, "publish", question) == ["1 published."]
    assert act(Statement, "publish", sentence) == ["1 published."]
    assert act(Question, "make_draft", question) == [refusal]


def test_question_without_answers_is_not_published(guide: None) -> None:
    question = Question.objects.create(
        key="new", order=0, label="New", text="New?", why="So.", is_draft=True
    )
    assert act(Question, "publish", question) == ["“New?” has no answers to choose from: add some."]
    question.refresh_from_db()
    assert question.is_draft is True


def test_sentence_that_is_cited_is_not_unpublished_in_its_form(guide: None) -> None:
    cited = Statement.objects.annotate(times=Count("citations"))
    sentence = cited.filter(citations__purpose="warning", times=1)[0]
    client = client_of("Editor")
    form = open_form(client, change(sentence))
    form.fields |= {"is_draft": "on", "heading": "Kept"}
    response = form.send(client)
    assert errors_on(response) == [
        f"“{sentence}” is cited as warning, so it can’t be a draft: take it out there first."
    ]
    sentence.refresh_from_db()
    assert (sentence.is_draft, sentence.heading) == (False, "")
    assert b'value="Kept"' in response.content


def test_list_that_would_break_the_rulebook_is_refused_and_keeps_the_input(guide: None) -> None:
    Trait.objects.create(slug="is-new", label="is new")
    arguing = Statement.objects.filter(effect="for").exclude(condition="").order_by("pk")
    sentence, client = arguing[0], client_of("Editor")
    form = open_form(client, f"{address_of(Statement, 'changelist')}?effect__exact=for")
    form.fill(form.row("form", id=str(sentence.pk)), condition="is-new")
    response = form.send(client)
    assert errors_on(response) == [
        (
            f"No published answer makes “is-new” true, which the condition of “{sentence}” names: "
            "publish its question first, or rewrite the condition."
        )
    ]
    assert read_form("", response.content).fields["form-0-condition"] == "is-new"
    assert Statement.objects.get(pk=sentence.pk).condition == sentence.condition


def words_of(page: str) -> list[str]:
    """The words of a page, but for the dated changes: those come with being published."""
    told = re.sub(r'<section class="changes".*?</section>', "", page, flags=re.DOTALL)
    return told.split("</main>", maxsplit=1)[0].split()


# --- previews -----------------------------------------------------------------------------


def test_preview_is_the_page_with_drafts_in_it(guide: None) -> None:
    certification, client = add_drafts(), client_of("Author")
    response = client.get(change(certification).replace("change", "preview"))
    page = response.content.decode()
    assert (f"No {WORD} says so." in page, "Preview of a draft." in page) == (True, True)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    act(Certification, "publish", certification)
    seen = client_of(STRANGER).get(certification.get_absolute_url()).content.decode()
    article = page.split("Back to the form</a>")[1].split("</p>", 1)[1]
    assert words_of(article) == words_of(seen.split('class="certification">')[1])


def test_preview_of_a_correction_is_its_place_on_the_page(guide: None) -> None:
    add_drafts()
    correction, client = Correction.objects.get(slug=WORD), client_of("Author")
    response: Any = client.get(change(correction).replace("change", "preview"), follow=True)
    address, _ = response.redirect_chain[-1]
    assert address.endswith(f"preview/#{correction.statement.anchor}")
    assert f"A {WORD} corrects." in response.content.decode()
