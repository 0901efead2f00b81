"""Marker of the tests in a browser, which a run without one leaves out; a page without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def page_without_javascript(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh browser page in which no script runs."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    if browser.browser_type.name == "firefox":
        # Playwright switches no script off there, so none of the site's arrives.
        context.route("**/*.js", lambda route: route.abort())
    yield context.new_page()
    context.close()
