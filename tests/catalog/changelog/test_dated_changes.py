"""The changes that readers see: each kind, from a real edit on a real day, and by a date alone."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from catalog.changelog.change_words import ChangeKind
from catalog.changelog.dated_changes import DatedChange, changes_since
from catalog.models import Certification, Lifecycle, Price, Statement, Tier
from catalog.models.certification import renamed_slugs
from tests.factories.edits import LOADED_ON, begin_records, delete, edit, noon
from tests.factories.rows import (
    a_certification,
    new_correction,
    new_lifecycle,
    new_price,
    new_statement,
    new_succession,
)

TODAY = date(2026, 11, 23)
MAY_4 = date(2026, 5, 4)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def records(guide: None) -> None:
    begin_records()


@pytest.fixture
def certification(records: None) -> Certification:
    """A certification without any fact, known since the records begin."""
    certification = a_certification()
    certification.history.update(history_date=noon(LOADED_ON))
    return certification


def said(certification: Certification, since: date = LOADED_ON, today: date = TODAY) -> list[str]:
    changes = changes_since(since, [certification.pk], today=today)
    assert {each.certification for each in changes} <= {certification.pk}
    return [f"{each.date} {each.kind}: {each.words}" for each in changes]


def test_first_load_counts_as_added(records: None) -> None:
    keys = list(Certification.objects.values_list("pk", flat=True))
    changes = changes_since(LOADED_ON - ONE_DAY, keys, today=LOADED_ON)
    names = sorted(Certification.objects.values_list("name", flat=True), key=str.casefold)
    assert [(each.name, each.kind, each.date) for each in changes] == [
        (name, ChangeKind.ADDED, LOADED_ON) for name in names
    ]


def test_day_itself_is_not_since(certification: Certification) -> None:
    assert said(certification, since=LOADED_ON) == []
    assert said(certification, since=LOADED_ON - ONE_DAY) == [
        f"{LOADED_ON} added: Added to the catalogue"
    ]


def test_certification_older_than_the_records_is_not_added(certification: Certification) -> None:
    certification.history.update(history_type="~")
    edit(certification, MAY_4, months_min=2, months_max=3)
    assert said(certification, since=date.min) == [
        f"{MAY_4} study time: Study time: 2-3 months, before unknown"
    ]


def test_tier(certification: Certification) -> None:
    edit(certification, MAY_4, tier=Tier.objects.get(slug="moderate"))
    edit(certification, date(2026, 6, 1), tier=Tier.objects.get(slug="high"))
    assert said(certification) == [
        "2026-06-01 tier: Tier: High signal, before Moderate signal",
        "2026-05-04 tier: Tier: Moderate signal, before not rated",
    ]


def test_price(certification: Certification) -> None:
    price = new_price(
        certification=certification, amount=Decimal(150), currency="USD", period="once"
    )
    edit(price, MAY_4)
    edit(price, date(2026, 6, 1), amount=Decimal(100))
    delete(price, date(2026, 7, 1))
    assert said(certification) == [
        "2026-07-01 price: Price: unknown, before $100 once",
        "2026-06-01 price: Price: $100 once, before $150 once",
        "2026-05-04 price: Price: $150 once, before unknown",
    ]


def test_successor(certification: Certification) -> None:
    first, second = (
        a_certification(slug="one-next", order=51),
        a_certification(slug="two", order=52),
    )
    edit(new_succession(certification=certification, successor=first), MAY_4)
    edit(new_succession(certification=certification, successor=second, order=2), date(2026, 6, 1))
    assert said(certification) == [
        "2026-06-01 successor: Successor: One next and Two, before One next",
        "2026-05-04 successor: Successor: One next, before none",
    ]


def test_statement_keeps_its_whole_text(certification: Certification) -> None:
    text = "“Quoted” \N{EN DASH} it’s <b>long</b>, " + "very " * 300 + "long."
    statement = new_statement(certification=certification, text=text)
    edit(statement, MAY_4)
    edit(statement, date(2026, 6, 1), text="Short.")
    edit(statement, date(2026, 6, 2), section="proves")
    delete(statement, date(2026, 7, 1))
    assert said(certification) == [
        "2026-07-01 judgement: Statement removed: “Short.”",
        "2026-06-02 judgement: Statement now applies otherwise: “Short.”",
        f"2026-06-01 judgement: Statement: “Short.”, before “{text}”",
        f"2026-05-04 judgement: Statement: “{text}”",
    ]


def test_each_statement_of_a_day_is_a_change(certification: Certification) -> None:
    for order in (50, 51):
        edit(new_statement(certification=certification, text=f"No. {order}.", order=order), MAY_4)
    changes = changes_since(LOADED_ON, [certification.pk], today=TODAY)
    assert [each.words for each in changes] == ["Statement: “No. 50.”", "Statement: “No. 51.”"]
    assert len({each.identity for each in changes}) == 2


def test_correction(certification: Certification) -> None:
    statement = new_statement(certification=certification)
    edit(statement, LOADED_ON)
    edit(new_correction(statement=statement, noted_on=MAY_4), MAY_4)
    assert said(certification) == [f"{MAY_4} judgement: Correction: “It is otherwise.”"]


def test_what_readers_do_not_see_is_no_change(certification: Certification) -> None:
    statement = new_statement(certification=certification)
    edit(statement, LOADED_ON)
    edit(statement, MAY_4, order=60)
    edit(certification, MAY_4, order=61)
    assert said(certification) == []


def test_edits_of_one_day_are_one_change(certification: Certification) -> None:
    morning, evening = (datetime(2026, 5, 4, hour, tzinfo=UTC) for hour in (13, 20))
    edit(certification, MAY_4, at=morning, months_min=1, months_max=1)
    edit(certification, MAY_4, at=evening, months_min=2, months_max=2)
    (change,) = changes_since(LOADED_ON, [certification.pk], today=TODAY)
    assert (change.words, change.at) == ("Study time: 2 months, before unknown", evening)
    edit(certification, MAY_4, at=evening + timedelta(hours=1), months_min=None, months_max=None)
    assert said(certification) == []


# --- Status: by an edit, and by a date alone ------------------------------------


@pytest.fixture
def lifecycle(certification: Certification) -> Lifecycle:
    row = new_lifecycle(certification=certification, reported="open")
    edit(row, LOADED_ON)
    return row


def test_closed_on_report(certification: Certification, lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, reported="closed")
    edit(lifecycle, date(2026, 6, 1), reported="unknown")
    assert said(certification) == [
        "2026-06-01 reopened: Reopened: unknown, before closed",
        "2026-05-04 closed: Closed",
    ]


def test_closed_by_its_date(certification: Certification, lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 8, 31))
    announced = "2026-05-04 status: Status: closing (last day 31 August 2026), before open"
    assert said(certification, today=date(2026, 8, 31)) == [announced]
    closed = "2026-09-01 closed: Closed: last day 31 August 2026"
    assert said(certification, today=date(2026, 9, 1)) == [closed, announced]
    assert said(certification, since=date(2026, 8, 31)) == [closed]
    assert said(certification, since=date(2026, 9, 1)) == []


def test_closed_by_the_end_of_sales(certification: Certification, lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, sales_end_on=date(2026, 8, 31))
    assert said(certification, since=MAY_4, today=date(2026, 8, 30)) == []
    closed = "2026-08-31 closed: Closed: no longer sold from 31 August 2026"
    assert said(certification, since=MAY_4, today=date(2026, 8, 31)) == [closed]
    assert said(certification, since=date(2026, 8, 30)) == [closed]
    assert said(certification, since=date(2026, 8, 31)) == []


def test_date_that_moves_before_it_comes_closes_once(
    certification: Certification, lifecycle: Lifecycle
) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 8, 31))
    edit(lifecycle, date(2026, 8, 31), closes_on=date(2026, 10, 31))
    moved = "closing (last day 31 October 2026)"
    assert said(certification, since=MAY_4) == [
        "2026-11-01 closed: Closed: last day 31 October 2026",
        f"2026-08-31 status: Status: {moved}, before closing (last day 31 August 2026)",
    ]


def test_date_that_moves_after_it_came_reopens(
    certification: Certification, lifecycle: Lifecycle
) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 8, 31))
    edit(lifecycle, date(2026, 9, 10), closes_on=date(2026, 12, 31))
    moved = "closing (last day 31 December 2026)"
    assert said(certification, since=MAY_4) == [
        f"2026-09-10 reopened: Reopened: {moved}, before closed (last day 31 August 2026)",
        "2026-09-01 closed: Closed: last day 31 August 2026",
    ]


def test_date_and_report_on_the_same_day_close_once(
    certification: Certification, lifecycle: Lifecycle
) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 8, 31))
    edit(lifecycle, date(2026, 9, 1), reported="closed")
    assert said(certification, since=MAY_4) == [
        "2026-09-01 closed: Closed: last day 31 August 2026"
    ]


def test_certification_that_was_loaded_before_its_end_closes(certification: Certification) -> None:
    edit(new_lifecycle(certification=certification, closes_on=MAY_4), LOADED_ON)
    assert said(certification) == ["2026-05-05 closed: Closed: last day 4 May 2026"]


# --- Which, and in what order ----------------------------------------------------


@pytest.fixture
def some_changes(certification: Certification, lifecycle: Lifecycle) -> list[DatedChange]:
    edit(lifecycle, MAY_4, closes_on=date(2026, 8, 31))
    price = Price.objects.exclude(amount=None)[0]
    edit(price, MAY_4, amount=Decimal(1))
    edit(Statement.objects.exclude(certification=None)[0], date(2026, 6, 1), text="New.")
    keys = Certification.objects.values_list("pk", flat=True)
    return changes_since(date.min, keys, today=TODAY)


def test_newest_come_first_and_every_change_has_its_own_identity(
    some_changes: list[DatedChange],
) -> None:
    days = [each.date for each in some_changes]
    assert days == sorted(days, reverse=True)
    assert len({each.identity for each in some_changes}) == len(some_changes)


def test_changes_are_those_of_the_certifications_asked_for(some_changes: list[DatedChange]) -> None:
    for key in {each.certification for each in some_changes}:
        mine = [each for each in some_changes if each.certification == key]
        assert changes_since(date.min, [key], today=TODAY) == mine


@pytest.mark.parametrize("day", [LOADED_ON, MAY_4, date(2026, 5, 31), date(2026, 8, 31), TODAY])
def test_changes_since_a_day_are_the_newer_ones(some_changes: list[DatedChange], day: date) -> None:
    keys = Certification.objects.values_list("pk", flat=True)
    assert changes_since(day, keys, today=TODAY) == [x for x in some_changes if x.date > day]


def test_deleted_certification_has_no_changes(certification: Certification) -> None:
    pk = certification.pk
    delete(certification, MAY_4)
    assert changes_since(LOADED_ON, [pk], today=TODAY) == []


def test_renamed_slug_leads_to_the_one_of_today(certification: Certification) -> None:
    edit(certification, MAY_4, slug="second-name")
    edit(certification, MAY_4, slug="third-name")
    assert renamed_slugs(["Third-Name", "A-new-one"]) == {
        "Third-Name": "third-name",
        "A-new-one": "third-name",
    }
    asked = ["a-new-one", "second-name", "third-name", "never-was"]
    assert renamed_slugs(asked) == {"a-new-one": "third-name", "second-name": "third-name"}
    a_certification(slug="a-new-one", name="Another", order=70)
    assert renamed_slugs(asked) == {"second-name": "third-name"}


def test_edit_on_the_day_of_the_addition_is_a_change_of_its_own(records: None) -> None:
    certification, evening = a_certification(), noon(MAY_4) + timedelta(hours=6)
    certification.history.update(history_date=noon(MAY_4))
    price = new_price(
        certification=certification, amount=Decimal(150), currency="USD", period="once"
    )
    edit(price, MAY_4)
    edit(price, MAY_4, evening, amount=Decimal(100))
    changes = changes_since(LOADED_ON, [certification.pk], today=TODAY)
    assert [(each.at, each.words) for each in changes] == [
        (noon(MAY_4), "Added to the catalogue"),
        (evening, "Price: $100 once, before $150 once"),
    ]


def test_opening_is_a_change_on_its_day(certification: Certification) -> None:
    lifecycle = new_lifecycle(
        certification=certification, reported="open", opens_on=date(2026, 6, 1)
    )
    edit(lifecycle, MAY_4)
    assert said(certification) == [
        "2026-06-01 status: Status: open, before closed (opens on 1 June 2026)",
        "2026-05-04 status: Status: closed (opens on 1 June 2026), before unknown",
    ]
