"""Every kind of response, and what each has, whoever asks: the security policy of the site."""

from collections.abc import Mapping

from django.utils.datastructures import CaseInsensitiveMapping

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
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), "
        "usb=(), xr-spatial-tracking=()"
    ),
}

LIST = {"hx-request": "true", "hx-target": "results"}
WIZARD = {"hx-request": "true", "hx-target": "wizard"}
# Method, address, headers, status: one of every kind of response that needs no fault of ours.
KINDS: list[tuple[str, str, dict[str, str], int]] = [
    ("GET", "/", {}, 200),
    ("GET", "/guide/", {"accept-encoding": "br"}, 200),
    ("GET", "/certifications/?tier=high", LIST, 200),
    ("GET", "/advisor/?role=builder", WIZARD, 200),
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
    ("GET", "/advisor/result.json?role=builder", {}, 400),
    ("GET", "/no-such-page/", {}, 404),
    ("GET", "/certifications/no-such-entry/", {}, 404),
    ("GET", "/static/", {}, 404),
    ("GET", "/static/../certguide/settings.py", {}, 404),
    ("GET", "/static/no-such-file.css", {}, 404),
    ("POST", "/no-such-page/", {}, 404),
    ("POST", "/", {}, 405),
    ("PUT", "/certifications/", {}, 405),
    ("DELETE", "/advisor/result.json", {}, 405),
    ("OPTIONS", "/sitemap.xml", {}, 405),
    ("POST", "/healthz", {}, 405),
]


def guards_of(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of `GUARDS` that a response has."""
    return {name: headers[name] for name in GUARDS if name in headers}


def assert_guarded(headers: Mapping[str, str]) -> None:
    """The whole policy is there, and nothing that weakens it."""
    headers = CaseInsensitiveMapping(headers)
    policy = headers["Content-Security-Policy"].split("; ")
    assert sorted(policy) == sorted(POLICY)
    assert guards_of(headers) == GUARDS
    assert headers["Cache-Control"]
