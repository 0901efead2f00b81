"""The pages for addresses and requests that can't be answered, and for faults."""

import pytest
from django.db import connection
from django.test import Client

from tests.catalog.pages import DETAILS, GOOGLE
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")


def assert_is_error_page(content: bytes, heading: str) -> None:
    page = read_page(content)
    assert texts(page, "title") == [f"{heading} · Signal vs. Noise"]
    assert texts(page, "h1") == [heading]
    assert len(page.find_all(".masthead")) == 1
    assert [link.attributes["href"] for link in page.find(".actions").find_all("a")] == [
        "/",
        "/certifications/",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/certifications/no-such-entry/",
        "/certifications/%00/",
        "/certifications/%FF/",
        f"/certifications/{'x' * 5000}/",
        "/certifications/überall/",
        "/guide/nothing/",
    ],
)
def test_unknown_address_has_the_404_page(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert_is_error_page(response.content, "Nothing here but noise.")
    assert dict(response.cookies) == {}


def test_address_without_its_last_slash_leads_to_the_page(client: Client) -> None:
    response = client.get(f"/certifications/{GOOGLE}?from=mail")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/certifications/{GOOGLE}/?from=mail",
    )


def test_request_for_a_foreign_host_has_the_400_page(client: Client) -> None:
    response = client.get("/certifications/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert_is_error_page(response.content, "That request can’t be read.")


@pytest.mark.parametrize("address", ["/", "/guide/", "/certifications/", DETAILS[0]])
def test_missing_table_has_an_error_page_that_needs_none(address: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalog_contentversion RENAME TO gone")
    response = Client(raise_request_exception=False).get(address)
    # SQLite calls it an operational error, as it does a missing database; PostgreSQL does not.
    headings = {500: "Our fault.", 503: "The site can’t reach its data."}
    assert_is_error_page(response.content, headings[response.status_code])
    assert dict(response.cookies) == {}
