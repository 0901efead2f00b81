"""Following links: what counts as broken, and that it is polite and stays in public."""

import errno
import socket
import ssl
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Event, Thread
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog import link_checker
from catalog.link_checker import MOST_REDIRECTS, check_links
from catalog.models import Certification, LinkCheck, Source

PAUSE = 0.05


class Server(ThreadingHTTPServer):
    """Answers as the path says, and remembers who asked for what and when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str, float]] = []
        self.is_over = Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        agent = self.headers["User-Agent"]
        self.server.asked.append((self.command, self.path, agent, time.monotonic()))
        kind = self.path.split("/")[1]
        status = int(kind) if kind.isdecimal() else 200
        to = {
            "round": f"/round/{len(self.server.asked)}",
            "file": "file:///etc/passwd",
            "gone": "/",
        }.get(kind)
        if kind == "hops" and self.path != "/hops/0":
            to = f"/hops/{int(self.path.removeprefix('/hops/')) - 1}"
        if kind == "cookie" and "seen=1" not in self.headers.get("Cookie", ""):
            to = self.path
        if kind == "browser" and "text/html" not in self.headers.get("Accept", ""):
            status = 406
        if kind == "slow":
            self.server.is_over.wait(20)
        self.send_response(302 if to else status)
        if to:
            self.send_header("Location", to)
            self.send_header("Set-Cookie", "seen=1")
        if kind in {"cut", "drip"}:
            self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"a page")
        while kind == "drip" and not self.server.is_over.wait(0.02):
            self.wfile.write(b".")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def only_our_links(guide: None) -> None:
    """None of the shipped addresses is followed."""
    Source.objects.update(url="")
    Certification.objects.update(page_url="")


def source(url: str) -> None:
    Source.objects.create(slug=f"s-{Source.objects.count()}", name="S", url=url)


def check(*, allow_private: bool = True) -> list[str]:
    found = check_links(agent="us", allow_private=allow_private, pause=PAUSE)
    return [each.url for each in found]


@pytest.mark.parametrize(
    ("path", "status", "result"),
    [
        ("/200", 200, "fine"),
        ("/cookie", 200, "fine"),
        ("/browser", 200, "fine"),
        ("/200/Prüfung für KI", 200, "fine"),
        ("/hops/6", 200, "fine"),
        ("/404", 404, "broken"),
        ("/410", 410, "broken"),
        *((f"/{each}", each, "unclear") for each in (400, 401, 403, 405, 406, 429, 451)),
        *((f"/{each}", each, "unclear") for each in (500, 502, 503, 999)),
        ("/slow", None, "unclear"),
        ("/drip", None, "unclear"),
        ("/cut", 200, "unclear"),
        ("/gone", 200, "unclear"),
        ("/103", None, "unclear"),
    ],
)
def test_link_is_broken_or_unclear_as_the_answer_says(
    server: Server, monkeypatch: pytest.MonkeyPatch, path: str, status: int | None, result: str
) -> None:
    monkeypatch.setattr(link_checker, "TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(link_checker, "LONGEST_SECONDS", 1 if path == "/drip" else 20)
    source(server.url(path))
    broken = check()
    unclear = [each.url for each in LinkCheck.objects.unclear()]
    found = {"broken": broken, "unclear": unclear}
    assert found == {"broken": [], "unclear": []} | (
        {result: [server.url(path)]} if result != "fine" else {}
    )
    assert LinkCheck.objects.get().status in {status, 200 if path == "/drip" else status}


def test_host_that_has_too_many_requests_is_left_alone(server: Server) -> None:
    for number in range(4):
        source(server.url(f"/429/{number}"))
    assert check() == []
    assert (len(server.asked), LinkCheck.objects.unclear().count()) == (2, 4)


def test_two_runs_at_once_keep_one_result_for_each_address(server: Server) -> None:
    source(server.url("/404"))
    LinkCheck.objects.create(url=server.url("/404"), checked_at=timezone.now(), status=200)
    assert check() == [server.url("/404")]
    assert LinkCheck.objects.get().status == 404


def test_pages_of_certifications_are_followed_too(server: Server) -> None:
    Certification.objects.filter(slug="aws-certified-ai-practitioner").update(
        page_url=server.url("/404")
    )
    assert check() == [server.url("/404")]


@pytest.mark.parametrize(
    "path", ["/round", "/file"], ids=["redirects without end", "a redirect to a file"]
)
def test_redirect_that_leads_nowhere_is_broken(server: Server, path: str) -> None:
    source(server.url(path))
    assert check() == [server.url(path)]
    assert len(server.asked) <= 2 * (MOST_REDIRECTS + 1)


def test_host_that_does_not_answer_is_broken() -> None:
    with Server() as closed:
        url = closed.url("/200")
    source(url)
    assert check() == [url]
    assert LinkCheck.objects.get().status is None
    assert LinkCheck.objects.get().error == "[Errno 111] Connection refused"


@pytest.mark.parametrize(
    ("error", "is_broken"),
    [
        (ssl.SSLError("certificate verify failed"), False),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), True),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), False),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), False),
    ],
)
def test_network_that_is_away_breaks_no_link(
    monkeypatch: pytest.MonkeyPatch, error: OSError, *, is_broken: bool
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Mock(side_effect=error))
    source("https://example.org/")
    assert check() == ["https://example.org/"] * is_broken
    assert LinkCheck.objects.unclear().count() == (not is_broken)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_machines_behind_the_site_are_not_asked(server: Server, host: str) -> None:
    source(f"http://{host}:{server.server_port}/200")
    assert len(check(allow_private=False)) == 1
    assert LinkCheck.objects.get().error.endswith("is not on the public internet")
    assert server.asked == []


def test_other_schemes_are_not_followed() -> None:
    source("ftp://example.org/file")
    check()
    assert LinkCheck.objects.get().error == "unknown url type: ftp"


def test_one_host_is_asked_one_at_a_time_with_a_pause_by_somebody_with_a_name(
    server: Server,
) -> None:
    for number in range(3):
        source(server.url(f"/200/{number}"))
    check()
    assert [(method, agent) for method, _, agent, _ in server.asked] == [("GET", "us")] * 3
    times = [at for *_, at in server.asked]
    assert all(b - a >= PAUSE for a, b in pairwise(times))


def test_link_that_was_mended_or_removed_is_forgotten(server: Server) -> None:
    source(server.url("/404"))
    assert len(check()) == 1
    Source.objects.filter(url=server.url("/404")).update(url=server.url("/200"))
    assert check() == []
    assert [each.url for each in LinkCheck.objects.all()] == [server.url("/200")]


def test_command_prints_a_line_for_each_broken_link(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    source(server.url("/404"))
    call_command("checklinks", "--allow-private")
    assert capsys.readouterr().out.splitlines() == [
        f"Broken: {server.url('/404')}: 404",
        "1 addresses are broken, of 0 we can’t tell.",
    ]
    assert server.asked[0][2].startswith("certguide-linkcheck/")
