"""What the tests of the catalogue share: the day of the pages, and what a browser finds wrong."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it noon of 23 November 2026, the day after the facts were checked."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser complains of on this page: errors, and what the policy forbids."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda line: found.append(line.text) if line.type in {"error", "warning"} else None,
    )
    return found
