"""The facets of the list: each leaves its own selection out of its counts."""

import pytest
from django.http import QueryDict

from catalog.listing.list_page import Listing, read_listing
from catalog.models import Certification, Price
from tests.factories.rows import a_certification, new_price

pytestmark = pytest.mark.usefixtures("guide", "today")


def listed(text: str = "") -> Listing:
    listing, problems = read_listing(QueryDict(text))
    assert problems == []
    return listing


def counts(listing: Listing, name: str) -> dict[str, int]:
    return {
        choice.value: choice.count
        for facet, choices in listing.facets
        for choice in choices
        if facet.name == name
    }


def test_facets_leave_out_themselves_and_no_other() -> None:
    everything, high = listed(), listed("tier=high")
    assert counts(high, "tier") == counts(everything, "tier")
    assert sum(counts(high, "platform").values()) == high.count
    assert everything.count == Certification.objects.published().count()
    for name in ("tier", "provider", "platform", "kind", "rated", "status"):
        assert sum(counts(everything, name).values()) == everything.count


def test_limit_says_how_many_have_no_known_price_and_shows_them() -> None:
    unpriced = a_certification(slug="unpriced", months_min=1, months_max=1)
    before = listed("cost_max=1").hidden_by_limits[0].count
    new_price(certification=unpriced).save()
    new_price(
        certification=a_certification(slug="in-euros", order=51),
        amount=1,
        currency=Price.Currency.EUR,
        period=Price.Period.ONCE,
    ).save()
    hidden = listed("cost_max=1").hidden_by_limits
    assert [(each.noun, each.count, each.show_url) for each in hidden] == [
        ("price", before + 1, "/certifications/?cost_max=1&cost_max=unknown")
    ]
    assert listed("cost_max=1&cost_max=unknown").hidden_by_limits == []
    assert listed("cost_max=unknown").hidden_by_limits == []
