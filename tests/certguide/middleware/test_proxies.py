"""Whose X-Forwarded headers are believed."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings

from certguide.environment import read_environment
from certguide.middleware import trusted_proxies

CLIENT, PROXY, FARTHER_PROXY = "192.0.2.7", "10.0.0.5", "2001:db8::5"


def seen(peer: str, proxies: str = f"10.0.0.0/24,{FARTHER_PROXY}", **headers: str) -> HttpRequest:
    """The request as everything after the middleware sees it."""
    configured = read_environment(
        {"PROXIES": proxies}, default_data_dir=settings.ENVIRONMENT.data_dir
    ).proxies
    requests: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    with override_settings(ENVIRONMENT=replace(settings.ENVIRONMENT, proxies=configured)):
        trusted_proxies(answer)(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))
    (request,) = requests
    return request


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"spoofed, 8.8.8.8, {CLIENT}", CLIENT),
        (PROXY, f"8.8.8.8, {CLIENT}, {FARTHER_PROXY}", CLIENT),
        (PROXY, FARTHER_PROXY, FARTHER_PROXY),
        (PROXY, f"{CLIENT}, spoofed", PROXY),
        (PROXY, "", PROXY),
        (f"::ffff:{PROXY}", CLIENT, CLIENT),
        (CLIENT, "8.8.8.8", CLIENT),
        ("10.0.1.5", "8.8.8.8", "10.0.1.5"),
        ("", "8.8.8.8", ""),
    ],
)
def test_client_is_the_nearest_address_that_is_no_proxy(
    peer: str, forwarded: str, client: str
) -> None:
    request = seen(peer, **{"X-Forwarded-For": forwarded})
    assert request.META["REMOTE_ADDR"] == client


@pytest.mark.parametrize(("peer", "is_secure"), [(PROXY, True), (CLIENT, False)])
def test_https_is_believed_of_a_proxy_alone(peer: str, is_secure: bool) -> None:
    request = seen(peer, **{"X-Forwarded-Proto": "https"})
    assert ("HTTP_X_FORWARDED_PROTO" in request.META) is is_secure


def test_nobody_is_believed_without_proxies() -> None:
    given = {"X-Forwarded-For": CLIENT, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}
    meta = seen("127.0.0.1", proxies="", **given).META
    assert meta["REMOTE_ADDR"] == "127.0.0.1"
    assert [name for name in meta if "FORWARDED" in name] == []
