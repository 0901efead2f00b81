"""Certifications: what they say of themselves, and the slugs that they may take."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from catalog.models import Certification
from tests.factories.rows import a_certification, new_lifecycle

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
DAY, NEXT_DAY = date(2026, 6, 1), date(2026, 6, 2)


def get(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("months", "words"),
    [((None, None), "unknown"), ((1, 1), "1 month"), ((2, 2), "2 months"), ((2, 3), "2-3 months")],
)
def test_study_time_in_words(months: tuple[int | None, int | None], words: str) -> None:
    certification = Certification(months_min=months[0], months_max=months[1])
    assert certification.study_time == words


def test_status_without_a_lifecycle_is_unknown(guide: None) -> None:
    certification = a_certification()
    assert certification.lifecycle_or_none is None
    assert certification.price_or_none is None
    assert certification.status_on(DAY) == "unknown"


def test_status_follows_the_dates(guide: None) -> None:
    certification = a_certification()
    new_lifecycle(certification=certification, reported="open", closes_on=DAY).save()
    assert [certification.status_on(day) for day in (DAY, NEXT_DAY)] == ["closing", "closed"]


def test_certification_has_its_address(guide: None) -> None:
    assert get(GOOGLE).get_absolute_url() == f"/certifications/{GOOGLE}/"


def test_slug_that_leads_to_another_certification_is_refused(guide: None) -> None:
    renamed = get(SPECIALTY)
    renamed.slug = "aws-ml"
    renamed.save()
    other = get(GOOGLE)
    other.slug = SPECIALTY
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert refused.value.message_dict == {
        "slug": ["Another entry had this slug, and old links lead there: choose another."]
    }
    renamed.slug = SPECIALTY
    renamed.full_clean()  # its own slug of before is free to it


def test_slug_of_another_page_is_refused(guide: None) -> None:
    certification = get(GOOGLE)
    certification.slug = "compare"
    with pytest.raises(ValidationError, match="The site uses this word itself in addresses"):
        certification.full_clean()
