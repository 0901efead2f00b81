"""The search in a browser: its suggestions by keyboard, and the same without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_comparison import GOOGLE
from tests.browser.test_list import LIST

FIELD, OPTIONS = "#q", "#q-suggestions [role=option]"


def test_suggestions_by_keyboard(page: Page, faults: list[str]) -> None:
    page.goto("/about/")
    field, options = page.locator(FIELD), page.locator(OPTIONS)
    field.fill("typed, and left")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(field).to_have_value("")  # a page out of memory shows what its address holds
    field.press_sequentially("pmle")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".combobox [role=status]")).to_have_text("1 suggestion")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "q-suggestion-1")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("pmle")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    field.press("ArrowUp")  # back in the field, with nothing chosen
    expect(options.first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**{LIST}{GOOGLE}/")
    assert faults == []


@pytest.mark.parametrize("status", [200, 500])
def test_enter_with_nothing_chosen_searches_what_was_typed(page: Page, status: int) -> None:
    if status == 500:
        page.route(re.compile("/suggestions/"), lambda route: route.fulfill(status=status))
    page.goto("/about/")
    field = page.locator(FIELD)
    with page.expect_response(re.compile("/suggestions/.*prof$")):
        field.press_sequentially("google prof")
    field.press("Enter")
    page.wait_for_url(f"**{LIST}?q=google+prof")
    expect(field).to_have_value("google prof")
    expect(page.locator(f'#results a[href="{LIST}{GOOGLE}/"]').first).to_be_visible()


def test_search_without_javascript_loses_nothing(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/about/")
    page.locator(FIELD).fill("google prof")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    page.wait_for_url(f"**{LIST}?q=google+prof")
    expect(page.locator(FIELD)).to_have_value("google prof")
    expect(page.locator(f'#results a[href="{LIST}{GOOGLE}/"]').first).to_be_visible()
