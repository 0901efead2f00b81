"""The index of the catalogue: the same as the certifications themselves, whatever the day."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise, product
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.listing.facet_index import LIMITS, Index, current_index
from catalog.listing.list_query import ListQuery
from catalog.models import Certification, Lifecycle, Price
from tests.catalog.listing.states import TODAY, facts_by_key, select
from tests.factories.rows import CHECKED, a_certification, new_lifecycle

pytestmark = pytest.mark.usefixtures("guide")

DAYS = [TODAY + timedelta(days=days) for days in (-400, -2, -1, 0, 1, 2, 400)]


@pytest.fixture
def made(guide: None) -> None:
    """Two hundred certifications with every mixture of state, dates, currency.

    Period and months.
    """
    random = Random(4)
    near = [None, *(TODAY + timedelta(days=days) for days in range(-3, 4))]
    for number in range(200):
        months = random.choice([None, 1, 2, 3, 7, 32767])
        certification = a_certification(
            slug=f"made-{number}", order=500 + number, months_min=months, months_max=months
        )
        if random.random() < 0.9:
            Lifecycle.objects.create(
                certification=certification,
                reported=random.choice(Lifecycle.Reported.values),
                sales_end_on=random.choice(near),
                closes_on=random.choice(near),
                **CHECKED,
            )
        if random.random() < 0.9:
            amount = random.choice([None, "0", "0.01", "19.99", "33.33", "49", "999999.99"])
            Price.objects.create(
                certification=certification,
                amount=amount,
                currency=random.choice(["USD", "USD", "EUR", "GBP"]) if amount else "",
                period=random.choice(["once", "month"]) if amount else "",
                **CHECKED,
            )


@pytest.mark.usefixtures("made")
def test_each_choice_selects_the_certifications_that_are_so_on_the_day() -> None:
    for day in DAYS:
        index, facts = current_index(day), facts_by_key(day)
        assert [row.pk for row in index.rows] == list(facts)
        for name, choices in index.chosen.items():
            for value, certifications in choices.items():
                expected = [key for key, each in facts.items() if each[name] == value]
                assert index.in_order(certifications, "signal") == expected
            assert {each[name] for each in facts.values()} <= set(choices)
        for facet in index.facets:
            assert list(facet.choices) == list(index.chosen[facet.name])


@pytest.mark.usefixtures("made")
def test_order_is_stable_and_the_unknown_comes_last() -> None:
    index, facts = current_index(TODAY), facts_by_key()
    assert index.in_order(index.everything, "signal") == list(facts)
    for sort in ("cost", "time", "name"):
        keys = index.in_order(index.everything, sort)
        assert keys == select(facts, ListQuery({"sort": (sort,)}))
    for sort, column in (("cost", "cost_max"), ("time", "months_max")):
        keys = index.in_order(index.everything, sort)
        amounts = [facts[key][column] for key in keys]
        unknown = amounts.index(None)
        assert set(amounts[unknown:]) == {None}
        place = index.position
        for one, other in pairwise(keys):
            if facts[one][column] == facts[other][column]:
                assert place[one] < place[other]


def test_names_with_accents_stand_beside_those_without() -> None:
    made = [
        a_certification(slug=f"n-{n}", name=name, order=20_000 + n).pk
        for n, name in enumerate(["“Zürich” AI", "école AI", "Zulu AI", "Ecole AI 2"])
    ]
    index = current_index(TODAY)
    ordered = [key for key in index.in_order(index.everything, "name") if key in made]
    assert ordered == [made[1], made[3], made[2], made[0]]


@pytest.mark.usefixtures("made")
def test_limit_includes_its_boundary_and_no_unknown() -> None:
    index, facts = current_index(TODAY), facts_by_key()
    limits = ("0", "0.01", "2", "59.96", "59.97", "100", "9999999")
    for name, limit in product(LIMITS, limits):
        known = {key: each[name] for key, each in facts.items()}
        expected = {
            k for k, v in known.items() if v is not None and Decimal(str(v)) <= Decimal(limit)
        }
        assert set(index.in_order(index.within(name, Decimal(limit)), "signal")) == expected
        unknown = {key for key, value in known.items() if value is None}
        assert set(index.in_order(index.without_amount(name), "signal")) == unknown


def test_set_of_keys_leaves_out_what_is_not_there() -> None:
    index = current_index(TODAY)
    keys = [row.pk for row in index.rows]
    assert index.in_order(index.set_of(keys), "signal") == keys
    assert index.set_of([]) == index.set_of([10**9]) == 0
    assert index.in_order(index.set_of([keys[-1], keys[0], 10**9]), "signal") == [keys[0], keys[-1]]
    assert index.in_order(0, "name") == []


def test_index_is_kept_while_content_and_day_stand() -> None:
    first = current_index(TODAY)
    with CaptureQueriesContext(connection) as queries:
        assert current_index(TODAY) is first
    assert len(queries) == 1
    certification = Certification.objects.all()[0]
    new_lifecycle(certification=a_certification()).save()
    assert len(current_index(TODAY).rows) == len(first.rows) + 1
    certification.refresh_from_db()
    assert current_index(TODAY + timedelta(days=1)).day == TODAY + timedelta(days=1)


def test_choice_of_those_without_comes_last_and_has_words() -> None:
    facets = {facet.name: facet.choices for facet in current_index(TODAY).facets}
    assert list(facets["tier"].items()) == [
        ("high", "High signal"),
        ("moderate", "Moderate signal"),
        ("low", "Low signal"),
        ("avoid", "Avoid"),
        ("none", "Not rated by this guide"),
    ]
    assert list(facets["platform"].items()) == [
        ("gcp", "Google Cloud"),
        ("aws", "AWS"),
        ("azure", "Azure"),
        ("none", "No platform"),
    ]
    assert list(facets["provider"].items())[-1] == ("none", "Many providers")
    assert list(facets["kind"]) == ["exam", "course-series", "category"]
    assert list(facets["status"]) == ["open", "closing", "closed", "unknown"]


def test_empty_catalogue_has_an_index() -> None:
    index = Index(version="", day=TODAY, rows=(), facets=(), chosen={})
    assert (index.everything, index.set_of([1]), index.in_order(0, "cost")) == (0, 0, [])
    assert (index.within("cost_max", Decimal(5)), index.without_amount("cost_max")) == (0, 0)
