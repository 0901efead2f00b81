"""The security headers on every kind of response, and what readers never get."""

import re
from typing import cast

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from catalog.models import ContentVersion
from certguide.middleware import FOR_EDITORS
from tests.certguide import urls_with_a_fault
from tests.guarded import KINDS, assert_guarded

STALE = "sessionid=8n5lw4k9v0stale0session0key0w7; csrftoken=broken; messages=x"
EVERY_KIND = [
    *KINDS,
    ("GET", "/fault/", {}, 500),
    ("GET", "/database-gone/", {}, 503),
    ("GET", "/database-gone.json", {}, 503),
]

pytestmark = pytest.mark.usefixtures("guide")


def ask(method: str, address: str, headers: dict[str, str]) -> HttpResponse:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    with override_settings(ROOT_URLCONF=urls_with_a_fault.__name__):
        return cast(HttpResponse, client.generic(method, address, headers=headers))


@pytest.mark.parametrize(("method", "address", "headers", "status"), EVERY_KIND)
def test_every_kind_of_response_is_guarded(
    method: str, address: str, headers: dict[str, str], status: int
) -> None:
    response = ask(method, address, headers)
    assert response.status_code == status
    assert_guarded(dict(response.items()))


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [kind for kind in EVERY_KIND if not kind[1].startswith("/admin/")],
)
def test_readers_neither_get_nor_lose_a_cookie(
    method: str, address: str, headers: dict[str, str], status: int
) -> None:
    for carried in ({}, {"cookie": STALE}):
        response = ask(method, address, headers | carried)
        assert response.status_code == status
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(("method", "address", "headers", "status"), EVERY_KIND)
def test_open_data_and_nothing_else_is_for_other_origins(
    method: str, address: str, headers: dict[str, str], status: int
) -> None:
    data = re.compile(r"/(certifications\.(json|csv)|advisor/result\.json|feeds/.*|calendar/.*)")
    expected = "*" if data.match(address) else None
    response = ask(method, address, {**headers, "origin": "https://elsewhere.example"})
    assert response.headers.get("Access-Control-Allow-Origin") == expected
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    ("address", "is_for_robots"),
    [
        ("/", True),
        ("/certifications/", True),
        ("/certifications/?page=2", True),
        ("/certifications/?tier=high", False),
        ("/certifications/compare/?cert=ai-plus-individual-certification", False),
        ("/certifications/for-whom/?tier=high", False),
        ("/advisor/", True),
        ("/advisor/?role=builder", False),
        ("/advisor/result/?role=builder", False),
        ("/advisor/result.json?role=builder", False),
        ("/certifications.json", True),
        ("/certifications.json?tier=high", False),
        ("/admin/login/", False),
        ("/?" + "a=b&" * 2000, False),
    ],
)
def test_addresses_without_end_are_not_for_robots(address: str, *, is_for_robots: bool) -> None:
    expected = None if is_for_robots else "noindex, nofollow"
    assert ask("GET", address, {}).headers.get("X-Robots-Tag") == expected


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.example", "-", ""])
@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/healthz/", "/readyz/"])
def test_health_is_told_whoever_asks_by_which_address(address: str, host: str) -> None:
    assert ask("GET", address, {"host": host}).status_code == 200
    assert ask("GET", "/certifications/", {"host": host}).status_code == 400


def test_editor_sees_the_page_that_readers_see(admin_client: Client) -> None:
    assert admin_client.get("/").content == Client().get("/").content


def test_editor_stays_logged_in_while_reading(admin_client: Client) -> None:
    assert admin_client.get("/").cookies == {}
    assert admin_client.get("/admin/").status_code == 200


def test_every_address_of_the_admin_is_for_editors() -> None:
    assert (reverse("admin:index"),) == FOR_EDITORS


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_readers_are_told_what_they_may_do(method: str) -> None:
    response = ask(method, "/certifications/", {})
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/certifications.json", "/calendar/closings.ics", "/data/"])
def test_script_of_another_site_may_ask_for_open_data_with_headers_of_its_own(
    address: str,
) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    response = ask("OPTIONS", address, asked)
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert {
        name: value for name, value in response.headers.items() if name.startswith("Access-")
    } == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
        "Access-Control-Expose-Headers": "ETag",
    }


@pytest.mark.parametrize("address", ["/admin/", "/admin/catalog/certification/"])
def test_admin_page_is_guarded(address: str, admin_user: User, client: Client) -> None:
    client.force_login(admin_user)
    response = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert response.status_code == 200
    assert_guarded(dict(response.items()))
    assert "Content-Encoding" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/admin/no-such-app/", 404),
        ("GET", "/admin/catalog/certification/99999999/change/", 302),
        ("GET", "/admin/catalog/certification/?password=x", 302),
        ("GET", "/admin/autocomplete/?term=x", 403),
        ("POST", "/admin/catalog/tier/add/", 403),
        ("PUT", "/admin/catalog/tier/", 403),
        ("GET", "/admin/r/0/0/", 404),
        ("GET", "/admin/jsi18n/", 200),
        ("GET", "/fault/", 500),
    ],
)
def test_error_of_the_admin_is_guarded(
    method: str, address: str, status: int, admin_user: User
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(admin_user)
    with override_settings(ROOT_URLCONF=urls_with_a_fault.__name__):
        response = client.generic(method, address)
    assert response.status_code == status
    assert_guarded(dict(response.items()))


def test_lockout_is_guarded() -> None:
    sent = {"username": "ada", "password": "wrong"}
    answers = [Client().post("/admin/login/", sent) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert_guarded(dict(answers[-1].items()))


def test_not_being_ready_is_guarded() -> None:
    ContentVersion.objects.all().delete()
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert_guarded(dict(response.items()))


@pytest.mark.parametrize("value", ['"\\000aaaaaaaaa"', "\xff" * 40, "x" * 5_000, "=", '"'])
def test_cookie_that_is_none_of_ours_leads_to_the_login(value: str) -> None:
    cookies = f"sessionid={value}; csrftoken={value}; messages={value}"
    response = Client().get("/admin/", headers={"cookie": cookies})
    assert response.status_code == 302
    assert response.headers["Location"] == "/admin/login/?next=/admin/"


@pytest.mark.parametrize(
    "name", ["css/site.css", "admin/css/base.css", "django_htmx/htmx-2.min.js"]
)
def test_static_file_is_guarded_and_kept_for_ever(name: str, client: Client) -> None:
    response = client.get(static(name), headers={"accept-encoding": "gzip, br"})
    assert (response.status_code, response.headers["Content-Encoding"]) == (200, "br")
    assert response.getvalue()
    assert_guarded(dict(response.items()))
    assert re.search(r"max-age=\d{9}, public, immutable", response.headers["Cache-Control"])
    assert response.headers["Vary"] == "Accept-Encoding"
    unchanged = {"if-none-match": response.headers["ETag"]}
    assert_guarded(dict(client.get(static(name), headers=unchanged).items()))


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000)
def test_redirect_to_https_is_guarded() -> None:
    response = Client().get("/")
    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/")
    assert_guarded(dict(response.items()))
    assert Client().get("/", secure=True).headers["Strict-Transport-Security"] == (
        "max-age=31536000"
    )


@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["testserver"])
@pytest.mark.parametrize("path", ["/", "/certifications.json", "/admin/"])
def test_refusal_of_a_host_on_the_way_to_https_is_guarded(path: str) -> None:
    response = Client().get(path, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_guarded(dict(response.items()))
