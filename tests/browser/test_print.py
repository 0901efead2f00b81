"""On paper: a verdict fits on two pages, and nothing that scrolls on a screen is cut off."""

import os
import re
import zlib
from contextlib import suppress

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


PAPERS = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}  # centimetres


def print_on(paper: str, page: Page) -> bytes:
    """The page as a PDF."""
    if os.environ.get("BROWSER") != "firefox":
        return page.pdf(format=paper)
    # Playwright gives Firefox inches where it takes centimetres.
    width, height = (f"{side}in" for side in PAPERS[paper])
    return page.pdf(width=width, height=height)


def count_pages(pdf: bytes) -> int:
    """The sheets of paper that a PDF has; Firefox packs its list of them."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(packed))
    return sum(len(re.findall(rb"/Type\s*/Page\b", part)) for part in parts)


@pytest.mark.parametrize("sheet", LETTERS.values(), ids=LETTERS)
def test_result_page_prints_on_two_pages(page: Page, sheet: Sheet) -> None:
    page.goto(f"/advisor/result/?{query(sheet | {'held': ('5',)})}")
    pages = [count_pages(print_on(paper, page)) for paper in PAPERS]
    assert [each for each in pages if not 1 <= each <= 2] == []


def test_short_list_begins_below_the_masthead(page: Page) -> None:
    page.goto("/certifications/?tier=high")
    assert [count_pages(print_on(paper, page)) <= 2 for paper in PAPERS] == [True, True]


@pytest.mark.skipif(
    os.environ.get("BROWSER") == "firefox", reason="Playwright can't show print media in Firefox"
)
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
