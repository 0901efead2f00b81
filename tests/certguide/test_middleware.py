"""The security headers, on every kind of response."""

import pytest
from django.contrib.auth.models import User
from django.templatetags.static import static
from django.test import Client
from django.test.utils import override_settings

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


def assert_guarded(headers: dict[str, str]) -> None:
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/admin/", 302),
        ("/admin/login/", 200),
        ("/no-such-page/", 404),
        ("/static/no-such-file.css", 404),
    ],
)
def test_pages_have_the_headers(path: str, status: int, guide: None, client: Client) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert_guarded(dict(response.headers))


def test_static_file_has_the_headers(client: Client) -> None:
    response = client.get(static("admin/css/base.css"))
    assert response.status_code == 200
    assert response.getvalue()
    assert_guarded(dict(response.headers))
    assert "immutable" in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_refused_host_has_the_headers(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_guarded(dict(response.headers))


def test_refused_form_has_the_headers(guide: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
    assert response.status_code == 403
    assert_guarded(dict(response.headers))


@override_settings(SECURE_SSL_REDIRECT=True)
def test_redirect_to_https_has_the_headers() -> None:
    response = Client().get("/")
    assert response.status_code == 301
    assert_guarded(dict(response.headers))


def test_admin_page_has_the_headers(guide: None, admin_user: User, client: Client) -> None:
    client.force_login(admin_user)
    response = client.get("/admin/")
    assert response.status_code == 200
    assert_guarded(dict(response.headers))
