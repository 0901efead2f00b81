"""Parameters of a URL: the past day, on both sides of today."""

from datetime import date

import pytest

from catalog.url_parameters import read_past_day

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("day", [TODAY, date(2026, 11, 29), date.min])
def test_past_day_is_read(day: date) -> None:
    assert read_past_day(day.isoformat(), today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01",
        "",
        "yesterday",
        "2026-02-30",
        "20261123",
        "2026-W48-1",
        "2026-1-5",
        " 2026-11-29",
    ],
)
def test_other_texts_are_no_past_day(text: str) -> None:
    assert read_past_day(text, today=TODAY) is None
