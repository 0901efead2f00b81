"""Fixtures for tests of saving in the admin."""

import pytest

from catalog.admin.certifications import CertificationAdmin
from catalog.editorial import checks
from catalog.editorial.admin import submission
from catalog.models import Exam, Lifecycle, Price, Statement, Succession

SHORT = (Lifecycle, Price, Exam, Succession, Statement)


@pytest.fixture
def unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save without the proof of all verdicts, which is not the point and takes its time."""
    monkeypatch.setattr(submission, "reviewers", [])
    monkeypatch.setattr(checks, "CHECKS", [])


@pytest.fixture
def short_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show five of the fourteen lists in the form of a certification, in a third of the time."""
    lists = [inline for inline in CertificationAdmin.inlines if inline.model in SHORT]
    monkeypatch.setattr(CertificationAdmin, "inlines", lists)
