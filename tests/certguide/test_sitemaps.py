"""What search engines are told."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from catalog.models import Certification
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
        *(f"{HOST}/certifications/{each.slug}/" for each in certifications),
    ]


def test_every_address_of_the_sitemap_is_there_and_canonical() -> None:
    for address in addresses():
        response = Client().get(address.removeprefix(HOST))
        assert response.status_code == 200
        said = response.content.decode()
        assert 'rel="canonical"' not in said or f'rel="canonical" href="{address}"' in said


def test_robots_may_read_all_but_the_admin_and_what_is_for_programs() -> None:
    response = Client().get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /advisor/result.json",
        f"Sitemap: {HOST}/sitemap.xml",
    ]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_only_reading_is_allowed(path: str) -> None:
    assert Client().head(path).status_code == 200


def test_robots_refuses_writing() -> None:
    assert Client().post("/robots.txt").status_code == 405
