"""A fact that changes and still claims its old check is saved, and the editor is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Correction, Price, Source
from tests.admin_form import open_form
from tests.editors import address_of, signed_in
from tests.html import read_page

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


def warnings(client: Client, row: ContentRow, **values: str | list[str]) -> list[str]:
    """The warnings on the page after a save with these values changed."""
    form = open_form(client, address_of(type(row), "change", row.pk))
    form.fields |= {name.replace("__", "-"): value for name, value in values.items()}
    assert form.send(client).status_code == 302
    page = read_page(client.get(address_of(Source, "add")).content)
    return [each.text for each in page.find_all("li") if each.classes == ["warning"]]


def certification() -> Certification:
    return Certification.objects.get(slug="aws-certified-ai-practitioner")


def test_changed_price_that_was_not_read_anew_is_saved_with_a_warning(ann: Client) -> None:
    assert warnings(ann, certification(), price__0__amount="450") == [
        (
            "AWS Certified AI Practitioner: Price “$450 once” changed, but it still says that it "
            "was checked on 22 November 2026: give the day and the source of what you read."
        )
    ]
    assert Price.objects.get(certification=certification()).amount == 450


def test_changed_correction_is_warned_of_too(ann: Client) -> None:
    correction = Correction.objects.get(slug="free-audit-is-doubtful")
    assert len(warnings(ann, correction, text="It has ended.")) == 1


@pytest.mark.parametrize("name", ["confidence", "note", "to_confirm"])
def test_what_stands_beside_the_value_needs_no_reading(ann: Client, name: str) -> None:
    assert warnings(ann, certification(), **{f"price__0__{name}": "low"}) == []


def test_new_day_or_new_source_is_a_reading(ann: Client) -> None:
    today = str(timezone.localdate())
    assert warnings(ann, certification(), price__0__amount="450", price__0__checked_on=today) == []
    # What was read today can be corrected today.
    assert warnings(ann, certification(), price__0__amount="451") == []
    Price.objects.update(checked_on=timezone.localdate() - timedelta(3))
    source = [str(Source.objects.get(slug="metaltoad").pk)]
    assert warnings(ann, certification(), price__0__amount="452", price__0__sources=source) == []


def test_saving_without_a_change_warns_of_nothing(ann: Client) -> None:
    assert warnings(ann, certification()) == []
