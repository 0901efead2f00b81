"""Editors at work: signed in, stopped, asked."""

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.admin_form import AdminForm, errors_on, read_form
from tests.html import read_page


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


def address_of(model: type[Model], page: str, *args: object) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=args)


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
