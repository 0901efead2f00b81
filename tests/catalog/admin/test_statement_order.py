"""Statements are numbered section by section, and keep their numbers where these are right."""

import pytest

from catalog.admin.statement_order import Placed, orders_of

PROVES, WORTH, NOT_WORTH, REALITY = "proves", "worth-it-if", "not-worth-it-if", "reality"


@pytest.mark.parametrize(
    ("rows", "orders"),
    [
        # In order already: gaps stay.
        ([(PROVES, 3), (PROVES, 7), (WORTH, 9)], [3, 7, 9]),
        # Without a number: last in its section, and the rest makes room.
        ([(PROVES, 1), (WORTH, 2), (PROVES, None)], [1, 3, 2]),
        # A section that was not there goes where the guide usually has it.
        ([(PROVES, 1), (REALITY, 2), (WORTH, 40)], [1, 3, 2]),
        # A number under another section's heading is no way out of one's own.
        ([(PROVES, 1), (WORTH, 2), (PROVES, 3)], [1, 3, 2]),
        ([(WORTH, None), (WORTH, None)], [1, 2]),
        ([], []),
    ],
)
def test_rows_are_numbered_by_section(
    rows: list[tuple[str, int | None]], orders: list[int]
) -> None:
    known = [section for section, order in rows if order is not None and order < 40]
    assert orders_of([Placed(*row) for row in rows], known=known) == orders


def test_row_that_is_moved_to_a_number_goes_before_the_one_that_has_it() -> None:
    rows = [Placed(PROVES, 1), Placed(PROVES, 2), Placed(PROVES, 1, is_moved=True)]
    assert orders_of(rows, known=[PROVES]) == [2, 3, 1]


def test_sections_keep_the_order_that_they_have() -> None:
    rows = [Placed(NOT_WORTH, 1), Placed(WORTH, 2), Placed(NOT_WORTH, None)]
    assert orders_of(rows, known=[NOT_WORTH, WORTH]) == [1, 3, 2]
