"""Pages kept for readers: never an old one, never another's, never a fragment for a page."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest.mock import patch

import brotli
import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from catalog.editorial.content_version import content_version
from catalog.models import Certification, ContentVersion, Statement
from certguide.page_cache import store as page_store
from certguide.page_cache.middleware import best_coding, cached_pages, code_version

GOOGLE = "google-professional-machine-learning-engineer"
CERTIFICATION = f"/certifications/{GOOGLE}/"
PAGES = [
    "/",
    "/guide/",
    "/certifications/",
    CERTIFICATION,
    "/advisor/",
    "/robots.txt",
    "/sitemap.xml",
]
DATA = ["/certifications.json", "/certifications.csv"]
FEEDS = ["/feeds/changes.atom", "/calendar/closings.ics"]
FOR_ALL = "public, max-age=0, must-revalidate"

pytestmark = pytest.mark.usefixtures("guide")


def queries(client: Client, address: str, **headers: str) -> int:
    """The number of queries that a response takes; one asks for the content version."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address, headers=headers)
    return len(captured)


class Counted:
    """A view that counts how often it was asked, and what is around it in production."""

    def __init__(self, **headers: str) -> None:
        self.calls = 0
        self.headers = headers
        self.response = cached_pages(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        self.calls += 1
        return HttpResponse(f"page {self.calls}", headers=self.headers)

    def get(self, address: str = "/", **headers: str) -> HttpResponseBase:
        return self.response(RequestFactory().get(address, headers=headers))


@pytest.mark.parametrize("address", [*PAGES, *DATA, *FEEDS])
def test_page_is_made_once(address: str, client: Client) -> None:
    first = client.get(address)
    assert queries(client, address) == 1
    again = client.get(address)
    assert again.content == first.content
    assert dict(again.items()) | {"X-Request-ID": ""} == dict(first.items()) | {"X-Request-ID": ""}
    assert again.headers["Cache-Control"] == FOR_ALL
    assert "Accept-Encoding" in again.headers["Vary"]


@pytest.mark.parametrize("address", [*PAGES, *DATA, *FEEDS])
def test_unchanged_page_is_not_sent_again(address: str, client: Client) -> None:
    page = client.get(address)
    again = client.get(address, headers={"if-none-match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == page.headers[name]
    other = client.get(address, headers={"if-none-match": 'W/"another"'})
    assert (other.status_code, other.content) == (200, page.content)


def test_head_is_answered_from_the_page_of_get(client: Client) -> None:
    page = client.get(CERTIFICATION)
    head = client.head(CERTIFICATION)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == page.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(page.content))


@pytest.mark.parametrize("address", ["/guide/", CERTIFICATION])
def test_edit_shows_at_once(address: str, client: Client) -> None:
    before = client.get(address)
    Statement.objects.filter(certification__slug=GOOGLE, section="proves")[0].delete()
    after = client.get(address, headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_edit_of_one_page_leaves_the_etags_of_others_but_for_the_version(client: Client) -> None:
    feed = client.get("/robots.txt")
    Certification.objects.get(slug=GOOGLE).save()
    again = client.get("/robots.txt", headers={"if-none-match": feed.headers["ETag"]})
    assert again.status_code == 304


def test_page_that_knows_a_later_edit_is_not_kept_for_the_version_before(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(page_store.VERSION_SECONDS, connection.vendor, 60.0)
    client.get("/guide/")  # from here on the version is believed
    version = content_version()
    certification = Certification.objects.get(slug=GOOGLE)
    was, certification.name = certification.name, "Another name"
    certification.save()
    assert "Another name" in client.get(CERTIFICATION).content.decode()
    # As a restore does it: all is as it was, with the version that it had.
    Certification.objects.filter(slug=GOOGLE).update(name=was)
    ContentVersion.objects.update(name=version)
    assert "Another name" not in Client().get(CERTIFICATION).content.decode()


def test_page_is_made_anew_for_each_day() -> None:
    view = Counted()
    view.get()
    with patch.object(timezone, "localdate", lambda: date(2099, 1, 1)):
        assert view.get().headers["ETag"] != ""
    assert view.calls == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"HX-Request": "true"}),
        ({"HX-Request": "true"}, {"HX-Request": "true", "HX-Target": "results"}),
        (
            {"HX-Target": "%72esults"},
            {"HX-Target": "%72esults", "HX-Target-URI-AutoEncoded": "true"},
        ),
        ({"host": "localhost"}, {"host": "127.0.0.1"}),
        ({"host": "localhost"}, {"host": "localhost:8000"}),
        ({"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip"}),
    ],
)
def test_requests_that_differ_share_no_page(one: dict[str, str], other: dict[str, str]) -> None:
    view = Counted()
    for headers in (one, other, one, other):
        view.get(**headers)
    assert view.calls == 2


@given(st.lists(st.text("ab=&%+/?", max_size=5), min_size=2, max_size=2, unique=True))
def test_addresses_that_differ_share_no_page(queries: list[str]) -> None:
    cache.clear()
    view = Counted()
    for query in (*queries, *queries):
        view.response(RequestFactory().get("/", QUERY_STRING=query))
    assert view.calls == 2


def test_fragment_and_page_stay_apart(client: Client) -> None:
    fragment = {"HX-Request": "true", "HX-Target": "results"}
    address = "/certifications/?tier=high"
    for _ in range(2):
        assert b"<html" in client.get(address).content
        assert b"<html" not in client.get(address, headers=fragment).content
    vary = {name.strip() for name in client.get(address).headers["Vary"].split(",")}
    assert vary == {"Accept-Encoding", "HX-Request", "HX-Target", "HX-History-Restore-Request"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Vary": "Cookie"},
        {"Vary": "*"},
        {"Vary": "HX-Request, Accept-Language"},
    ],
)
def test_page_for_some_is_not_kept(headers: dict[str, str]) -> None:
    view = Counted(**headers)
    view.get()
    response = view.get(**{"Accept-Encoding": "br"})
    assert view.calls == 2
    assert [name for name in ("ETag", "Content-Encoding") if name in response.headers] == []


def test_page_with_a_cookie_is_not_kept() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("x" * 1000)
        response.set_cookie("who", request.GET["who"])
        return response

    for who in "ab":
        request = RequestFactory().get("/", {"who": who}, headers={"accept-encoding": "br"})
        response = cached_pages(view)(request)
        assert isinstance(response, HttpResponse)
        assert (response.cookies["who"].value, response.content) == (who, b"x" * 1000)


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/healthz", "/readyz"])
def test_what_is_not_for_readers_is_not_kept(address: str, client: Client) -> None:
    client.get(address)
    response = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert "no-store" in response.headers["Cache-Control"]
    assert "Content-Encoding" not in response.headers
    assert "ETag" not in response.headers


def test_errors_and_redirects_are_not_kept(client: Client) -> None:
    for address in ("/no-such-page/", "/certifications/?sort=signal", "/certifications.json?x=1"):
        assert client.get(address).headers["Cache-Control"] == "no-cache"
        assert queries(client, address) > 0
        assert "ETag" not in client.get(address).headers


def test_endless_address_and_huge_page_are_not_kept() -> None:
    view = Counted()
    for _ in range(2):
        view.get("/?q=" + "a" * 2000)
    assert view.calls == 2
    with patch.object(page_store, "LARGEST_PAGE", 3):
        view.get("/huge/")
        view.get("/huge/")
    assert view.calls == 4


@pytest.mark.parametrize(
    ("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_page_is_compressed_once(
    coding: str, decode: Callable[[bytes], bytes], client: Client
) -> None:
    plain = client.get("/guide/")
    for _ in range(2):
        packed = client.get("/guide/", headers={"accept-encoding": coding})
        assert packed.headers["Content-Encoding"] == coding
        assert int(packed.headers["Content-Length"]) == len(packed.content) < 20_000
        assert decode(packed.content) == plain.content
        assert packed.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("*, br;q=0", "gzip"),
        ("identity, br;q=0.5", ""),
        ("identity;q=0.5, br;q=0.5", "br"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br;q=much", ""),
        ("br ; q=0.3", "br"),
        ("compress, deflate", ""),
    ],
)
def test_coding_is_the_one_that_the_client_likes_best(accepted: str, coding: str) -> None:
    assert best_coding(accepted) == coding


def test_code_has_a_version_of_its_own(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "requirements.txt").touch()
    template = tmp_path / "templates" / "base.html"
    versions = set()
    settings.BASE_DIR = tmp_path
    for content in ("one", "two"):
        template.write_text(content)
        code_version.cache_clear()
        versions.add(code_version())
    code_version.cache_clear()
    assert len(versions) == 2


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_foreign_host_is_refused_though_the_page_is_kept(client: Client) -> None:
    client.get("/")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
