"""Accounts: an administrator makes editors, and nobody who may do more."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.admin_form import open_form
from tests.editors import change_address
from tests.factories.people import SUPERUSER, client_of, person

pytestmark = pytest.mark.usefixtures("guide")


def test_administrator_makes_no_superuser_and_is_none(guide: None) -> None:
    client, boss = client_of("Administrator"), person(SUPERUSER)
    editor = person("Editor")
    assert boss
    assert editor
    assert client.post(change_address(boss), {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/auth/user/{boss.pk}/password/").status_code == 403
    form = open_form(client, change_address(editor))
    form.fields |= {"is_superuser": "on", "first_name": "Ed"}
    assert form.send(client).status_code == 302
    editor.refresh_from_db()
    assert (editor.first_name, editor.is_superuser) == ("Ed", False)


def test_new_person_gets_a_role_and_can_sign_in_at_once() -> None:
    client = client_of("Administrator")
    form = open_form(client, "/admin/auth/user/add/")
    role = Group.objects.get(name="Author")
    password = "a-long-enough-1"
    form.fields |= {"username": "new", "password1": password, "password2": password}
    form.fields["groups"] = [str(role.pk)]
    assert form.send(client).status_code == 302
    new = User.objects.get(username="new")
    assert ([*new.groups.all()], new.is_staff) == ([role], True)
    signed_in = Client()
    signed_in.force_login(new)
    assert signed_in.get("/admin/").status_code == 200
