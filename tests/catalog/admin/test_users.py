"""Accounts: an administrator makes editors, and nobody who may do more."""

import pytest

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
