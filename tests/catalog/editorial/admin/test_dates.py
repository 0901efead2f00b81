"""Dates in forms: one way to read each, and said back in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalog.editorial.admin.dates import REFUSED, DayField, DayInput
from tests.html import read_page


@pytest.mark.parametrize(
    "text",
    ["2027-06-07", "7 June 2027", "07 Jun 2027", "7. June 2027", "June 7, 2027", "jun 7 2027"],
)
def test_day_that_can_be_read_in_one_way_is_taken(text: str) -> None:
    assert DayField().clean(text) == date(2027, 6, 7)


@pytest.mark.parametrize("text", ["07/06/2027", "30.06.2027", "7-6-2027", "2027-02-30", "soon"])
def test_other_day_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        DayField().clean(text)
    assert caught.value.messages == [REFUSED]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 6, 7), "Monday, 7 June 2027"),
        ("2027-06-07", "Monday, 7 June 2027"),
        ("2027-02-30", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_day_is_said_back_in_words(value: object, words: str) -> None:
    page = read_page(DayInput().render("closes_on", value).encode())
    assert page.find("output").text == words
    assert page.find_all("button") == []


def test_day_of_a_check_has_a_button_for_today() -> None:
    page = read_page(DayInput().render("price-0-checked_on", None).encode())
    assert page.find("button").text == "Today"
