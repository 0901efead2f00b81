"""Certifications kept in the process: loaded once for a content version, never an old one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import row_cache
from catalog.editorial.content_version import content_version
from catalog.models import Certification
from catalog.row_cache import cards_by_key, certifications_by_slug

GOOGLE = "google-professional-machine-learning-engineer"
AZURE = "microsoft-azure-ai-fundamentals"

pytestmark = pytest.mark.usefixtures("guide")


def test_certification_is_loaded_once_for_a_version() -> None:
    first = certifications_by_slug(content_version(), [GOOGLE])
    version = content_version()
    with CaptureQueriesContext(connection) as queries:
        again = certifications_by_slug(version, [GOOGLE])
        assert [str(each) for each in again[GOOGLE].statements.all()] != []
    assert len(queries) == 0
    assert again[GOOGLE] is first[GOOGLE]


def test_only_what_is_missing_is_loaded() -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    certification.save()
    version = content_version()
    first = certifications_by_slug(version, [GOOGLE])
    both = certifications_by_slug(version, [GOOGLE, AZURE])
    assert list(both) == [GOOGLE, AZURE]
    assert both[GOOGLE] is first[GOOGLE]


def test_edited_certification_is_loaded_anew() -> None:
    certifications_by_slug(content_version(), [GOOGLE])
    certification = Certification.objects.get(slug=GOOGLE)
    certification.name = "Another name"
    certification.save()
    assert certifications_by_slug(content_version(), [GOOGLE])[GOOGLE].name == "Another name"
    assert cards_by_key(content_version(), [certification.pk])[certification.pk].name == (
        "Another name"
    )


def test_draft_and_unknown_certification_are_left_out() -> None:
    draft = Certification.objects.get(slug=GOOGLE)
    draft.is_draft = True
    draft.save()
    assert list(certifications_by_slug(content_version(), [GOOGLE, "no-such-entry", AZURE])) == [
        AZURE
    ]
    assert cards_by_key(content_version(), [draft.pk, 10**15]) == {}


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_cache, "MOST", 1)
    Certification.objects.get(slug=GOOGLE).save()
    version = content_version()
    one = certifications_by_slug(version, [GOOGLE])[GOOGLE]
    beyond = certifications_by_slug(version, [AZURE])[AZURE]
    assert certifications_by_slug(version, [GOOGLE])[GOOGLE] is one
    assert certifications_by_slug(version, [AZURE])[AZURE] is not beyond
