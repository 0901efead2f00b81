"""Following links: what counts as broken, and that it is polite and stays in public."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread

import pytest
from django.core.management import call_command

from catalog.link_checker import MOST_REDIRECTS, check_links
from catalog.models import Certification, LinkCheck, Source

PAUSE = 0.05


class Server(ThreadingHTTPServer):
    """Answers as the path says, and remembers who asked for what and when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str, float]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        agent = self.headers["User-Agent"]
        self.server.asked.append((self.command, self.path, agent, time.monotonic()))
        kind = self.path.split("/")[1]
        statuses = {"ok": 200, "gone": 404, "away": 403, "round": 302, "file": 302}
        status = statuses.get(kind, 405 if self.command == "HEAD" else 200)
        self.send_response(status)
        if kind == "round":
            self.send_header("Location", f"/round/{len(self.server.asked)}")
        if kind == "file":
            self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
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
    ("path", "status", "is_broken"),
    [("/ok", 200, False), ("/gone", 404, True), ("/away", 403, False), ("/get", 200, False)],
)
def test_link_is_broken_as_the_answer_says(
    server: Server, path: str, status: int, *, is_broken: bool
) -> None:
    source(server.url(path))
    assert check() == [server.url(path)] * is_broken
    assert LinkCheck.objects.get().status == status


def test_pages_of_certifications_are_followed_too(server: Server) -> None:
    Certification.objects.filter(slug="aws-certified-ai-practitioner").update(
        page_url=server.url("/gone")
    )
    assert check() == [server.url("/gone")]


@pytest.mark.parametrize(
    "path", ["/round", "/file"], ids=["redirects without end", "a redirect to a file"]
)
def test_redirect_that_leads_nowhere_is_broken(server: Server, path: str) -> None:
    source(server.url(path))
    assert check() == [server.url(path)]
    assert len(server.asked) <= 2 * (MOST_REDIRECTS + 1)


def test_host_that_does_not_answer_is_broken() -> None:
    with Server() as closed:
        url = closed.url("/ok")
    source(url)
    assert check() == [url]
    assert LinkCheck.objects.get().status is None
    assert LinkCheck.objects.get().error == "[Errno 111] Connection refused"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_machines_behind_the_site_are_not_asked(server: Server, host: str) -> None:
    source(f"http://{host}:{server.server_port}/ok")
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
        source(server.url(f"/ok/{number}"))
    check()
    assert [(method, agent) for method, _, agent, _ in server.asked] == [("HEAD", "us")] * 3
    times = [at for *_, at in server.asked]
    assert all(b - a >= PAUSE for a, b in pairwise(times))


def test_link_that_was_mended_or_removed_is_forgotten(server: Server) -> None:
    source(server.url("/gone"))
    assert len(check()) == 1
    Source.objects.filter(url=server.url("/gone")).update(url=server.url("/ok"))
    assert check() == []
    assert [each.url for each in LinkCheck.objects.all()] == [server.url("/ok")]


def test_command_prints_a_line_for_each_broken_link(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    source(server.url("/gone"))
    call_command("checklinks", "--allow-private")
    assert capsys.readouterr().out.splitlines() == [
        f"Broken: {server.url('/gone')}: 404",
        "1 addresses are broken.",
    ]
    assert server.asked[0][2].startswith("certguide-linkcheck/")
