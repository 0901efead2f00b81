"""The sitemap and robots.txt for search engines."""

import re
from html import unescape
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from catalog.editorial.edit import edit
from catalog.models import Certification
from tests.advisor.sheets import BY_OUTCOME, query
from tests.factories.rows import a_certification

pytestmark = pytest.mark.usefixtures("guide", "today")

HOST = "http://testserver"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses() -> list[str]:
    response = Client().get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return [each.text or "" for each in ET.fromstring(response.content).iter(LOC)]


def test_sitemap_holds_every_page_that_is_the_same_for_everybody() -> None:
    a_certification(slug="a-new-one")
    certifications = Certification.objects.in_guide_order()
    assert addresses() == [
        f"{HOST}/",
        f"{HOST}/guide/",
        f"{HOST}/about/",
        f"{HOST}/certifications/",
        f"{HOST}/advisor/",
        f"{HOST}/advisor/how-it-decides/",
        f"{HOST}/data/",
        *(f"{HOST}/certifications/{each.slug}/" for each in certifications),
    ]


def test_sitemap_says_when_a_page_was_edited_last() -> None:
    certification = Certification.objects.in_guide_order()[0]
    with edit():
        lifecycle = certification.lifecycle
        lifecycle.note = "Seen anew."
        lifecycle.save()
    sites = ET.fromstring(Client().get("/sitemap.xml").content)
    days = {site[0].text: [part.text for part in site[1:]] for site in sites}
    assert days[f"{HOST}/certifications/{certification.slug}/"] == [
        f"{lifecycle.history.latest().history_date:%Y-%m-%d}"
    ]
    assert days[f"{HOST}/about/"] == []


@pytest.mark.parametrize(
    ("path", "for_search", "for_previews"),
    [
        ("/", True, True),
        ("/certifications/", True, True),
        ("/certifications/?page=2", True, True),
        ("/certifications/?tier=high", False, True),
        ("/certifications/compare/?cert=a&cert=b", False, True),
        ("/certifications/for-whom/?tier=high", False, True),
        ("/certifications/ai-plus-individual-certification/", True, True),
        ("/advisor/", True, True),
        ("/advisor/?role=builder", False, True),
        ("/advisor/how-it-decides/", True, True),
        ("/advisor/result/?role=builder", False, True),
        ("/advisor/result.json?role=builder", False, True),
        ("/certifications.json", True, True),
        ("/certifications/?q=cloud", False, True),
        ("/admin/", False, False),
    ],
)
def test_robots_ask_for_no_addresses_without_end(
    path: str, *, for_search: bool, for_previews: bool
) -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    parser = RobotFileParser()
    parser.parse(response.content.decode().splitlines())
    assert parser.can_fetch("Googlebot", HOST + path) == for_search
    assert parser.can_fetch("facebookexternalhit/1.1", HOST + path) == for_previews
    assert parser.site_maps() == [f"{HOST}/sitemap.xml"]


def crawled(start: str) -> dict[str, Any]:
    """The answers to a crawler that heeds nothing but rel=nofollow and the header of each page."""
    client, answers, waiting = Client(), dict[str, Any](), [start]
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        response = answers[path] = client.get(path)
        is_page = response.headers["Content-Type"].startswith("text/html")
        if is_page and "nofollow" not in response.headers.get("X-Robots-Tag", ""):
            waiting += followed(response.content.decode())
    return answers


def test_crawl_finds_every_page_of_the_sitemap_and_ends_in_the_order_of_their_number() -> None:
    answers, known = crawled("/"), addresses()
    assert len(answers) < 2 * len(known)
    for address in known:
        response = answers[address.removeprefix(HOST)]
        assert response.status_code == 200
        said = response.content.decode()
        assert 'rel="canonical"' not in said or f'rel="canonical" href="{address}"' in said


def test_crawl_from_a_verdict_ends_at_once() -> None:
    assert len(crawled(f"/advisor/result/?{query(BY_OUTCOME['one'])}")) == 1


def followed(page: str) -> list[str]:
    """The addresses of this site that a crawler of the page goes on to."""
    links = [link for link in re.findall(r"<a [^>]*>", page) if "nofollow" not in link]
    targets = [unescape(re.findall(r'href="([^"#]*)', link)[0]) for link in links]
    return [target for target in targets if target.startswith("/")]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_only_reading_is_allowed(path: str) -> None:
    assert Client().head(path).status_code == 200


def test_robots_refuses_writing() -> None:
    assert Client().post("/robots.txt").status_code == 405
