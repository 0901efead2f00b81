"""Numbers of answer sheets in words."""

import pytest

from advisor.templatetags.advisor_tags import share, sheets


def test_number_of_sheets_is_written_in_full() -> None:
    assert sheets(161_355_121_200) == "161,355,121,200"


@pytest.mark.parametrize(
    ("number", "of", "words"),
    [
        (0, 0, "0 %"),
        (0, 7, "0 %"),
        (1, 8, "12.5 %"),
        (1, 3, "33.33 %"),
        (7, 7, "100 %"),
        (1, 10_000, "0.01 %"),
        (1, 10_001, "under 0.01 %"),
        (9_999, 10_000, "99.99 %"),
        (10_000, 10_001, "over 99.99 %"),
    ],
)
def test_share_tells_none_and_all_from_almost(number: int, of: int, words: str) -> None:
    assert share(number, of) == words
