"""Changes in a list since a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from catalog.changelog.list_changes import ListChanges, index_as_of, list_changes
from catalog.listing.facet_index import Index, current_index
from catalog.listing.list_page import Listing
from catalog.listing.list_query import ListQuery, read_query
from catalog.models import Certification, Lifecycle, Price, Tier
from tests.factories.edits import LOADED_ON, begin_records, delete, edit
from tests.factories.rows import a_certification, new_statement

TODAY = date(2026, 11, 23)
MAY_4 = date(2026, 5, 4)
GOOGLE = "google-professional-machine-learning-engineer"
AI_PLUS = "ai-plus-individual-certification"


@pytest.fixture(autouse=True)
def _records(guide: None) -> None:
    begin_records()


def changes(address: str, day: date = LOADED_ON, today: date = TODAY) -> ListChanges:
    index = current_index(today)
    query, problems = read_query(index, dict(QueryDict(address).lists()), renamed={})
    assert problems == []
    return list_changes(Listing(index, query), day)


def words(found: ListChanges) -> tuple[list[str], list[str], list[str]]:
    return (
        [each.slug for each in found.added],
        [each.slug for each in found.gone],
        [f"{each.slug}: {each.words}" for each in found.changes],
    )


def of(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


def sets(index: Index) -> dict[tuple[str, str], set[int]]:
    return {
        (name, value): set(index.in_order(certifications, "name"))
        for name, values in index.chosen.items()
        for value, certifications in values.items()
    }


@pytest.mark.parametrize("day", [LOADED_ON, date(2026, 6, 30), date(2026, 7, 1), TODAY])
def test_index_of_unchanged_content_is_the_one_of_that_day(day: date) -> None:
    now, then = current_index(day), index_as_of(current_index(TODAY), day)
    assert sets(then) == sets(now)
    assert sorted(then.rows, key=lambda row: row.pk) == sorted(now.rows, key=lambda row: row.pk)


def test_nothing_changed() -> None:
    assert words(changes("", day=TODAY)) == ([], [], [])


def test_day_before_the_records_is_compared_with_nothing() -> None:
    found = changes("tier=high", day=LOADED_ON - timedelta(days=1))
    assert (found.is_before_records, found.records_begin) == (True, LOADED_ON)
    assert words(found) == ([], [], [])
    assert not changes("tier=high").is_before_records


def test_rating_moves_a_certification_between_lists() -> None:
    edit(of(AI_PLUS), MAY_4, tier=Tier.objects.get(slug="high"), order=50)
    reason = "Tier: High signal, before Low signal"
    found = changes("tier=high")
    assert words(found)[:2] == ([AI_PLUS], [])
    assert [each.words for each in found.added[0].changes] == [reason]
    assert words(changes("tier=low"))[:2] == ([], [AI_PLUS])
    assert words(changes(f"cert={AI_PLUS}")) == ([], [], [f"{AI_PLUS}: {reason}"])
    assert words(changes("tier=high", day=MAY_4)) == ([], [], [])


def test_price_moves_a_certification_over_a_limit() -> None:
    price = Price.objects.get(certification__slug=GOOGLE)
    assert price.amount is not None
    limit, before = price.amount, str(price)
    edit(price, MAY_4, amount=limit + Decimal(1))
    found = changes(f"cert={GOOGLE}&cost_max={limit}")
    assert words(found)[:2] == ([], [GOOGLE])
    assert found.gone[0].is_in_catalogue
    assert words(changes(f"cert={GOOGLE}"))[2] == [f"{GOOGLE}: Price: {price}, before {before}"]


def test_study_time_moves_a_certification_over_a_limit() -> None:
    edit(of(GOOGLE), MAY_4, months_min=11, months_max=12)
    assert words(changes(f"cert={GOOGLE}&months_max=10"))[:2] == ([], [GOOGLE])
    assert words(changes(f"cert={GOOGLE}&months_max=11"))[:2] == ([], [])


def test_date_closes_without_an_edit() -> None:
    for slug in (GOOGLE, AI_PLUS):
        lifecycle = Lifecycle.objects.get(certification__slug=slug)
        edit(lifecycle, MAY_4, reported="open", closes_on=date(2026, 6, 30))
    slugs = [AI_PLUS, GOOGLE]
    day, today = date(2026, 6, 30), date(2026, 7, 1)
    closed, others = changes("status=closed", day, today), changes("", day, today)
    assert sorted(each.slug for each in closed.added) == slugs
    assert sorted(words(others)[2]) == [f"{slug}: Closed: last day 30 June 2026" for slug in slugs]
    assert sorted(words(changes("status=closing", day, today))[1]) == slugs


def test_new_and_deleted_certifications() -> None:
    new = a_certification()
    new.history.update(history_date=f"{MAY_4} 12:00Z")
    delete(of(AI_PLUS), MAY_4)
    found = changes("")
    assert words(found)[:2] == (["a-new-one"], [AI_PLUS])
    assert not found.gone[0].is_in_catalogue


def test_renamed_certification_stays_in_the_list() -> None:
    edit(of(GOOGLE), MAY_4, slug="renamed", name="Renamed")
    assert words(changes("cert=renamed")) == ([], [], [])


def test_judgement_of_a_certification_is_no_change_of_the_list() -> None:
    edit(new_statement(certification=of(GOOGLE)), MAY_4)
    assert [each for each in words(changes(""))[2] if "It is what it is" in each] == []


def test_search_looks_at_the_texts_of_today() -> None:
    edit(new_statement(certification=of(GOOGLE), text="Zyzzyva."), MAY_4)
    assert words(changes("q=zyzzyva"))[:2] == ([], [])


def test_number_of_queries_does_not_grow_with_the_certifications() -> None:
    def queries(*orders: int) -> int:
        for order in orders:
            a_certification(slug=f"no-{order}", order=order)
        listing = Listing(current_index(TODAY), ListQuery({}))
        with CaptureQueriesContext(connection) as captured:
            list_changes(listing, LOADED_ON)
        return len(captured)

    assert queries(60) == queries(*range(61, 90)) == 17
