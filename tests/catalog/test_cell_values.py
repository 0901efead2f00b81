"""Values of cells: read as people write them, and refused where they can be two things."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from catalog.cell_values import read_choice, read_day, read_number, read_truth

CHOICES = {"exam": "Exam", "course-series": "Course series"}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-30", "2026-11-30"),
        ("2026-11-30 00:00:00", "2026-11-30"),
        ("30.11.2026", "2026-11-30"),
        ("05.06.2026", "2026-06-05"),
        ("11/30/2026", "2026-11-30"),
        ("30/11/2026", "2026-11-30"),
        ("6/6/2026", "2026-06-06"),
        ("30 November 2026", "2026-11-30"),
        ("Nov 30, 2026", "2026-11-30"),
        ("2026/11/30", "2026-11-30"),
    ],
)
def test_day_is_read_as_it_is_written(cell: str, day: str) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize(("cell", "value"), [("1,5", "1.5"), ("150,00", "150.00"), ("3.0", "3")])
def test_number_is_read_with_a_comma_or_a_point(cell: str, value: str) -> None:
    assert read_number(cell) == value


def test_truth_and_choice_are_read_in_any_case() -> None:
    assert [read_truth(cell) for cell in ("TRUE", "yes", "0", "False")] == [
        *(True, True),
        *(False, False),
    ]
    assert read_choice("Course Series", CHOICES) == "course-series"
    assert read_choice("none", CHOICES) == ""


@pytest.mark.parametrize(
    ("read", "cell", "words"),
    [
        (read_day, "5/6/2026", "“5/6/2026” can be two days: write 2026-06-05 or 2026-05-06."),
        (read_day, "31.02.2026", "“31.02.2026” is no day: write it like 2026-11-30."),
        (read_day, "soon", "“soon” is no day: write it like 2026-11-30."),
        (read_number, "1.500,00", "“1.500,00” is no number: write it like 150 or 99.50."),
        (read_number, "1,500", "“1,500” is no number: write it like 150 or 99.50."),
        (read_number, "٣x", "“٣x” is no number: write it like 150 or 99.50."),
        (read_truth, "perhaps", "“perhaps” is neither TRUE nor FALSE: write one of them."),
    ],
)
def test_cell_that_can_not_be_read_says_what_to_write(
    read: Callable[[str], object], cell: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        read(cell)
    assert refused.value.messages == [words]
