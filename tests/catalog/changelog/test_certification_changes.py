"""The changes on a certification's page.

Dated, with the editors' reasons, and nothing of drafts.
"""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import Certification
from tests.factories.edits import LOADED_ON, begin_records, edit
from tests.factories.rows import new_statement
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide", "today")

SLUG = "aws-certified-ai-practitioner"
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def shown() -> tuple[list[str], list[str]]:
    section = read_page(Client().get(f"/certifications/{SLUG}/").content).find("#changes")
    return texts(section, "dt"), texts(section, "dd")


def test_changes_stand_on_the_page_with_their_reasons_newest_first() -> None:
    begin_records()
    row, user = Certification.objects.get(slug=SLUG), User.objects.create_superuser("ann")
    row._history_user = user  # type: ignore[attr-defined]
    row._change_reason = "The vendor says so."  # type: ignore[attr-defined]
    edit(row, MARCH, months_min=1, months_max=2)
    row._change_reason = None  # type: ignore[attr-defined]
    edit(row, JUNE, months_min=2, months_max=2)
    days, said = shown()
    assert days == ["1 June 2026", "1 March 2026", LOADED_ON.strftime("%-d %B %Y")]
    assert said == [
        "Study time: 2 months, before 1-2 months",
        "Study time: 1-2 months, before unknown Why: “The vendor says so.”",
        "Added to the catalogue",
    ]


def test_reason_stands_beside_the_change_that_it_was_given_for() -> None:
    begin_records()
    row: Any = Certification.objects.get(slug=SLUG)
    price = row.price
    row._history_user = price._history_user = User.objects.create_superuser("ann")
    row._change_reason = "The course was cut."
    edit(row, MARCH, months_min=1, months_max=2)
    price._change_reason = "A new price."
    edit(price, MARCH, amount=110)
    # A form saves its row too where only a fact was changed: the reason is not the row’s.
    row._change_reason = "A new price."
    edit(row, MARCH)
    assert shown()[1][:2] == [
        "Price: $110 once, before $100 once Why: “A new price.”",
        "Study time: 1-2 months, before unknown Why: “The course was cut.”",
    ]


def test_reason_for_an_edit_of_a_draft_is_not_public() -> None:
    begin_records()
    row, user = Certification.objects.get(slug=SLUG), User.objects.create_superuser("ann")
    edit(row, MARCH, months_min=1, months_max=2)
    draft = new_statement(is_draft=True)
    draft._history_user = user  # type: ignore[attr-defined]
    draft._change_reason = "Still secret."  # type: ignore[attr-defined]
    edit(draft, MARCH)
    assert "Still secret." not in " ".join(shown()[1])
