"""Statements: anchors, headings, corrections."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.models import (
    Chapter,
    Correction,
    Statement,
)
from tests.factories.rows import (
    a_certification,
    new_correction,
    new_statement,
)

PARENT = "A statement belongs to one certification or one chapter."


def brutal_truth() -> Chapter:
    return Chapter.objects.get(slug="the-brutal-truth")


def test_statement_has_its_anchor_in_the_guide(guide: None) -> None:
    statement = Statement.objects.get(text="You paid money")
    assert statement.get_absolute_url() == (
        "/guide/#ai-plus-individual-certification--you-paid-money"
    )


def test_anchor_is_made_from_parent_and_text(guide: None) -> None:
    of_certification = new_statement(text="It's a “test”: pass/fail, ~$5!")
    of_certification.save()
    of_chapter = new_statement(chapter=brutal_truth(), text="Ünïcode, 日本")
    of_chapter.save()
    of_marks = new_statement(order=51, text="🔴 !?")
    of_marks.save()
    assert [of_certification.anchor, of_chapter.anchor, of_marks.anchor] == [
        "aws-certified-ai-practitioner--its-a-test-passfail-5",
        "the-brutal-truth--unicode",
        "aws-certified-ai-practitioner--statement",
    ]


def test_anchor_is_unique_for_the_same_text(guide: None) -> None:
    anchors = []
    for order in range(50, 54):
        statement = new_statement(order=order, text="Same.")
        statement.full_clean()
        statement.save()
        anchors.append(statement.anchor)
    assert anchors == [
        "aws-certified-ai-practitioner--same",
        "aws-certified-ai-practitioner--same-2",
        "aws-certified-ai-practitioner--same-3",
        "aws-certified-ai-practitioner--same-4",
    ]


def test_anchor_of_a_deleted_statement_between_others_is_free_again(guide: None) -> None:
    first, second, third = (new_statement(order=order, text="Same.") for order in (50, 51, 52))
    for statement in (first, second, third):
        statement.save()
    second.delete()
    fourth = new_statement(order=53, text="Same.")
    fourth.save()
    assert fourth.anchor == "aws-certified-ai-practitioner--same-2"


def test_anchor_of_a_long_text_fits_its_field(guide: None) -> None:
    certification = a_certification(slug="x" * 100, name="Long")
    statements = [
        new_statement(certification=certification, order=order, text="word " * 100)
        for order in range(1, 13)
    ]
    for statement in statements:
        statement.save()
        statement.full_clean()
    assert len({statement.anchor for statement in statements}) == 12


def test_anchor_stays_when_text_order_or_section_change(guide: None) -> None:
    statement = Statement.objects.get(text="You paid money")
    before = statement.anchor
    statement.text, statement.order, statement.section = "You paid nothing", 90, "reality"
    statement.save()
    statement.refresh_from_db()
    assert (statement.text, statement.anchor) == ("You paid nothing", before)


def test_statement_without_a_parent_has_no_anchor_to_be_made_from(guide: None) -> None:
    with pytest.raises(ValidationError) as caught:
        new_statement(certification=None, chapter=None).save()
    assert caught.value.messages == [PARENT]


@pytest.mark.parametrize(
    ("section", "heading", "expected"),
    [
        ("proves", "", "What it proves:"),
        ("why-avoid", "", "Why avoid:"),
        ("why-avoid", "Why avoid (most):", "Why avoid (most):"),
        ("chapter", "", ""),
        ("chapter", "For 90% of learners:", "For 90% of learners:"),
    ],
)
def test_group_heading_is_the_guides_own_else_the_usual(
    section: str, heading: str, expected: str
) -> None:
    assert Statement(section=section, heading=heading).group_heading == expected


def test_corrections_of_a_statement_come_newest_first(guide: None) -> None:
    statement = Statement.objects.get(text="~$200")
    for day in (1, 3, 2):
        new_correction(
            slug=f"of-day-{day}", statement=statement, noted_on=date(2026, 6, day), text=f"{day}"
        ).save()
    assert [str(each) for each in statement.corrections.all()] == ["3", "2", "1"]


def test_correction_is_noted_today(guide: None, today: None) -> None:
    correction = new_correction(statement=Statement.objects.get(text="~$200"))
    correction.save()
    assert Correction.objects.get(slug=correction.slug).noted_on == date(2026, 11, 23)


def test_condition_of_spaces_is_none(guide: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        new_statement(effect="for", condition="  ").save()
