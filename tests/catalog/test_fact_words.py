"""Words for facts: each on both sides of what changes them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from catalog.fact_words import (
    closing_sentence,
    closing_words,
    dates_words,
    day_in_words,
    dollars,
    lifecycle_words,
    months_words,
    price_words,
    short_dollars,
    span_words,
    status_words,
    total_words,
)
from catalog.lifecycle import Status, status_on

TODAY = date(2026, 11, 30)


@dataclass(frozen=True)
class Dates:
    reported: str = "open"
    opens_on: date | None = None
    sales_end_on: date | None = None
    closes_on: date | None = None

    def status_on(self, today: date) -> Status:
        return status_on(today, **vars(self))


def test_day_has_no_leading_zero() -> None:
    assert day_in_words(date(2026, 3, 1)) == "1 March 2026"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (None, None, "unknown"),
        (1, 1, "1 month"),
        (2, 2, "2 months"),
        (2, None, "2 months"),
        (1, 3, "1-3 months"),
        (Decimal("2.5"), None, "2.5 months"),
    ],
)
def test_months(least: int | None, most: int | None, words: str) -> None:
    assert months_words(least, most) == words


def test_span_that_is_not_known_is_empty() -> None:
    assert span_words(None, None, "minute") == ""


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "$0"), (Decimal("59.00"), "$59"), (Decimal("59.5"), "$59.50"), (1300, "$1,300")],
)
def test_dollars_have_cents_only_where_there_are_some(amount: Decimal | int, words: str) -> None:
    assert dollars(amount) == words


@pytest.mark.parametrize(("amount", "words"), [(9_999, "$9,999"), (10_000, "$10k")])
def test_tick_is_in_thousands_from_five_digits_on(amount: int, words: str) -> None:
    assert short_dollars(amount) == words


def test_price() -> None:
    assert price_words(None, "", is_monthly=False) == "unknown"
    assert price_words(Decimal("49.5"), "EUR", is_monthly=True) == "€49.50 a month"
    assert price_words(Decimal(100), "GBP", is_monthly=False) == "£100 once"
    assert total_words(Decimal(177), is_least=True) == "$177 in all, at least"
    assert total_words(Decimal(177), is_least=False) == "$177 in all"


def test_status() -> None:
    assert status_words(Status.CLOSED, date(2026, 6, 30)) == "Closed on 30 June 2026"
    assert status_words(Status.UNKNOWN, None) == "Unknown"


SOON, PAST = date(2026, 12, 1), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("dates", "status", "phrase", "sentence", "every"),
    [
        (
            Dates(opens_on=SOON),
            "Closed, opens on 1 December 2026",
            "opens on 1 December 2026",
            "It can’t be obtained before 1 December 2026.",
            "opens on 1 December 2026",
        ),
        (
            Dates(opens_on=PAST, closes_on=TODAY),
            "Closing, open since 29 November 2026, last day 30 November 2026",
            "last day 30 November 2026",
            "Its last day is 30 November 2026.",
            "last day 30 November 2026",
        ),
        (
            Dates(closes_on=PAST),
            "Closed, last day 29 November 2026",
            "last day 29 November 2026",
            "Its last day was 29 November 2026.",
            "last day 29 November 2026",
        ),
        (
            Dates(sales_end_on=SOON),
            "Closing, not sold from 1 December 2026",
            "not sold from 1 December 2026",
            "It will not be sold from 1 December 2026 on.",
            "no longer sold from 1 December 2026",
        ),
        (
            Dates(sales_end_on=TODAY, closes_on=SOON),
            "Closed, not sold since 30 November 2026",
            "not sold since 30 November 2026",
            "It has not been sold since 30 November 2026.",
            "last day 1 December 2026, no longer sold from 30 November 2026",
        ),
        (
            Dates(reported="closed"),
            "Closed, day not known",
            "day not known",
            "It has closed; the day is not known.",
            "",
        ),
    ],
)
def test_closing(dates: Dates, status: str, phrase: str, sentence: str, every: str) -> None:
    assert lifecycle_words(dates, TODAY) == status
    assert closing_words(dates, TODAY) == phrase
    assert closing_sentence(dates, TODAY) == sentence
    assert dates_words(dates, TODAY) == every


def test_open_certification_says_since_when() -> None:
    assert lifecycle_words(Dates(opens_on=PAST), TODAY) == "Open since 29 November 2026"
    assert lifecycle_words(Dates(), TODAY) == "Open"
    assert lifecycle_words(None, TODAY) == "unknown"
