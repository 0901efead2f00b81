"""Synthetic certifications: as many as asked, varied, valid, and never content."""

from typing import Any

import pytest

from catalog.editorial.content_version import content_version
from catalog.listing.facet_index import current_index
from catalog.models import Certification
from script.trials.many_certifications import make_certifications
from tests.catalog.listing.searching import found_keys
from tests.catalog.listing.states import TODAY

pytestmark = pytest.mark.usefixtures("guide", "today")


def made() -> list[tuple[Any, ...]]:
    columns = (
        *("slug", "name", "kind", "tier__slug", "provider__slug", "platform", "months_min"),
        *("lifecycle__reported", "lifecycle__closes_on", "price__amount", "price__period"),
    )
    synthetic = Certification.objects.filter(slug__startswith="synthetic-")
    return list(synthetic.order_by("order").values_list(*columns))


def test_makes_as_many_as_asked_and_leaves_the_content_alone() -> None:
    before = list(Certification.objects.order_by("pk").values())
    make_certifications(40)
    assert [row[0] for row in made()] == [f"synthetic-{n}" for n in range(40)]
    rest = Certification.objects.exclude(slug__startswith="synthetic-")
    assert list(rest.order_by("pk").values()) == before


def test_same_number_gives_the_same_certifications_in_place_of_the_old() -> None:
    make_certifications(30)
    first = made()
    make_certifications(50)
    assert len(made()) == 50
    make_certifications(30)
    assert made() == first


def test_none_takes_them_away_again() -> None:
    shipped = Certification.objects.count()
    make_certifications(5)
    make_certifications(0)
    assert made() == []
    assert Certification.objects.count() == shipped


def test_certifications_are_in_the_index_and_are_found_by_search() -> None:
    before = content_version()
    index = current_index(TODAY)
    make_certifications(60)
    assert content_version() != before
    assert len(current_index(TODAY).rows) == len(index.rows) + 60
    certification = Certification.objects.get(slug="synthetic-7")
    assert certification.pk in found_keys("synthetic certification 7")
    statement = certification.statements.all()[0]
    assert certification.pk in found_keys(statement.text)


def test_certifications_are_varied() -> None:
    make_certifications(100)
    index = current_index(TODAY)
    synthetic = index.set_of(
        Certification.objects.filter(slug__startswith="synthetic-").values_list("pk", flat=True)
    )
    for name in ("tier", "platform", "status"):
        assert all(index.chosen[name][value] & synthetic for value in index.chosen[name])


def test_certifications_keep_the_constraints_of_content() -> None:
    make_certifications(100)
    for certification in Certification.objects.with_card().filter(slug__startswith="synthetic-"):
        certification.full_clean()


def test_no_history_is_left() -> None:
    make_certifications(10)
    assert not Certification.history.filter(slug__startswith="synthetic-").exists()
