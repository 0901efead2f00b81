"""What the tests of the catalogue share: the day of the pages."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it noon of 23 November 2026, the day after the facts were checked."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
