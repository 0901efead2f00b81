"""Browsers: readers who ask for page after page, and an editor who saves the admin's forms."""

import html.parser
import http.client
import ssl
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from statistics import median, quantiles
from typing import Self
from urllib.parse import urlencode

EDITOR, PASSWORD = "editor", "a-pass-phrase-of-the-tests"
HOST_NAME = "guide.example.org"
VISITOR = "127.0.0.77"  # where those who come through a proxy come from
SHEET = (
    "role=builder&mandate=no&goal=production&goal=cloud&programming=confident&pillars=5&experience=hands-on"
    "&portfolio=some&cloud=gcp&framework=tensorflow&learning=textbooks&time=any&budget=any&held=0"
)
PATHS = (
    "/",
    "/guide/",
    "/certifications/",
    "/certifications/?tier=high&sort=cost",
    "/certifications.json",
    "/certifications/google-professional-machine-learning-engineer/",
    "/advisor/",
    f"/advisor/result/?{SHEET}",
    f"/advisor/result.json?{SHEET}",
)


@dataclass(frozen=True)
class Answer:
    """A response; status 0 means that none came, and `text` then says why."""

    path: str
    status: int
    text: str
    headers: Message
    seconds: float

    @property
    def is_clear_refusal(self) -> bool:
        """True if the answer says that the data can't be reached, and when to come back."""
        said = "reach its data" in self.text
        return self.status == http.HTTPStatus.SERVICE_UNAVAILABLE and (
            said and int(self.headers.get("Retry-After", 0)) > 0
        )


@dataclass
class Browser:
    """One kept connection to a port on loopback, over TLS or as a proxy that ends TLS."""

    port: int
    tls: bool = False
    host: str = HOST_NAME
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, path: str, form: Mapping[str, Sequence[str]] | None = None) -> Answer:
        """Get the page, or send the form to it; never raises for what the network does."""
        start = time.monotonic()
        try:
            status, headers, text = self._ask(path, form)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            status, headers, text = 0, Message(), repr(error)
        return Answer(path, status, text, headers, time.monotonic() - start)

    def close(self) -> None:
        """Give up the connection; the next question opens another."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, path: str, form: Mapping[str, Sequence[str]] | None) -> tuple[int, Message, str]:
        connection = self._connection = self._connection or self._connect()
        body = None if form is None else urlencode(form, doseq=True)
        connection.request("GET" if form is None else "POST", path, body, self._headers(path))
        response = connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers, text

    def _connect(self) -> http.client.HTTPConnection:
        if self.tls:
            # The test made the certificate a moment ago, and signed it itself.
            trusting = ssl._create_unverified_context()  # noqa: S323, SLF001
            return http.client.HTTPSConnection(
                "127.0.0.1", self.port, context=trusting, timeout=30, source_address=(VISITOR, 0)
            )
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def _headers(self, path: str) -> dict[str, str]:
        return {
            "Host": self.host,
            "Origin": f"https://{self.host}",
            "Referer": f"https://{self.host}{path}",
            "X-Forwarded-Proto": "https",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }


class FormReader(html.parser.HTMLParser):
    """The fields of the form of a page with what they hold, hidden ones too."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._is_inside, self._name, self._is_text = False, "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, a field, or one of its options."""
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self._is_inside = given.get("id", "").endswith(("_form", "login-form"))
        elif not self._is_inside:
            return
        elif tag == "input" and name and _is_sent(given):
            self.fields.setdefault(name, []).append(value)
        elif tag in {"select", "textarea"}:
            self._name, self._is_text = name, tag == "textarea"
            self.fields.setdefault(name, [""] if self._is_text else [])
        elif tag == "option" and "selected" in given:
            self.fields[self._name].append(value)

    def handle_data(self, data: str) -> None:
        """Add the text in a text area to its field, without the line break at its start."""
        if self._is_text:
            text = self.fields[self._name][-1] + data
            self.fields[self._name][-1] = text.removeprefix("\r").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a text area, or of the form."""
        self._is_text = self._is_text and tag != "textarea"
        self._is_inside = self._is_inside and tag != "form"


def _is_sent(given: Mapping[str, str]) -> bool:
    kind = given.get("type", "text")
    if kind in {"submit", "button", "file", "reset", "image"}:
        return False
    return kind not in {"checkbox", "radio"} or "checked" in given


@dataclass
class Editor(Browser):
    """A browser that signs in to the admin and saves its forms."""

    def sign_in(self) -> "Editor":
        """Sign in, or raise RuntimeError."""
        answer = self.send("/admin/login/", username=EDITOR, password=PASSWORD)
        if answer.status != http.HTTPStatus.FOUND:
            raise RuntimeError(f"Cannot sign in: {answer.status} {answer.text[:2000]}")
        return self

    def send(self, path: str, **changes: str) -> Answer:
        """Open the form at an address, change these fields, and send all of it."""
        page = self.ask(path)
        if page.status != http.HTTPStatus.OK:
            return page
        form = FormReader(page.text).fields
        return self.ask(path, {**form, **{name: [value] for name, value in changes.items()}})

    def rename(self, path: str, name: str) -> Answer:
        """Save a row under another name; it was acknowledged if the status is 302."""
        return self.send(path, name=name, _save="Save")


class Readers:
    """Readers who ask for one page after another, from `with` until its end."""

    def __init__(self, browsers: Sequence[Browser], *, pause_seconds: float = 0.0) -> None:
        self.answers: list[Answer] = []
        self._pause_seconds = pause_seconds
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(browser, number))
            for number, browser in enumerate(browsers)
        ]
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        self._start = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._seconds = time.monotonic() - self._start

    def _read(self, browser: Browser, number: int) -> None:
        while not self._stop.is_set():
            self.answers.append(browser.ask(PATHS[number % len(PATHS)]))
            number += 1
            self._stop.wait(self._pause_seconds)
        browser.close()

    def failed(self, *, refusals_are_fine: bool = False) -> list[Answer]:
        """The answers that are neither the page nor, where that is fine, a clear refusal."""
        return [
            answer
            for answer in self.answers
            if answer.status != http.HTTPStatus.OK
            and not (refusals_are_fine and answer.is_clear_refusal)
        ]

    @property
    def figures(self) -> str:
        """The number, speed and statuses of the requests, and the first that failed."""
        failed = self.failed(refusals_are_fine=True)[:1]
        wrong = "".join(f"; {answer.path[:40]} {answer.text[:200]!r}" for answer in failed)
        times = [answer.seconds * 1000 for answer in self.answers]
        statuses = Counter(answer.status for answer in self.answers)
        return (
            f"{len(times)} requests, {len(times) / self._seconds:.0f}/s, "
            f"median {median(times):.0f} ms, p99 {quantiles(times, n=100)[98]:.0f} ms, "
            f"longest {max(times):.0f} ms, by status {dict(statuses)}{wrong}"
        )
