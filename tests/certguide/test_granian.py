"""The headers that leave the real server with HTTPS=1, and what it refuses by itself."""

import http.client
import socket
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from script.trials.servers import AppServer, free_port
from script.trials.simulated_readers import HOST_NAME
from tests.guarded import KINDS, assert_guarded

HSTS = "max-age=31536000"
TLS = {"X-Forwarded-Proto": "https"}  # what the proxy that ends it says
START = b"GET / HTTP/1.1\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n"
HOST = f"Host: {HOST_NAME}\r\n".encode()
# Odd, but requests: the site answers.
ODD = {
    "no host": (START + b"\r\n", 400),
    "two hosts": (START + HOST + b"Host: evil.example\r\n\r\n", 400),
    "a host that is no name": (START + b"Host: \xff\r\n\r\n", 400),
    "a header that is no text": (START + HOST + b"Accept: \xff\xfe\r\n\r\n", 200),
    "bytes in the path": (START.replace(b"/ ", b"/%ff%00 ") + HOST + b"\r\n", 404),
    "another address": (START.replace(b"/", b"http://evil.example/", 1) + HOST + b"\r\n", 200),
    "no path": (START.replace(b"GET /", b"OPTIONS *") + HOST + b"\r\n", 404),
    "TRACE": (START.replace(b"GET", b"TRACE") + HOST + b"\r\n", 405),
    "get": (START.replace(b"GET", b"get") + HOST + b"\r\n", 200),
    "two lengths": (
        START.replace(b"GET", b"POST") + HOST + b"Content-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        405,
    ),
}  # fmt: skip
# No requests: the server refuses them, and the site never knows.
BROKEN = {
    "no HTTP": (b"\x16\x03\x01\r\n\r\n", 400),
    "no version of HTTP": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", 400),
    "a path that is no text": (START.replace(b"/ ", b"/\xff ") + HOST + b"\r\n", 400),
    "a query that is no text": (START.replace(b"/ ", b"/?\xff ") + HOST + b"\r\n", 400),
    "a method that is no word": (START.replace(b"GET", b"G\xe9T") + HOST + b"\r\n", 400),
    "a header with a NUL": (START + HOST + b"X: \0\r\n\r\n", 400),
    "a space after a name": (START + HOST + b"X : 1\r\n\r\n", 400),
    "no length": (START + HOST + b"Content-Length: x\r\n\r\n", 400),
    "a long address": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "many headers": (START + HOST + b"X: 1\r\n" * 300 + b"\r\n", 431),
}

pytestmark = [pytest.mark.slow, pytest.mark.own_site]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server behind a proxy that ends TLS, as far as it is told."""
    folder = tmp_path_factory.mktemp("served")
    server = AppServer(
        folder, DATA_DIR=str(folder / "data"), PORT=str(free_port()), HTTPS="1",
        ALLOWED_HOSTS=HOST_NAME,
    )  # fmt: skip
    server.start().wait_ready()
    yield server
    assert server.stop() == 0
    assert '"level": "ERROR"' not in server.log.read_text()


def ask(
    server: AppServer, method: str, address: str, headers: dict[str, str]
) -> tuple[int, Message]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, address, headers={"Host": HOST_NAME, **headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def say(server: AppServer, words: bytes) -> tuple[int, Message, bytes]:
    """The response to these raw bytes: the status, the headers and the body."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        client.sendall(words)
        said = b""
        while part := client.recv(65_536):
            said += part
    head, _, body = said.partition(b"\r\n\r\n")
    status, _, headers = head.partition(b"\r\n")
    return int(status.split()[1]), BytesParser().parsebytes(headers), body


def test_every_kind_of_response_is_guarded_over_tls(server: AppServer) -> None:
    for method, address, headers, status in KINDS:
        found, got = ask(server, method, address, {**TLS, **headers})
        assert (method, address, found) == (method, address, status)
        assert_guarded(dict(got.items()))
        assert got["Strict-Transport-Security"] == HSTS
        cookies = SimpleCookie("; ".join(got.get_all("Set-Cookie", [])))
        assert set(cookies) <= ({"__Host-csrftoken"} if address == "/admin/login/" else set())


def test_static_files_are_guarded_over_tls(server: AppServer) -> None:
    names = _static_files(server)
    assert len(names) > 100
    for name in names[::20]:
        found, got = ask(server, "GET", f"/static/{name}", TLS)
        assert (name, found) == (name, 200)
        assert_guarded(dict(got.items()))
        assert got["Strict-Transport-Security"] == HSTS
        assert "Set-Cookie" not in got


def _static_files(server: AppServer) -> list[str]:
    root = Path(server.settings["DATA_DIR"]) / "static"
    files = [path for path in root.rglob("*.*") if path.suffix not in (".br", ".gz", ".json")]
    return sorted(path.relative_to(root).as_posix() for path in files)


def test_cookie_is_bound_to_the_host_and_to_tls(server: AppServer) -> None:
    _, got = ask(server, "GET", "/admin/login/", TLS)
    (said,) = got.get_all("Set-Cookie", [])
    name, *rest = said.split("; ")
    assert name.startswith("__Host-csrftoken=")
    told = {each for each in rest if not each.startswith(("expires", "Max-Age"))}
    assert told == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}


def test_health_is_told_over_the_oldest_http_and_without_a_host(server: AppServer) -> None:
    for address in ("/healthz", "/readyz"):
        status, got, _ = say(server, f"GET {address} HTTP/1.0\r\n\r\n".encode())
        assert (address, status) == (address, 200)
        assert_guarded(dict(got.items()))


def test_without_tls_readers_are_sent_there(server: AppServer) -> None:
    for method, address, headers, _ in KINDS:
        if address.startswith(("/healthz", "/readyz")) or "host" in headers:
            continue
        status, got = ask(server, method, address, headers)
        assert (status, got["Location"]) == (301, f"https://{HOST_NAME}{address}")
        assert_guarded(dict(got.items()))
        assert "Set-Cookie" not in got


@pytest.mark.parametrize("name", ODD)
def test_odd_request_gets_a_guarded_answer(name: str, server: AppServer) -> None:
    words, wanted = ODD[name]
    status, got, _ = say(server, words)
    assert status == wanted
    assert_guarded(dict(got.items()))
    assert got["Strict-Transport-Security"] == HSTS
    assert "Set-Cookie" not in got


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_request_gets_a_status_and_nothing_else(name: str, server: AppServer) -> None:
    words, wanted = BROKEN[name]
    status, got, body = say(server, words)
    assert status == wanted
    # No policy is needed where there is nothing to show, and none could be sent.
    assert {each.lower() for each in got} <= {"connection", "content-length", "date"}
    assert (got["Content-Length"], body) == ("0", b"")


def test_long_header_is_refused_or_answered_as_any_other(server: AppServer) -> None:
    # How much of it comes at once decides: the server refuses what fills its buffer before.
    status, got, body = say(server, START + HOST + b"X: " + b"a" * 500_000 + b"\r\n\r\n")
    if status == 431:
        assert body == b""
    else:
        assert status == 200
        assert_guarded(dict(got.items()))
