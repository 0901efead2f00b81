"""On paper: a verdict fits on two pages, and nothing that scrolls on a screen is cut off."""

import re

import pytest
from playwright.sync_api import Page

from tests.advisor.sheets import AI_PLUS, AWS_ML, BY_OUTCOME, GOOGLE, Sheet, answered, query

pytestmark = pytest.mark.slow

# As much as there can be: five certifications held, every cloud used, nothing to spend.
FULL = answered(
    BY_OUTCOME["none-fits"],
    role="architect",
    goal="production cloud vendor employment learn explore rigor",
    portfolio="strong",
    cloud="gcp aws azure other",
    time="6",
    budget="0",
)
LETTERS = BY_OUTCOME | {
    "everything stands in the way": FULL,
    "required but closed": answered(FULL, mandate="yes", required=AWS_ML),
}
# What is cut off by a part that scrolls in itself.
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(each =>
  ["auto", "scroll"].includes(getComputedStyle(each).overflowY)
  && (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
).map(each => each.className)"""


def count_pages(pdf: bytes) -> int:
    """How many sheets of paper a PDF of Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("sheet", LETTERS.values(), ids=LETTERS)
def test_result_page_prints_on_two_pages(page: Page, sheet: Sheet) -> None:
    page.goto(f"/advisor/result/?{query(sheet | {'held': ('5',)})}")
    pages = [count_pages(page.pdf(format=paper)) for paper in ("A4", "Letter")]
    assert [each for each in pages if not 1 <= each <= 2] == []


@pytest.mark.parametrize(
    "address",
    [
        f"/certifications/compare/?cert={GOOGLE}&cert={AWS_ML}&cert={AI_PLUS}",
        "/advisor/how-it-decides/",
        "/guide/",
    ],
)
def test_nothing_is_cut_off_on_paper(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 680, "height": 900})  # A4 between its margins
    page.emulate_media(media="print")
    page.goto(address)
    assert page.evaluate(CUT_OFF) == []
