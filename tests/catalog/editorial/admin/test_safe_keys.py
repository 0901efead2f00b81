"""Keys and numbers in what is sent that no form of ours sends: refused or passed over, no fault."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from catalog.editorial.edit_tokens import token_of_now
from catalog.models import Statement
from tests.admin_form import open_form

NO_KEYS = ["abc", "9" * 19, "9" * 5_000, "-1", "²", "1.5", "\0"]
NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."
STATEMENTS = "/admin/catalog/statement/"
SHORT_LIST = f"{STATEMENTS}?q=paid+money"

pytestmark = pytest.mark.usefixtures("guide", "unreviewed")


@pytest.mark.parametrize("sent", NO_KEYS)
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("catalog/statement", "certification"),
        ("catalog/tier", "chapter"),
        ("advisor/rule", "outcome"),
    ],
)
def test_picked_row_that_is_none_is_refused(
    form: str, field: str, sent: str, admin_client: Client
) -> None:
    row = apps.get_model(form.replace("/", ".")).objects.all()[0]
    page = admin_client.post(f"/admin/{form}/{row.pk}/change/", {field: sent})
    said = "Null characters are not allowed." if sent == "\0" else NO_CHOICE
    assert page.context["adminform"].form.errors[field] == [said]


@pytest.mark.parametrize("sent", NO_KEYS)
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("catalog/correction", "sources"),
        ("advisor/outcome", "tiers"),
        ("auth/user", "groups"),
        ("auth/group", "permissions"),
    ],
)
def test_picked_rows_that_are_none_are_refused(
    form: str, field: str, sent: str, admin_client: Client
) -> None:
    model = apps.get_model(form.replace("/", "."))
    row = model.objects.all()[0]
    before = list(model.objects.values())
    page = admin_client.post(f"/admin/{form}/{row.pk}/change/", {field: sent})
    assert page.status_code == 200
    (said,) = page.context["adminform"].form.errors[field]
    assert said.endswith("is not a valid value.")
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("sent", NO_KEYS)
def test_history_of_no_row_leads_away(sent: str, admin_client: Client) -> None:
    for page in ("history/", "history/1/", "change/", "delete/"):
        assert admin_client.get(f"{STATEMENTS}{sent}/{page}").status_code in (302, 404)
    assert admin_client.post(f"{STATEMENTS}{sent}/change/", {"_save": "Save"}).status_code == 302


@pytest.mark.parametrize("sent", NO_KEYS)
def test_row_of_a_list_that_is_none_is_passed_over(sent: str, admin_client: Client) -> None:
    before = list(Statement.objects.values())
    for name in ("form-0-id", "form-TOTAL_FORMS"):
        form = open_form(admin_client, SHORT_LIST)
        form.set(**{name.replace("-", "__"): sent})
        assert form.send(admin_client).status_code in (200, 302)
    assert list(Statement.objects.values()) == before


@pytest.mark.parametrize("sent", NO_KEYS)
@pytest.mark.parametrize("action", ["publish", "make_draft", "move_up", "delete_selected"])
def test_action_on_no_row_does_nothing(action: str, sent: str, admin_client: Client) -> None:
    before = list(Statement.objects.values())
    chosen = {"action": action, "_selected_action": sent, "index": "0", "post": "yes"}
    response = admin_client.post(SHORT_LIST, {"_version": token_of_now(), **chosen})
    assert response.status_code in (200, 302)
    assert list(Statement.objects.values()) == before


@pytest.mark.parametrize("sent", NO_KEYS)
@pytest.mark.parametrize("people", ["/admin/auth/user/", "/admin/auth/group/"])
def test_action_on_nobody_does_nothing(people: str, sent: str, admin_client: Client) -> None:
    chosen = {"action": "delete_selected", "_selected_action": sent, "index": "0", "post": "yes"}
    assert admin_client.post(people, chosen).status_code in (200, 302)
    assert User.objects.count() == 1


@pytest.mark.parametrize("form", ["catalog/guide", "auth/user", "auth/group"])
def test_field_without_a_name_is_none(form: str, admin_client: Client) -> None:
    key = apps.get_model(form.replace("/", ".")).objects.all()[0].pk
    assert admin_client.get(f"/admin/{form}/{key}/change/?_to_field=").status_code == 200


@pytest.mark.parametrize("query", ["confidence__exact=%00", "q=%00", "%00=1", "is_draft=a%00b"])
def test_address_with_a_nul_is_refused(query: str, admin_client: Client) -> None:
    assert admin_client.get(f"/admin/catalog/correction/?{query}").status_code == 400
