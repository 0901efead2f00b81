"""The list of certifications: filters as addresses, price in the order of money, saved views."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Certification, Price
from tests.editors import address_of
from tests.factories.rows import a_certification, new_price
from tests.html import Element, read_page, texts

pytestmark = pytest.mark.usefixtures("guide")


def page_of(client: Client, **filters: str) -> Element:
    return read_page(client.get(address_of(Certification, "changelist"), filters).content)


def names(client: Client, **filters: str) -> list[str]:
    tables = page_of(client, **filters).find_all("#result_list")
    return texts(tables[0], ".field-name") if tables else []


@pytest.fixture
def new(db: None) -> Certification:
    """An exam of which everything is known and nothing to be confirmed."""
    certification = a_certification(slug="x-new")
    new_price(certification=certification, amount="5", currency="USD", period="once").save()
    return certification


@pytest.mark.parametrize(
    ("filters", "is_found"),
    [
        ({"price": "known"}, True),
        ({"price": "unknown"}, False),
        ({"price": "other"}, False),
        ({"to_confirm": "yes"}, False),
        ({"to_confirm": "no"}, True),
        ({"confidence": "high"}, True),
        ({"confidence": "low"}, False),
        ({"rated": "no"}, True),
        ({"rated": "by-name"}, False),
        ({"age": "365"}, False),
        ({"age": "soon"}, False),
    ],
)
def test_filter_finds_what_it_says(
    admin_client: Client, new: Certification, filters: dict[str, str], *, is_found: bool
) -> None:
    assert names(admin_client, **filters, q=new.slug) == [new.name] * is_found


def test_price_is_sorted_by_money(admin_client: Client) -> None:
    Price.objects.filter(certification__slug="aws-certified-ai-practitioner").update(amount=9)
    heads = page_of(admin_client).find("#result_list").find_all("th")
    columns = [each.classes for each in heads if "scope" in each.attributes]
    place = next(number for number, classes in enumerate(columns) if "column-cost" in classes)
    sorted_names = names(admin_client, o=str(place))
    totals = [Certification.objects.get(name=name).total_usd for name in sorted_names]
    known = [total for total in totals if total is not None]
    assert known == sorted(known)
    free = sum(total == 0 for total in known)
    assert free == sum(row.total_usd == 0 for row in Certification.objects.all())
    assert known[free] == 9


def test_saved_views_count_what_they_lead_to(admin_client: Client) -> None:
    a_certification(slug="a-draft", is_draft=True)
    for link in page_of(admin_client).find(".saved-views").find_all("a")[1:]:
        query = dict([link.attributes["href"].removeprefix("?").split("=")])
        count = int(link.find(".count").text)
        assert len(names(admin_client, **query)) == count, link.text


def test_number_to_confirm_leads_to_the_facts(admin_client: Client, new: Certification) -> None:
    Price.objects.filter(certification=new).update(to_confirm="All.")
    row = page_of(admin_client, q=new.name).find("#result_list").find(".field-open_points")
    assert row.text == "1"
    assert row.find("a").attributes["href"] == "/admin/confirm/?certification=x-new"


def test_list_asks_as_many_queries_for_more_rows(admin_client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert names(admin_client, all="") != []
        return len(queries)

    before = asked()
    for number in range(30):
        a_certification(slug=f"more-{number}", order=20_000 + number)
    assert (asked(), before <= 75) == (before, True)
