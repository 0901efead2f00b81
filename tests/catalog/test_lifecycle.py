"""The lifecycle: every reported state, the day before, on and after each date."""

from datetime import date, timedelta

import pytest

from catalog.lifecycle import Status, status_on

DAY = date(2026, 6, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
REPORTED = ("open", "closed", "unknown")


@pytest.mark.parametrize(
    ("reported", "expected"),
    [("open", Status.OPEN), ("closed", Status.CLOSED), ("unknown", Status.UNKNOWN)],
)
def test_status_without_dates_is_as_reported(reported: str, expected: Status) -> None:
    assert status_on(DAY, reported=reported, sales_end_on=None, closes_on=None) is expected


@pytest.mark.parametrize("reported", ["open", "unknown"])
@pytest.mark.parametrize(
    ("today", "expected"),
    [(BEFORE, Status.CLOSING), (DAY, Status.CLOSING), (AFTER, Status.CLOSED)],
)
def test_status_around_the_last_day(reported: str, today: date, expected: Status) -> None:
    assert status_on(today, reported=reported, sales_end_on=None, closes_on=DAY) is expected


@pytest.mark.parametrize("reported", ["open", "unknown"])
@pytest.mark.parametrize(
    ("today", "expected"),
    [(BEFORE, Status.CLOSING), (DAY, Status.CLOSED), (AFTER, Status.CLOSED)],
)
def test_status_around_the_first_day_without_sales(
    reported: str, today: date, expected: Status
) -> None:
    assert status_on(today, reported=reported, sales_end_on=DAY, closes_on=None) is expected


@pytest.mark.parametrize("today", [BEFORE, DAY, AFTER])
@pytest.mark.parametrize(("sales_end_on", "closes_on"), [(DAY, None), (None, DAY), (DAY, DAY)])
def test_status_reported_closed_is_closed_on_every_day(
    today: date, sales_end_on: date | None, closes_on: date | None
) -> None:
    status = status_on(today, reported="closed", sales_end_on=sales_end_on, closes_on=closes_on)
    assert status is Status.CLOSED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (BEFORE, Status.CLOSING),
        (DAY, Status.CLOSED),  # not sold any more, though those who bought can still sit it
        (AFTER, Status.CLOSED),
        (AFTER + timedelta(days=30), Status.CLOSED),
    ],
)
def test_status_with_both_dates_follows_the_earlier(today: date, expected: Status) -> None:
    later = AFTER + timedelta(days=20)
    assert status_on(today, reported="open", sales_end_on=DAY, closes_on=later) is expected
    # The last day comes first: closed from the day after it.
    last = DAY - timedelta(days=1)
    assert status_on(today, reported="open", sales_end_on=later, closes_on=last) is expected


@pytest.mark.parametrize("reported", REPORTED)
def test_status_never_opens_again(reported: str) -> None:
    order = [Status.UNKNOWN, Status.OPEN, Status.CLOSING, Status.CLOSED]
    days = [DAY + timedelta(days=n) for n in range(-3, 4)]
    ranks = [
        order.index(status_on(day, reported=reported, sales_end_on=DAY, closes_on=AFTER))
        for day in days
    ]
    assert ranks == sorted(ranks)


def test_status_of_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="retired"):
        status_on(DAY, reported="retired", sales_end_on=None, closes_on=None)


@pytest.mark.parametrize("reported", REPORTED)
@pytest.mark.parametrize("today", [BEFORE, DAY, AFTER])
def test_what_is_not_open_yet_is_closed(reported: str, today: date) -> None:
    status = status_on(today, reported=reported, opens_on=DAY, sales_end_on=None, closes_on=None)
    assert status is (Status.CLOSED if today < DAY else Status(reported))
