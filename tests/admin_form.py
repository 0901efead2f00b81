"""A form of the admin as a browser reads, fills in and sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from catalog.admin.certifications import CertificationAdmin
from catalog.editorial.content_version import content_version
from tests.html import Element, read_page, texts

DIGITS_OF_EMPTY_ROW = "__prefix__"
EFFECT = re.compile(rb'name="_effect" value="(\w+)"')

_known: dict[tuple[object, ...], AdminForm] = {}


@dataclass
class AdminForm:
    """The form of one page, with what every field holds."""

    address: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)

    def set(self, **values: str) -> None:
        """Fill in fields that are on the page; `__` stands for `-`."""
        for name, value in values.items():
            key = name.replace("__", "-")
            if key not in self.fields:
                raise KeyError(key)
            self.fields[key] = value

    def row(self, prefix: str, **values: str) -> str:
        """The prefix of the row of an inline list that holds these values."""
        for number in range(int(str(self.fields[f"{prefix}-TOTAL_FORMS"]))):
            row = f"{prefix}-{number}"
            if all(self.fields.get(f"{row}-{name}") == value for name, value in values.items()):
                return row
        raise KeyError(values)

    def fill(self, row: str, **values: str) -> None:
        """Fill in fields of one row."""
        for name, value in values.items():
            if f"{row}-{name}" not in self.fields:
                raise KeyError(f"{row}-{name}")
            self.fields[f"{row}-{name}"] = value

    def add_row(self, prefix: str, **values: str) -> str:
        """Add a row as the page's script does, from the empty one."""
        number = str(self.fields[f"{prefix}-TOTAL_FORMS"])
        row, empty = f"{prefix}-{number}", f"{prefix}-{DIGITS_OF_EMPTY_ROW}-"
        for name, value in list(self.fields.items()):
            if name.startswith(empty):
                self.fields[f"{row}-{name.removeprefix(empty)}"] = value
        self.fields[f"{prefix}-TOTAL_FORMS"] = str(int(number) + 1)
        self.fill(row, **values)
        return row

    def delete_row(self, row: str) -> None:
        """Tick the box that deletes a row."""
        self.fields[f"{row}-DELETE"] = "on"

    def save(self, client: Client) -> HttpResponse:
        """Press “Save”, and again where the page says what the edit would do to verdicts."""
        shown = self.send(client)
        effect = EFFECT.search(shown.content)
        if effect is None:
            return shown
        self.fields |= {
            "_effect": effect[1].decode(),
            "change_reason": "Tried out",
            "_sure": "change",
        }
        return self.send(client)

    def send(self, client: Client) -> HttpResponse:
        """Press “Save”."""
        sent = {
            name: _as_sent(value)
            for name, value in self.fields.items()
            if DIGITS_OF_EMPTY_ROW not in name
        }
        response: Any = client.post(self.address, {**sent, "_save": "Save"})
        assert isinstance(response, HttpResponse)
        return response


def open_form(client: Client, address: str) -> AdminForm:
    """Open a page of the admin and read its form, once for the same content and rights.

    To render the form of a certification takes as long as three saves.
    """
    user = User.objects.get(pk=client.session[SESSION_KEY])
    groups = user.groups.order_by("name").values_list("name", flat=True)
    shown = content_version(), localdate(), *CertificationAdmin.inlines  # fixtures leave some out
    opened = (address, *shown, user.username, user.is_superuser, *groups)
    if opened not in _known:
        response = client.get(address)
        assert response.status_code == 200
        _known[opened] = read_form(address, response.content)
    known = _known[opened]
    return AdminForm(known.address, dict(known.fields))


def delete(client: Client, address: str, **sent: object) -> HttpResponse:
    """Answer the page that asks whether to delete with yes, and again if it shows an effect."""
    page: Any = client.get(address)
    version = page.context["version"] if page.status_code == HTTPStatus.OK else ""
    asked = {"post": "yes", "_version": version, **sent}
    shown: Any = client.post(address, asked)
    effect = EFFECT.search(shown.content)
    if effect:
        shown = client.post(address, {**asked, "_effect": effect[1].decode(), "_sure": "change"})
    assert isinstance(shown, HttpResponse)
    return shown


def read_form(address: str, content: bytes) -> AdminForm:
    """The form with the content on a page."""
    (element,) = [
        each
        for each in read_page(content).find_all("form")
        if each.attributes.get("id", "").endswith(("_form", "changelist-form"))
    ]
    form = AdminForm(address)
    for each in element.walk():
        name = each.attributes.get("name", "")
        if name not in ("", "csrfmiddlewaretoken"):  # the test client needs no token
            _read(form, name, each)
    return form


def errors_on(response: HttpResponse) -> list[str]:
    """Every error that the page shows, but for the note on top that there are some."""
    page = read_page(response.content)
    lists = [each for each in page.find_all("ul") if "errorlist" in each.classes]
    return [text for each in lists for text in texts(each, "li")]


def _read(form: AdminForm, name: str, each: Element) -> None:
    kind = each.attributes.get("type", "")
    if each.tag == "select":
        chosen = [
            option.attributes["value"]
            for option in each.find_all("option")
            if "selected" in option.attributes
        ]
        form.fields[name] = chosen if "multiple" in each.attributes else (chosen or [""])[0]
    elif each.tag == "textarea":
        # The first line break after the tag is not part of the text.
        text = "".join(child for child in each.children if isinstance(child, str))
        form.fields[name] = text.removeprefix("\r").removeprefix("\n")
    elif kind == "checkbox":
        if "checked" in each.attributes:
            form.fields[name] = each.attributes.get("value", "on")
    elif each.tag == "input" and kind != "submit":
        form.fields[name] = each.attributes.get("value", "")


def _as_sent(value: str | list[str]) -> str | list[str]:
    if isinstance(value, list):
        return value
    return "\r\n".join(value.splitlines()) if "\n" in value else value
