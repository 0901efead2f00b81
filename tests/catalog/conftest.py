"""Fixture for tests of saving in the admin."""

import pytest

from catalog.editorial import checks
from catalog.editorial.admin import submission


@pytest.fixture
def unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save without the proof of all verdicts, which is not the point and takes its time."""
    monkeypatch.setattr(submission, "reviewers", [])
    monkeypatch.setattr(checks, "CHECKS", [])
