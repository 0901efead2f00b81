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

from certguide.middleware import FOR_EDITORS
from tests.certguide import urls_with_a_fault

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
FRAGMENT = {"hx-request": "true", "hx-target": "results"}
STALE = "sessionid=8n5lw4k9v0stale0session0key0w7; csrftoken=broken; messages=x"
# method, address, headers, status: one of every kind of response.
KINDS = [
    ("GET", "/", {}, 200),
    ("GET", "/guide/", {"accept-encoding": "br"}, 200),
    ("GET", "/certifications/?tier=high", FRAGMENT, 200),
    ("GET", "/certifications.json", {}, 200),
    ("GET", "/certifications.csv", {}, 200),
    ("GET", "/feeds/changes.atom", {}, 200),
    ("GET", "/calendar/closings.ics", {}, 200),
    ("GET", "/robots.txt", {}, 200),
    ("GET", "/sitemap.xml", {}, 200),
    ("GET", "/healthz", {}, 200),
    ("GET", "/readyz", {}, 200),
    ("HEAD", "/", {}, 200),
    ("GET", "/admin/login/", {}, 200),
    ("GET", "/admin/", {}, 302),
    ("GET", "/certifications/?sort=signal", {}, 302),
    ("GET", "/certifications", {}, 301),
    ("GET", "/robots.txt", {"if-none-match": "*"}, 304),
    ("GET", "/certifications.json?tier=best", {}, 400),
    ("GET", "/", {"host": "evil.example"}, 400),
    ("POST", "/admin/login/", {}, 403),
    ("GET", "/no-such-page/", {}, 404),
    ("GET", "/static/no-such-file.css", {}, 404),
    ("POST", "/no-such-page/", {}, 404),
    ("POST", "/", {}, 405),
    ("PUT", "/certifications/", {}, 405),
    ("DELETE", "/advisor/result.json", {}, 405),
    ("OPTIONS", "/sitemap.xml", {}, 405),
    ("POST", "/healthz", {}, 405),
    ("GET", "/fault/", {}, 500),
    ("GET", "/database-gone/", {}, 503),
    ("GET", "/database-gone.json", {}, 503),
]

pytestmark = pytest.mark.usefixtures("guide")


def assert_guarded(headers: dict[str, str]) -> None:
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def ask(method: str, address: str, headers: dict[str, str]) -> HttpResponse:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    with override_settings(ROOT_URLCONF=urls_with_a_fault.__name__):
        return cast(HttpResponse, client.generic(method, address, headers=headers))


@pytest.mark.parametrize(("method", "address", "headers", "status"), KINDS)
def test_every_kind_of_response_is_guarded(
    method: str, address: str, headers: dict[str, str], status: int
) -> None:
    response = ask(method, address, headers)
    assert response.status_code == status
    assert_guarded(dict(response.items()))
    assert response.has_header("Cache-Control")


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [kind for kind in KINDS if not kind[1].startswith("/admin/")],
)
def test_readers_neither_get_nor_lose_a_cookie(
    method: str, address: str, headers: dict[str, str], status: int
) -> None:
    for carried in ({}, {"cookie": STALE}):
        response = ask(method, address, headers | carried)
        assert response.status_code == status
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")


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


@pytest.mark.parametrize("address", ["/admin/", "/admin/catalog/certification/"])
def test_admin_page_is_guarded(address: str, admin_user: User, client: Client) -> None:
    client.force_login(admin_user)
    response = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert response.status_code == 200
    assert_guarded(dict(response.items()))
    assert "Content-Encoding" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]


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
