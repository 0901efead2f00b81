"""Editors at work: signed in, stopped, asked."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.admin_form import EFFECT, AdminForm, errors_on, open_form, read_form
from tests.factories.people import client_of
from tests.html import Element, read_page


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


def address_of(model: type[Model], page: str, *args: object) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=args)


def change_address(row: Model) -> str:
    return address_of(type(row), "change", row.pk)


def change_form(client: Client, row: Model) -> AdminForm:
    return open_form(client, change_address(row))


def carry_out(model: type[Model], action: str, *rows: Model) -> list[str]:
    """Carry out an action as an editor who wants its effect, and return the messages about it."""
    address = address_of(model, "changelist")
    data: dict[str, Any] = {"action": action, "_selected_action": [row.pk for row in rows]}
    client = client_of("Editor")
    response: Any = client.post(address, data)
    wanted = EFFECT.search(response.content)
    if wanted:
        data |= {"_effect": wanted[1].decode(), "_sure": "change"}
        response = client.post(address, data)
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    return [message for message in messages if not message.startswith("No verdict changes")]


def timeline(client: Client, row: Model) -> list[Element]:
    """The edits that the history page of a row lists, the last first."""
    response = client.get(address_of(type(row), "history", row.pk))
    assert response.status_code == 200
    shown = read_page(response.content).find(".timeline").elements
    return [element for element in shown if element.tag == "li"]


def differences(response: HttpResponse) -> list[list[str]]:
    """The rows of the table: field, when it was opened, theirs, yours."""
    table = read_page(response.content).find(".differences")
    rows = table.find_all("tr")[1:]
    return [[cell.text for cell in row.find_all("th") + row.find_all("td")] for row in rows]


def stopped(response: HttpResponse) -> AdminForm:
    """The form with which a stopped save is answered."""
    assert (response.status_code, errors_on(response)[:1]) == (200, ["Nothing is saved yet."])
    return read_form("", response.content)


def open_question(client: Client, address: str) -> AdminForm:
    """A page that asks whether to delete or to restore, with what it sends."""
    page = read_page(client.get(address).content)
    sent = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in page.find("#content").find_all("input")
        if each.attributes.get("name") not in (None, "csrfmiddlewaretoken")
    }
    return AdminForm(address, {**sent})
