"""Constraints of the database, and the messages to editors."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError

from catalog.models import (
    Certification,
    Chapter,
    Guide,
    Lifecycle,
    Price,
    Provider,
    Source,
    Statement,
    Tier,
)
from tests.factories.rows import (
    new_certification,
    new_correction,
    new_exam,
    new_lifecycle,
    new_price,
    new_statement,
    new_succession,
    new_tier,
)

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
DAY, NEXT_DAY = date(2026, 6, 1), date(2026, 6, 2)

CLOSES_EARLY = "It can't close before it opens: check the dates."
EXAM_CLOSES_EARLY = "An exam can't close before it opens: check the dates."
YEARS = "Give the years if, and only if, it is valid for years."
PRICE = "A price needs amount, currency and period; an unknown price has none of them."
MONTHS = "Give both months or none, the shorter first."
MINUTES = "Give both minutes or none, the smaller first."
QUESTIONS = "Give both questions or none, the smaller first."
PARENT = "A statement belongs to one certification or one chapter."
ARGUES = (
    "A statement that argues needs a condition, or a written reason why it has none (not both)."
)
INFORMS = "A condition has an effect: choose what the statement does when it holds."


def get(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


def brutal_truth() -> Chapter:
    return Chapter.objects.get(slug="the-brutal-truth")


ACCEPTED: dict[str, Callable[[], Model]] = {
    "tier": new_tier,
    "tier without bars": lambda: new_tier(bars=0),
    "tier with four bars": lambda: new_tier(bars=4),
    "certification not rated": new_certification,
    "certification rated": lambda: new_certification(tier=Tier.objects.get(slug="high")),
    "same order in another tier": lambda: new_certification(
        tier=Tier.objects.get(slug="avoid"), order=5
    ),
    "one month": lambda: new_certification(months_min=1, months_max=1),
    "months": lambda: new_certification(months_min=1, months_max=2),
    "statement of an entry": new_statement,
    "statement of a chapter": lambda: new_statement(chapter=brutal_truth(), section="chapter"),
    "statement with a condition": lambda: new_statement(effect="for", condition="uses-gcp"),
    "statement with a reason": lambda: new_statement(effect="for", no_condition_reason="None."),
    "lifecycle": new_lifecycle,
    "opens and closes on one day": lambda: new_lifecycle(opens_on=DAY, closes_on=DAY),
    "opens and is not sold on one day": lambda: new_lifecycle(opens_on=DAY, sales_end_on=DAY),
    "opens before it closes": lambda: new_lifecycle(opens_on=DAY, closes_on=NEXT_DAY),
    "valid for years": lambda: new_lifecycle(validity="years", valid_years=1),
    "valid for ever": lambda: new_lifecycle(validity="for-ever"),
    "unknown price": new_price,
    "free": lambda: new_price(amount=Decimal(0), currency="USD", period="once"),
    "price": lambda: new_price(amount=Decimal("99.50"), currency="EUR", period="month"),
    "exam": new_exam,
    "exam of one day": lambda: new_exam(opens_on=DAY, closes_on=DAY),
    "exam with spans": lambda: new_exam(
        minutes_min=90, minutes_max=90, questions_min=50, questions_max=60
    ),
    "succession": lambda: new_succession(
        certification=get(GOOGLE), successor=get(ASSOCIATE), order=1
    ),
}

REFUSED: dict[str, tuple[Callable[[], Model], str]] = {
    "tier order taken": (lambda: new_tier(order=1), "Tier with this Order already exists."),
    "tier slug taken": (lambda: new_tier(slug="high"), "Tier with this Slug already exists."),
    "provider name taken": (
        lambda: Provider(slug="ibm-2", name="IBM"),
        "Provider with this Name already exists.",
    ),
    "chapter order taken": (
        lambda: Chapter(slug="x", heading="X", order=1),
        "Chapter with this Order already exists.",
    ),
    "certification name taken": (
        lambda: new_certification(name="TensorFlow Developer Certificate"),
        "Certification with this Name already exists.",
    ),
    "certification slug taken": (
        lambda: new_certification(slug=GOOGLE, name="Another"),
        "Certification with this Slug already exists.",
    ),
    "order taken in a tier": (
        lambda: new_certification(tier=Tier.objects.get(slug="high"), order=1),
        "Certification with this Tier and Order already exists.",
    ),
    "months in the wrong order": (
        lambda: new_certification(months_min=3, months_max=2),
        MONTHS,
    ),
    "no months at all": (lambda: new_certification(months_min=0, months_max=2), MONTHS),
    "statement order taken in an entry": (
        lambda: new_statement(order=1),
        "Statement with this Certification and Order already exists.",
    ),
    "statement order taken in a chapter": (
        lambda: new_statement(chapter=brutal_truth(), order=1),
        "Statement with this Chapter and Order already exists.",
    ),
    "anchor taken": (
        lambda: new_statement(anchor="final-warning--build-competence-first"),
        "Statement with this Anchor already exists.",
    ),
    "statement with two parents": (
        lambda: new_statement(certification=get(GOOGLE), chapter=brutal_truth()),
        PARENT,
    ),
    "statement without a parent": (
        lambda: new_statement(certification=None, chapter=None, anchor="x"),
        PARENT,
    ),
    "argues without condition and reason": (lambda: new_statement(effect="against"), ARGUES),
    "argues with condition and reason": (
        lambda: new_statement(effect="for", condition="uses-gcp", no_condition_reason="None."),
        ARGUES,
    ),
    "informs with a condition": (lambda: new_statement(condition="uses-gcp"), INFORMS),
    "closes before it opens": (
        lambda: new_lifecycle(opens_on=NEXT_DAY, closes_on=DAY),
        CLOSES_EARLY,
    ),
    "not sold before it opens": (
        lambda: new_lifecycle(opens_on=NEXT_DAY, sales_end_on=DAY),
        CLOSES_EARLY,
    ),
    "sold, but closed before it opens": (
        lambda: new_lifecycle(opens_on=NEXT_DAY, sales_end_on=NEXT_DAY, closes_on=DAY),
        CLOSES_EARLY,
    ),
    "years without validity": (
        lambda: new_lifecycle(validity="for-ever", valid_years=3),
        YEARS,
    ),
    "valid for zero years": (lambda: new_lifecycle(validity="years", valid_years=0), YEARS),
    "second lifecycle": (
        lambda: new_lifecycle(certification=get(GOOGLE)),
        "Lifecycle with this Certification already exists.",
    ),
    "second price": (
        lambda: new_price(certification=get(GOOGLE)),
        "Price with this Certification already exists.",
    ),
    "price without a currency": (lambda: new_price(amount=Decimal(1), period="once"), PRICE),
    "price without a period": (lambda: new_price(amount=Decimal(1), currency="USD"), PRICE),
    "negative price": (
        lambda: new_price(amount=Decimal(-1), currency="USD", period="once"),
        "A price is not below zero: write 0 for what is free, or leave it empty.",
    ),
    "exam order taken": (
        lambda: new_exam(certification=get(GOOGLE)),
        "Exam with this Certification and Order already exists.",
    ),
    "exam closes before it opens": (
        lambda: new_exam(opens_on=NEXT_DAY, closes_on=DAY),
        EXAM_CLOSES_EARLY,
    ),
    "minutes in the wrong order": (lambda: new_exam(minutes_min=90, minutes_max=60), MINUTES),
    "questions in the wrong order": (
        lambda: new_exam(questions_min=60, questions_max=50),
        QUESTIONS,
    ),
    "succession order taken": (
        lambda: new_succession(certification=get(SPECIALTY), successor=get(GOOGLE), order=1),
        "Succession with this Certification and Order already exists.",
    ),
    "successor named twice": (
        lambda: new_succession(certification=get(SPECIALTY), successor=get(ASSOCIATE), order=3),
        "Succession with this Certification and Successor already exists.",
    ),
    "successor of itself": (
        lambda: new_succession(certification=get(GOOGLE), successor=get(GOOGLE)),
        "A certification can't be its own successor.",
    ),
    "correction slug taken": (
        lambda: new_correction(slug="free-audit-is-doubtful", statement=Statement.objects.all()[0]),
        "Correction with this Slug already exists.",
    ),
    "months without the longest": (lambda: new_certification(months_min=2), MONTHS),
    "months without the shortest": (lambda: new_certification(months_max=2), MONTHS),
    "minutes without the largest": (lambda: new_exam(minutes_min=90), MINUTES),
    "minutes without the smallest": (lambda: new_exam(minutes_max=90), MINUTES),
    "questions without the largest": (lambda: new_exam(questions_min=50), QUESTIONS),
    "currency and period without an amount": (
        lambda: new_price(currency="USD", period="once"),
        PRICE,
    ),
    "valid for years, but not how many": (lambda: new_lifecycle(validity="years"), YEARS),
    "five bars": (lambda: new_tier(bars=5), "The signal meter has four bars at most."),
    "order taken without a tier": (
        lambda: new_certification(order=1),
        "Another entry without a tier has this order number.",
    ),
    "second chapter at a place on the first page": (
        lambda: Chapter(slug="x", heading="X", order=50, place_on_home="opening"),
        "Another chapter has this place on the first page.",
    ),
    "second guide": (
        lambda: Guide(id=2, title="Another"),
        "There is one guide, and it is row 1.",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_row_is_accepted(guide: None, name: str) -> None:
    row = ACCEPTED[name]()
    row.full_clean()
    row.save()
    kept = type(row)._default_manager.get(pk=row.pk)
    assert kept == row


@pytest.mark.parametrize("name", REFUSED)
def test_row_is_refused_with_its_message(guide: None, name: str) -> None:
    make, message = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        make().full_clean()
    assert caught.value.messages == [message]


@pytest.mark.parametrize("name", REFUSED)
def test_row_is_refused_by_the_database(guide: None, name: str) -> None:
    make, _ = REFUSED[name]
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("make", "field", "message"),
    [
        (lambda: new_certification(kind="degree"), "kind", "Value 'degree' is not a valid choice."),
        (
            lambda: new_certification(platform="ibm"),
            "platform",
            "Value 'ibm' is not a valid choice.",
        ),
        (lambda: new_certification(page_url="aws"), "page_url", "Enter a valid URL."),
        (
            lambda: new_price(amount=Decimal(1), currency="CHF", period="once"),
            "currency",
            "Value 'CHF' is not a valid choice.",
        ),
        (
            lambda: new_lifecycle(reported="ending"),
            "reported",
            "Value 'ending' is not a valid choice.",
        ),
        (
            lambda: new_lifecycle(confidence="certain"),
            "confidence",
            "Value 'certain' is not a valid choice.",
        ),
        (lambda: new_lifecycle(checked_on=None), "checked_on", "This field cannot be null."),
        (lambda: new_statement(text=""), "text", "This field cannot be blank."),
        (lambda: new_statement(section="odd"), "section", "Value 'odd' is not a valid choice."),
    ],
)
def test_field_is_refused_with_its_message(
    guide: None, make: Callable[[], Model], field: str, message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        make().full_clean()
    assert caught.value.message_dict[field] == [message]


@pytest.mark.parametrize(
    "row",
    [
        lambda: Tier.objects.get(slug="high"),
        lambda: Provider.objects.get(slug="ibm"),
        lambda: Chapter.objects.get(slug="categories"),
    ],
)
def test_row_that_others_need_is_not_deleted(guide: None, row: Callable[[], Model]) -> None:
    with pytest.raises(ProtectedError):
        row().delete()


def test_deleting_a_certification_takes_its_facts_and_statements_along(guide: None) -> None:
    slug = "tensorflow-developer-certificate"
    get(slug).delete()
    assert not Lifecycle.objects.filter(certification__slug=slug).exists()
    assert not Price.objects.filter(certification__slug=slug).exists()
    assert not Statement.objects.filter(anchor__startswith=slug).exists()
    assert Source.objects.filter(slug="tensorflow-certificate-page").exists()
