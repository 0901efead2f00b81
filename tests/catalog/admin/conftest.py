"""What the tests of saving share."""

import pytest

from catalog import publishing
from catalog.admin import base


@pytest.fixture
def unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save without the proof of all verdicts, which is not the point and takes its time."""
    monkeypatch.setattr(base, "reviewers", [])
    monkeypatch.setattr(publishing, "CHECKS", [])
