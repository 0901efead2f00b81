"""Saved submissions: an equal one is answered with the address of the first, for a day."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.editorial.saved_submission import KEPT, SavedSubmission, remember_submission
from catalog.editorial.saved_submission import url_saved_by as saved_by

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_submission_leads_to_what_it_saved() -> None:
    remember_submission("a", url="/first/", at=NOON)
    assert (saved_by("a"), saved_by("b")) == ("/first/", None)
    remember_submission("a", url="/second/", at=NOON)
    assert saved_by("a") == "/second/"


def test_submission_is_forgotten_after_a_day() -> None:
    remember_submission("a", url="/first/", at=NOON)
    remember_submission("b", url="/second/", at=NOON + KEPT)
    assert SavedSubmission.objects.count() == 2
    remember_submission("c", url="/third/", at=NOON + KEPT + timedelta(seconds=1))
    assert saved_by("a") is None
