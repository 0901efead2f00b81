"""Properties of every page: headings, links, methods, cookies, number of queries."""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Certification, Tier
from tests.catalog.pages import (
    AWS_GENAI,
    DETAILS,
    GOOGLE,
    PAGES,
    list_pages,
    shown,
)
from tests.factories.rows import (
    a_certification,
    new_exam,
    new_lifecycle,
    new_price,
    new_succession,
)
from tests.html import HEADINGS, Element, ids, read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")


@pytest.mark.parametrize("address", PAGES)
def test_page_has_one_first_heading_and_skips_no_level(address: str) -> None:
    page = shown(address)
    levels = [HEADINGS.index(each.tag) + 1 for each in page.walk() if each.tag in HEADINGS]
    skipped = [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1]
    assert (levels[0], levels.count(1), skipped) == (1, 1, [])


@pytest.mark.parametrize("address", PAGES)
def test_page_uses_every_id_once_and_no_heading_is_empty(address: str) -> None:
    page = shown(address)
    assert sorted(set(ids(page))) == sorted(ids(page))
    assert [each.tag for each in page.walk() if each.tag in HEADINGS and not each.text] == []
    assert [link for link in page.find_all("a") if not link.text] == []


def internal_links(address: str, page: Element) -> Iterator[str]:
    for each in page.walk():
        if each.tag in ("a", "link"):
            target = urljoin(f"http://testserver{address}", each.attributes["href"])
            if urlsplit(target).netloc == "testserver":
                yield target


def test_every_internal_link_leads_somewhere() -> None:
    @cache
    def ids_at(address: str) -> list[str] | None:
        # The advisor leads on to its answer where it has nothing to ask about an entry.
        response = Client().get(address, follow="/advisor/?about=" in address)
        if response.status_code != 200:
            return None
        content = response.getvalue()  # of a static file too
        is_page = response.headers["Content-Type"].startswith("text/html")
        return ids(read_page(content)) if is_page else []

    dead = []
    for origin in PAGES:
        for target in sorted(set(internal_links(origin, shown(origin)))):
            address, fragment = urldefrag(target)
            found = ids_at(address)
            if found is None or (fragment and fragment not in found):
                dead.append(f"{origin} -> {target}")
    assert dead == []


def test_catalogue_pages_reach_every_certification_and_the_advisor() -> None:
    reached = {urldefrag(link)[0] for link in internal_links("/", shown("/"))}
    for page in list_pages():
        reached |= {urldefrag(link)[0] for link in internal_links("/certifications/", page)}
    details = [each.get_absolute_url() for each in Certification.objects.all()]
    wanted = {f"http://testserver{address}" for address in (*PAGES, *details, "/advisor/")}
    assert wanted - reached == set()


@pytest.mark.parametrize("address", PAGES)
def test_page_names_the_content_version_and_sets_no_cookie(address: str, client: Client) -> None:
    response = client.get(address)
    colophon = read_page(response.content).find(".colophon")
    assert re.fullmatch(r"Content version \d{8}-[0-9a-f]{8}", texts(colophon, "p")[-1])
    assert "Set-Cookie" not in response.headers
    assert dict(response.cookies) == {}
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_is_only_read(address: str, method: str, client: Client) -> None:
    response = getattr(client, method)(address)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
def test_page_answers_a_head_request_without_a_body(address: str, client: Client) -> None:
    response = client.head(address)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("address", PAGES)
def test_page_loads_nothing_from_another_host(address: str) -> None:
    loading = ("script", "img", "iframe", "source", "audio", "video", "link")
    loaded = [
        each.attributes.get("src") or each.attributes.get("href", "/")
        for each in shown(address).walk()
        if each.tag in loading and each.attributes.get("rel") not in ("canonical", "alternate")
    ]
    assert [url for url in loaded if not url.startswith("/")] == []


def make_43_certifications() -> None:
    tiers = [*Tier.objects.all(), None]
    successor = Certification.objects.get(slug=AWS_GENAI)
    for number in range(43):
        certification = a_certification(
            slug=f"made-{number}",
            heading=f"Made {number}",
            tier=tiers[number % len(tiers)],
            order=100 + number,
        )
        new_lifecycle(certification=certification, reported="open").save()
        new_price(
            certification=certification, amount=Decimal(99), currency="USD", period="once"
        ).save()
        new_exam(certification=certification, code=f"M-{number}").save()
        new_succession(certification=certification, successor=successor).save()


def queries(client: Client, address: str) -> int:
    client.get(address)  # the catalogue's index is made once for each content version
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_of_a_page_do_not_grow_with_the_certifications(client: Client) -> None:
    pages = ("/", "/guide/", "/certifications/", f"/certifications/{GOOGLE}/")
    shipped, few = Certification.objects.count(), [queries(client, page) for page in pages]
    make_43_certifications()
    assert Certification.objects.count() == shipped + 43
    assert [queries(client, page) for page in pages] == few


@pytest.mark.parametrize("address", ["/", "/certifications/"])
def test_queries_of_a_list_are_at_most_eight(address: str, client: Client) -> None:
    assert queries(client, address) <= 8
