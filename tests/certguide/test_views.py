"""Health of the server, and the pages shown when something went wrong."""

import copy

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.test.utils import override_settings

from catalog.models import ContentVersion

WITHOUT_TEMPLATES = copy.deepcopy(settings.TEMPLATES)
WITHOUT_TEMPLATES[0]["DIRS"] = []


@pytest.mark.parametrize("path", ["/", "/certifications/", "/advisor/", "/certifications.json"])
def test_site_without_content_is_unavailable_not_at_fault(guide: None, path: str) -> None:
    ContentVersion.objects.all().delete()
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


@pytest.mark.django_db
def test_unknown_address_has_the_404_page(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]


def test_request_that_django_refuses_has_the_400_page(client: Client) -> None:
    query = "&".join(["a=1"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    response = client.get(f"/admin/login/?{query}")
    assert response.status_code == 400
    assert "400.html" in [template.name for template in response.templates]


def test_refused_form_has_the_page_of_what_is_kept() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
    assert response.status_code == 403
    assert "admin/kept_form.html" in [template.name for template in response.templates]


@pytest.mark.django_db
def test_what_an_editor_may_not_do_has_the_403_page(client: Client) -> None:
    client.force_login(User.objects.create_user("ada", is_staff=True))
    response = client.get("/admin/catalog/certification/")
    assert response.status_code == 403
    assert "403.html" in [template.name for template in response.templates]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.certguide.urls_with_a_fault")
def test_fault_has_the_500_page() -> None:
    response = Client(raise_request_exception=False).get("/fault/")
    assert response.status_code == 500
    assert "500.html" in [template.name for template in response.templates]


@override_settings(ROOT_URLCONF="tests.certguide.urls_with_a_fault", TEMPLATES=WITHOUT_TEMPLATES)
def test_fault_of_the_500_page_itself_has_plain_text() -> None:
    response = Client(raise_request_exception=False).get("/fault/")
    assert response.status_code == 500
    assert response.content == b"Something went wrong on our side."


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.certguide.urls_with_a_fault")
@pytest.mark.parametrize("path", ["/database-gone/", "/database-gone.json"])
def test_missing_database_is_said_and_when_to_come_back(path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.certguide.urls_with_a_fault")
def test_missing_database_has_a_page_and_json() -> None:
    client = Client(raise_request_exception=False)
    page = client.get("/database-gone/")
    assert "503.html" in [template.name for template in page.templates]
    assert page.headers["X-Request-ID"] in page.content.decode()
    assert client.get("/database-gone.json").json() == {
        "error": "The site can’t reach its data just now: try again in a moment.",
        "missing": [],
        "invalid": [],
    }


def test_session_that_cannot_be_written_is_the_database_out_of_reach(
    guide: None, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Session, "save", refuse)
    new = {"name": "New Provider", "slug": "new-provider", "change_reason": "New."}
    response = admin_client.post("/admin/catalog/provider/add/", new)  # its message goes there
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
