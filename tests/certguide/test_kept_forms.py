"""Forms of editors whose session or token has ended: kept, and sent again."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from catalog.models import Provider
from certguide.kept_forms import KeptForm, unpacked
from tests.admin_form import open_form
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide")

PASSWORD = "only for the tests of kept forms"
NOTE = "  A long note,\r\n“with” <b>marks</b> & all."


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("bea", password=PASSWORD)


def kept_fields(content: bytes) -> tuple[str, dict[str, str]]:
    """The address that the page of a kept form sends to, and the fields."""
    (form,) = [each for each in read_page(content).find_all("form") if each.find_all("textarea")]
    pattern = rb'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>'
    found = re.findall(pattern, content, re.DOTALL)
    return form.attributes["action"], {name.decode(): value.decode() for name, value in found}


def packed_in(content: bytes) -> str:
    """The kept form that a page to sign in carries on."""
    inputs = read_page(content).find_all("input")
    (field,) = [each for each in inputs if each.attributes.get("name") == "kept_form"]
    return field.attributes["value"]


def test_form_of_an_ended_session_goes_on_after_signing_in(editor: User) -> None:
    client, address = Client(), reverse("admin:catalog_provider_add")
    client.force_login(editor)
    form = open_form(client, address)
    sent = {**form.fields, "slug": "kept", "name": "Kept & more", "_save": "Save"}
    client.logout()
    asked = client.post(address, sent)
    assert "Your input is kept" in asked.content.decode()
    packed = packed_in(asked.content)
    credentials = {"username": "bea", "password": PASSWORD, "kept_form": packed}
    wrong = client.post(reverse("admin:login"), {**credentials, "password": "wrong"})
    again = packed_in(wrong.content)
    page = client.post(reverse("admin:login"), {**credentials, "kept_form": again})
    to, fields = kept_fields(page.content)
    assert (to, fields["slug"], fields["name"]) == (address, "kept", "Kept &amp; more")
    assert client.post(to, sent).status_code == 302
    assert Provider.objects.get(slug="kept").name == "Kept & more"


def test_failed_token_keeps_the_input_of_a_page_of_this_site_only(editor: User) -> None:
    client, address = Client(enforce_csrf_checks=True), reverse("admin:catalog_provider_add")
    client.force_login(editor)
    sent = {"slug": "kept", "name": NOTE}
    own = client.post(address, sent, headers={"origin": "http://testserver"})
    assert own.status_code == 403
    assert kept_fields(own.content)[1]["slug"] == "kept"
    for origin in ("http://evil.example", "http://["):
        other = client.post(address, {"slug": "kept"}, headers={"origin": origin})
        assert other.status_code == 403
        assert (b"<textarea" in other.content, b"reload it" in other.content) == (False, True)


def test_no_password_is_carried() -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"username": "bea", "password": PASSWORD}
    page = client.post(reverse("admin:login"), sent, headers={"origin": "http://testserver"})
    assert PASSWORD not in page.content.decode()


def test_form_that_we_did_not_pack_is_none() -> None:
    packed = KeptForm("/admin/", [("name", NOTE)]).packed()
    assert unpacked(packed) == KeptForm("/admin/", [("name", NOTE)])
    assert (unpacked(packed[:-1]), unpacked(""), unpacked("\0")) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({f"f{number}": "" for number in range(12_001)}, "more than 12000 fields"),
        ({"name": "x" * 2_700_000}, "more than 2.5\xa0MB of text"),
    ],
    ids=["fields", "text"],
)
def test_form_of_more_than_can_be_sent_is_told_the_limit(
    editor: User, fields: dict[str, str], limit: str
) -> None:
    client = Client()
    client.force_login(editor)
    body, address = urlencode(fields), reverse("admin:catalog_provider_add")
    page = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 400
    assert limit in page.content.decode()
