"""From the page of a certification to the answer about it, there and back, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_comparison import GOOGLE
from tests.browser.test_list import LIST

# What is chosen, question by question, until nothing can change the answer any more.
ANSWERS = {"cloud": "gcp", "budget": "0", "mandate": "no"}


@pytest.mark.parametrize("kind_of_page", ["page", "page_without_javascript"])
def test_walk_to_the_answer_and_back(request: pytest.FixtureRequest, kind_of_page: str) -> None:
    page: Page = request.getfixturevalue(kind_of_page)
    page.goto(f"{LIST}{GOOGLE}/")
    page.get_by_role("link", name=re.compile("^Is it for you?")).click()
    seen = []
    for key, value in ANSWERS.items():
        choice = page.locator(f'input[name="{key}"][value="{value}"]:not([type=hidden])')
        expect(choice).to_be_visible()
        seen.append((page.url, page.locator("h1").inner_text()))
        choice.check()
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text(re.compile("^No: .* for you"))
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(
        1 if kind_of_page == "page" else 0
    )
    seen.append((page.url, page.locator("h1").inner_text()))
    for go, place in (
        (page.go_back, 2),
        (page.go_back, 1),
        (page.go_forward, 2),
        (page.reload, 2),
        (page.go_forward, 3),
    ):
        go()
        address, heading = seen[place]
        expect(page).to_have_url(address)
        expect(page.locator("h1")).to_have_text(heading)
