"""The catalogue in the admin: who gets in, what can be edited, what is refused and how."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from catalog.editorial.content_version import content_version
from catalog.editorial.records import content_models
from catalog.models import (
    Certification,
    Chapter,
    Guide,
    Price,
    Source,
    Statement,
    Succession,
    Trait,
)
from tests.admin_form import delete, errors_on, open_form, read_form
from tests.database import stored_content
from tests.editors import address_of, change_address, change_form
from tests.factories.rows import a_trait
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")
in_short_form = pytest.mark.usefixtures("short_form")

PRACTITIONER = "aws-certified-ai-practitioner"
SPECIALTY = "aws-certified-machine-learning-specialty"
FUNDAMENTALS = "microsoft-azure-ai-fundamentals"
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


def certification(slug: str = PRACTITIONER) -> Certification:
    return Certification.objects.get(slug=slug)


def pages_of(model: type[Model]) -> dict[str, str]:
    row = model._default_manager.first()
    assert row
    return {
        "changelist": address_of(model, "changelist"),
        "add": address_of(model, "add"),
        "change": change_address(row),
    }


def assert_saved(response: HttpResponse, row: Model) -> None:
    assert (response.status_code, errors_on(response) if response.content else []) == (302, [])
    assert response.headers["Location"] == address_of(type(row), "changelist")


def version() -> str:
    return content_version()


# --- who gets in, and to what ---------------------------------------------------


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_superuser_opens_list_add_and_change_page(model: type[Model], admin_client: Client) -> None:
    if model._meta.label == "auth.Group":
        model._default_manager.create(name="Editors")
    found = {name: admin_client.get(page).status_code for name, page in pages_of(model).items()}
    assert found == {"changelist": 200, "add": 403 if model is Guide else 200, "change": 200}


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["stranger", "not staff"])
def test_others_are_led_to_the_login(client: Client, *, is_signed_in: bool) -> None:
    if is_signed_in:
        client.force_login(User.objects.create_user("reader"))
    for model in content_models():
        if model in REGISTERED:
            for page in pages_of(model).values():
                response = client.get(page)
                assert (response.status_code, response.headers["Location"]) == (
                    302,
                    f"/admin/login/?next={page}",
                )


def inlines_of(model: type[Model]) -> set[str]:
    model_admin: ModelAdmin[Any] = admin.site.get_model_admin(model)
    return {inline.model.__name__ for inline in model_admin.inlines}


def test_all_content_can_be_edited() -> None:
    inline = set().union(*(inlines_of(model) for model in REGISTERED))
    missing = {model.__name__ for model in content_models() if model not in REGISTERED} - inline
    assert missing == set()


def test_statements_stand_under_their_certification_and_chapter() -> None:
    assert {"Statement", "Lifecycle", "Price", "Exam", "Succession"} < inlines_of(Certification)
    assert inlines_of(Chapter) == {"Statement"}


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Certification, "google machine"),
        (Statement, "Andrew Ng"),
        (Source, "metaltoad"),
        (Trait, "uses-gcp"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_list_is_searched(model: type[Model], words: str, admin_client: Client) -> None:
    page = admin_client.get(address_of(model, "changelist"), {"q": words})
    rows = read_page(page.content).find("#result_list").find("tbody").find_all("tr")
    assert 1 <= len(rows) < model._default_manager.count()


@in_short_form
@pytest.mark.parametrize(
    "row",
    [certification, lambda: Statement.objects.get(text="You paid money")],
    ids=["certification", "statement"],
)
def test_view_on_site_leads_to_the_page(row: Any, admin_client: Client) -> None:
    made = row()
    page = read_page(admin_client.get(change_address(made)).content)
    link = page.find("a.viewsitelink")
    response = admin_client.get(link.attributes["href"])
    assert response.headers["Location"].endswith(made.get_absolute_url())


# --- saving a certification with all that is under it -----------------------------


@pytest.mark.parametrize("slug", [PRACTITIONER, SPECIALTY, "ai-ethics-certificates"])
def test_saving_without_an_edit_changes_no_row(slug: str, admin_client: Client) -> None:
    before, row = stored_content(), certification(slug)
    assert_saved(change_form(admin_client, row).send(admin_client), row)
    assert stored_content() == before


TYPOGRAPHIC = (
    "“It’s \u2018quoted’ \u2013 and dashed — with an ellipsis…\u00a0and 🔴 <b>no</b> &amp; tags.”"
)


@in_short_form
def test_edited_text_is_kept_byte_for_byte_and_seen_at_once(admin_client: Client) -> None:
    row, statement = certification(), certification().statements.all()[0]
    admin_client.get(row.get_absolute_url())
    form = change_form(admin_client, row)
    form.fill(form.row("statements", id=str(statement.pk)), text=TYPOGRAPHIC)
    assert_saved(form.send(admin_client), row)
    statement.refresh_from_db()
    stored = TYPOGRAPHIC.replace("\u00a0", " ")  # blanks are alike, as nobody sees which it is
    assert statement.text.encode() == stored.encode()
    shown = [
        read_page(Client().get(page).content).find(f"#{statement.anchor}").text
        for page in (row.get_absolute_url(), "/guide/")
    ]
    assert shown == [" ".join(TYPOGRAPHIC.split())] * 2
    again = change_form(admin_client, row)
    assert again.fields[f"{again.row('statements', id=str(statement.pk))}-text"] == stored


@in_short_form
def test_a_save_renews_the_version_and_the_history_names_the_user(
    admin_client: Client, admin_user: User
) -> None:
    row, before = certification(), version()
    statement = row.statements.all()[0]
    others = Statement.history.exclude(id=statement.pk).count()
    form = change_form(admin_client, row)
    form.fill(form.row("statements", id=str(statement.pk)), text="Edited.")
    form.send(admin_client)
    assert version() != before
    last = Statement.history.filter(id=statement.pk).latest("history_id")
    assert (last.text, last.history_type, last.history_user) == ("Edited.", "~", admin_user)
    assert Statement.history.exclude(id=statement.pk).count() == others
    assert LogEntry.objects.get().user == admin_user


@in_short_form
def test_row_is_added_and_another_deleted(admin_client: Client) -> None:
    row = certification()
    first, second = row.statements.order_by("order")[:2]
    form = change_form(admin_client, row)
    form.delete_row(form.row("statements", id=str(first.pk)))
    form.add_row("statements", order="40", section="reality", form="bullet", text="A new one.")
    assert_saved(form.send(admin_client), row)
    assert not Statement.objects.filter(pk=first.pk).exists()
    added = row.statements.get(text="A new one.")
    assert (added.text, added.anchor) == ("A new one.", f"{PRACTITIONER}--a-new-one")
    assert row.statements.order_by("order")[0] == second


@in_short_form
def test_certification_is_added_with_all_that_is_under_it(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Certification, "add"))
    form.set(name="New", slug="new", kind="exam", order="70", page_url="example.org/new")
    form.add_row(
        "statements",
        order="1",
        section="worth-it-if",
        form="bullet",
        text="You use it.",
        effect="for",
        condition="uses-gcp",
    )
    form.add_row("exams", order="1", code="N-1", confidence="high", checked_on="2026-11-22")
    form.add_row(
        "successions",
        order="1",
        successor=str(certification().pk),
        confidence="low",
        checked_on="2026-11-22",
    )
    form.fill("lifecycle-0", reported="open", confidence="high", checked_on="2026-11-22")
    form.fill("price-0", amount="10", currency="USD", period="once")
    form.fill("price-0", confidence="high", checked_on="2026-11-22")
    form.fields["_waiver"] = "Its provider is not known yet"
    new = Certification()
    assert_saved(form.save(admin_client), new)
    new = certification("new")
    # An address without a scheme is taken for a safe one.
    assert new.page_url == "https://example.org/new"
    assert [str(each) for each in new.statements.all()] == ["You use it."]
    assert [str(each) for each in new.exams.all()] == ["N-1"]
    assert [each.successor for each in new.successions.all()] == [certification()]
    assert (new.lifecycle.reported, str(new.price)) == ("open", "$10 once")


# --- what is refused --------------------------------------------------------------


@in_short_form
def test_unknown_trait_is_refused_with_the_nearest_and_the_input_is_kept(
    admin_client: Client,
) -> None:
    row = certification("google-professional-machine-learning-engineer")
    before = version()
    statement = row.statements.exclude(condition="")[0]
    form = change_form(admin_client, row)
    number = form.row("statements", id=str(statement.pk))
    form.fill(number, condition="uses-gpc", text=TYPOGRAPHIC)
    form.set(months_max="9")
    response = form.send(admin_client)
    assert response.status_code == 200
    assert errors_on(response) == ["There is no trait “uses-gpc”. Did you mean “uses-gcp”?"]
    assert read_form("", response.content).fields == form.fields
    assert version() == before


@in_short_form
@pytest.mark.parametrize("is_new", [False, True], ids=["saved", "new"])
def test_unknown_trait_of_a_statement_that_argues_is_the_only_error(
    admin_client: Client, *, is_new: bool
) -> None:
    row = certification()
    form = change_form(admin_client, row)
    at = (
        form.add_row("statements", order="40", section="reality", form="bullet", text="New.")
        if is_new
        else form.row("statements", order="1")
    )
    form.fill(at, effect="for", condition="uses-gpc", no_condition_reason="")
    assert errors_on(form.send(admin_client)) == [
        "There is no trait “uses-gpc”. Did you mean “uses-gcp”?"
    ]


BROKEN: dict[str, tuple[str, dict[str, str], str]] = {
    "argues without a condition": (
        "statements-0",
        {"effect": "for", "condition": "", "no_condition_reason": ""},
        (
            "A statement that argues needs a condition, or a written reason why it has none "
            "(not both)."
        ),
    ),
    "closes before it opens": (
        "lifecycle-0",
        {"opens_on": "2026-06-02", "closes_on": "2026-06-01"},
        "It can't close before it opens: check the dates.",
    ),
    "questions in the wrong order": (
        "exams-0",
        {"questions_min": "60", "questions_max": "50"},
        "Give both questions or none, the smaller first.",
    ),
}


@in_short_form
@pytest.mark.parametrize("name", BROKEN)
def test_broken_constraint_is_told_in_its_own_words(name: str, admin_client: Client) -> None:
    at, values, message = BROKEN[name]
    form = change_form(admin_client, certification(FUNDAMENTALS))
    form.fill(at, **values)
    response = form.send(admin_client)
    assert (response.status_code, errors_on(response)) == (200, [message])
    assert read_form("", response.content).fields == form.fields


@in_short_form
def test_price_without_a_currency_is_refused_in_words(admin_client: Client) -> None:
    form = change_form(admin_client, certification())
    form.fill("price-0", amount="1", currency="", period="")
    assert errors_on(form.send(admin_client)) == [
        "A price needs amount, currency and period; an unknown price has none of them."
    ]


@in_short_form
def test_broken_constraint_of_the_certification_is_told_in_its_own_words(
    admin_client: Client,
) -> None:
    form = change_form(admin_client, certification())
    form.set(months_min="3", months_max="2")
    assert errors_on(form.send(admin_client)) == ["Give both months or none, the shorter first."]
    form.set(months_min="", months_max="", order="1")
    assert errors_on(form.send(admin_client)) == [
        "Certification with this Tier and Order already exists."
    ]


@in_short_form
def test_certification_is_not_its_own_successor(admin_client: Client) -> None:
    row = certification()
    form = change_form(admin_client, row)
    values = {"confidence": "high", "checked_on": "2026-11-22"}
    form.add_row("successions", order="1", successor=str(row.pk), **values)
    assert errors_on(form.send(admin_client)) == ["A certification can't be its own successor."]


@in_short_form
def test_successor_is_not_named_twice(admin_client: Client) -> None:
    row = certification(SPECIALTY)
    form = change_form(admin_client, row)
    named = str(Succession.objects.get(certification=row, order=1).successor_id)
    form.fill(form.row("successions", order="2"), successor=named)
    response = form.send(admin_client)
    assert response.status_code == 200
    assert "Please correct the duplicate data for successor." in errors_on(response)


def test_form_is_light_and_says_each_help_once(admin_client: Client) -> None:
    row = certification("google-professional-machine-learning-engineer")
    content = admin_client.get(change_address(row)).content
    elements = [*read_page(content).walk()]
    ids = [each.attributes["id"] for each in elements if each.attributes.get("id")]
    helps = {each.attributes.get("aria-describedby", "") for each in elements} - {""}
    assert (len(ids) - len({*ids}), helps - {*ids}) == (0, set())
    assert len(content) < 300_000


def test_statement_belongs_to_one_parent(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Statement, "add"))
    form.set(order="1", section="reality", form="bullet", text="Whose?")
    assert errors_on(form.send(admin_client)) == [
        "A statement belongs to one certification or one chapter."
    ]


# --- traits -----------------------------------------------------------------------


def test_trait_in_use_is_not_deleted(admin_client: Client) -> None:
    trait = Trait.objects.get(slug="uses-gcp")
    single = address_of(Trait, "delete", trait.pk)
    assert admin_client.post(single, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [trait.pk], "post": "yes"}
    page: Any = admin_client.post(address_of(Trait, "changelist"), bulk, follow=True)
    (message,) = page.context["messages"]
    assert str(message) == f"Nothing was done, for you may not do this to “{trait}”."
    assert Trait.objects.filter(pk=trait.pk).exists()


def test_bulk_deletion_spares_all_if_one_is_in_use(admin_client: Client) -> None:
    idle, used = a_trait("idle"), Trait.objects.get(slug="uses-gcp")
    bulk = {"action": "delete_selected", "_selected_action": [idle.pk, used.pk]}
    for answer in ({}, {"post": "yes"}):
        page: Any = admin_client.post(
            address_of(Trait, "changelist"), {**bulk, **answer}, follow=True
        )
        (message,) = page.context["messages"]
        assert str(message) == f"Nothing was done, for you may not do this to “{used}”."
    assert Trait.objects.filter(pk__in=[idle.pk, used.pk]).count() == 2


def test_trait_that_a_price_names_is_not_deleted(admin_client: Client) -> None:
    trait = a_trait("idle")
    Price.objects.filter(certification=certification()).update(free_with=trait)
    admin_client.post(address_of(Trait, "delete", trait.pk), {"post": "yes"})
    assert Trait.objects.filter(pk=trait.pk).exists()


def test_idle_trait_is_deleted(admin_client: Client) -> None:
    one, two = a_trait("idle-one"), a_trait("idle-two")
    delete(admin_client, address_of(Trait, "delete", one.pk))
    bulk = {"action": "delete_selected", "_selected_action": [two.pk]}
    delete(admin_client, address_of(Trait, "changelist"), **bulk)
    assert not Trait.objects.filter(slug__startswith="idle").exists()


def test_trait_is_not_renamed_but_its_label_is(admin_client: Client) -> None:
    trait = Trait.objects.get(slug="uses-gcp")
    form = change_form(admin_client, trait)
    assert "slug" not in form.fields
    form.fields |= {"slug": "uses-google", "label": "builds on Google’s cloud"}
    assert_saved(form.send(admin_client), trait)
    trait.refresh_from_db()
    assert (trait.slug, trait.label) == ("uses-gcp", "builds on Google’s cloud")


# --- the guide --------------------------------------------------------------------


def test_guide_is_neither_deleted_nor_added_twice(admin_client: Client) -> None:
    guide = Guide.objects.get()
    single = address_of(Guide, "delete", guide.pk)
    assert admin_client.post(single, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [guide.pk], "post": "yes"}
    admin_client.post(address_of(Guide, "changelist"), bulk)
    add = address_of(Guide, "add")
    assert admin_client.post(add, {"title": "Another"}).status_code == 403
    assert list(Guide.objects.values_list("title", flat=True)) == [guide.title]


def test_title_of_the_guide_is_seen_at_once(admin_client: Client) -> None:
    guide, before = Guide.objects.get(), version()
    form = change_form(admin_client, guide)
    assert {"content_version", "changed_at"} & set(form.fields) == set()
    form.set(title="“Signal” — and noise")
    assert_saved(form.send(admin_client), guide)
    assert texts(read_page(Client().get("/").content), "title") == ["“Signal” — and noise"]
    assert version() != before
