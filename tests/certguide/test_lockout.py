"""The lockout: wrong passwords lock a name for one address, whatever headers say."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from certguide.lockout import warn_of_undeclared_proxy

PASSWORD = "a right one, and long"
LIMIT = 5


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(address: str = "192.0.2.1", **sent: str) -> HttpResponse:
    headers = {name: sent.pop(name) for name in list(sent) if name.startswith("HTTP_")}
    data = {"username": "editor", "password": "wrong", **sent}
    response: Any = Client().post(
        "/admin/login/",
        data,
        REMOTE_ADDR=address,
        **headers,  # type: ignore[arg-type]
    )
    assert isinstance(response, HttpResponse)
    return response


def lock(**sent: str) -> HttpResponse:
    return [sign_in(**sent) for _ in range(LIMIT)][-1]


def may_sign_in(address: str) -> bool:
    return sign_in(address, password=PASSWORD).status_code == 302


def test_name_is_locked_for_the_address_with_a_page_that_says_so(editor: User) -> None:
    assert [sign_in().status_code for _ in range(LIMIT)] == [200, 200, 200, 200, 429]
    response = sign_in(password=PASSWORD)
    page = response.content.decode()
    assert (response.status_code, "Too many wrong passwords." in page) == (429, True)
    assert "can’t sign in from your address for 15 minutes" in page
    assert response.headers["Retry-After"] == "900"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_nobody_else_is_locked(editor: User) -> None:
    User.objects.create_user("colleague", password=PASSWORD, is_staff=True)
    lock()
    assert may_sign_in("192.0.2.2")
    assert sign_in(username="colleague", password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "header",
    [
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_REAL_IP",
        "HTTP_FORWARDED",
        "HTTP_CLIENT_IP",
        "HTTP_USER_AGENT",
    ],
)
def test_no_header_gets_past_it(editor: User, header: str) -> None:
    codes = [sign_in(**{header: f"198.51.100.{n}"}).status_code for n in range(LIMIT)]
    assert codes == [200, 200, 200, 200, 429]
    assert may_sign_in("198.51.100.1")  # nor does it lock the one it names


def test_one_network_of_ipv6_is_one_client(editor: User) -> None:
    for n in range(LIMIT):
        sign_in(f"2001:db8:1:2::{n}")
    assert not may_sign_in("2001:db8:1:2:ffff::1")
    assert may_sign_in("2001:db8:1:3::1")


def test_ipv4_client_of_a_server_on_every_ipv6_address_is_counted_by_itself(editor: User) -> None:
    for _ in range(LIMIT):
        sign_in("::ffff:192.0.2.1")
    assert not may_sign_in("192.0.2.1")
    assert may_sign_in("::ffff:192.0.2.2")


def test_it_ends_and_can_not_be_made_longer(editor: User) -> None:
    lock()
    began = AccessAttempt.objects.get().attempt_time
    sign_in()
    assert AccessAttempt.objects.get().attempt_time == began
    AccessAttempt.objects.update(attempt_time=began - settings.AXES_COOLOFF_TIME - timedelta(1))
    assert may_sign_in("192.0.2.1")


@pytest.mark.parametrize(
    ("sender", "header", "named"),
    [
        ("10.0.0.7", "HTTP_X_FORWARDED_FOR", "10.0.0.7"),
        ("10.0.0.7", "HTTP_FORWARDED", "10.0.0.7"),
        ("8.8.8.8", "HTTP_X_REAL_IP", "the address of your proxy"),
    ],
)
def test_lockout_behind_a_proxy_that_is_not_declared_says_once_what_to_set(
    editor: User, caplog: pytest.LogCaptureFixture, sender: str, header: str, named: str
) -> None:
    warn_of_undeclared_proxy.cache_clear()
    for number in range(LIMIT + 2):
        sign_in(sender, **{header: f"192.0.2.{number}"})
    warnings = [line.getMessage() for line in caplog.records if line.name == "certguide.lockout"]
    assert warnings == [
        (
            "A name is locked for everybody who comes through one sender: it sends headers of a "
            f"proxy, but is not in PROXIES. If it is your proxy, set PROXIES={named}, and let it "
            "send X-Forwarded-For."
        )
    ]
    assert may_sign_in("192.0.2.1")


def test_lockout_of_who_comes_by_himself_says_nothing(
    editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    warn_of_undeclared_proxy.cache_clear()
    lock()
    assert [line for line in caplog.records if line.name == "certguide.lockout"] == []


def test_success_forgets_the_wrong_ones(editor: User) -> None:
    for _ in range(2):
        for _ in range(LIMIT - 1):
            assert sign_in().status_code == 200
        assert may_sign_in("192.0.2.1")
