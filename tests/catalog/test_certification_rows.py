"""The rows of the certifications, and the certifications made of them without the database."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.certification_rows import certification_of, certification_rows
from catalog.models import Certification

DAY = date(2026, 11, 30)

pytestmark = pytest.mark.usefixtures("guide")


def said_of(certification: Certification) -> dict[str, Any]:
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    category = certification.one_of
    return {
        "names": (certification.pk, certification.slug, certification.name, certification.kind),
        "judged": (certification.tier, certification.judged_tier, certification.rated, category),
        "issued": (certification.provider, certification.platform, certification.study_time),
        "status": certification.status_on(DAY),
        "cost": (certification.total_usd, certification.cost),
        "free_with": price and price.free_with,
        "validity": lifecycle and (lifecycle.validity, lifecycle.valid_years),
        "checked": [(f.pk, f.confidence, f.checked_on) for f in (lifecycle, price) if f],
        "url": certification.get_absolute_url(),
    }


def test_certification_of_a_row_is_the_one_in_the_database_and_asks_nothing_more() -> None:
    rows = certification_rows()
    with CaptureQueriesContext(connection) as queries:
        made = [said_of(certification_of(row)) for row in rows]
    assert len(queries) == 0
    assert made == [said_of(c) for c in Certification.objects.in_guide_order()]


def test_edit_leaves_all_rows_equal_but_its_own() -> None:
    before = certification_rows()
    edited = Certification.objects.published().order_by("pk")[3]
    edited.name = "Another name"
    edited.save()
    changed = {row.id for row in {*certification_rows()} - {*before}}
    assert changed == {edited.pk}


def test_field_that_no_row_has_is_loaded_when_used(django_assert_num_queries: Any) -> None:
    row = next(row for row in certification_rows() if row.tier_id)
    certification = certification_of(row)
    with django_assert_num_queries(1):
        heading = certification.heading
    assert heading == Certification.objects.get(pk=row.id).heading
