"""Facts: totals, and what they say of themselves."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from catalog.models import (
    Certification,
    Price,
    Succession,
)
from tests.factories.rows import (
    a_source,
    new_exam,
    new_lifecycle,
)

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
DAY, NEXT_DAY = date(2026, 6, 1), date(2026, 6, 2)


def get(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("amount", "currency", "period", "months_min", "total"),
    [
        ("200.00", "USD", "once", None, "200.00"),
        ("200.00", "USD", "once", 3, "200.00"),
        ("0.00", "USD", "once", 3, "0.00"),
        ("59.00", "USD", "month", 3, "177.00"),
        ("59.00", "USD", "month", 1, "59.00"),
        ("59.00", "USD", "month", None, None),
        ("59.00", "EUR", "once", 1, None),
        ("59.00", "GBP", "month", 1, None),
        (None, "", "", 3, None),
    ],
)
def test_total_usd_counts_the_shortest_study_time(
    amount: str | None, currency: str, period: str, months_min: int | None, total: str | None
) -> None:
    price = Price(
        amount=None if amount is None else Decimal(amount), currency=currency, period=period
    )
    expected = None if total is None else Decimal(total)
    assert price.total_usd(months_min=months_min) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "period", "words"),
    [
        (Decimal("200.00"), "USD", "once", "$200 once"),
        (Decimal("59.00"), "USD", "month", "$59 a month"),
        (Decimal("1299.50"), "EUR", "once", "€1,299.50 once"),
        (Decimal("1299.50"), "GBP", "once", "£1,299.50 once"),
        (Decimal(0), "GBP", "once", "free"),
        (Decimal(0), "USD", "month", "free"),
        (None, "", "", "unknown"),
    ],
)
def test_price_in_words(amount: Decimal | None, currency: str, period: str, words: str) -> None:
    assert str(Price(amount=amount, currency=currency, period=period)) == words


@pytest.mark.parametrize(
    ("currency", "period", "months", "words"),
    [
        ("USD", "month", (3, 6), "$59.50 a month, $178.50 in all, at least"),
        ("USD", "month", (2, 2), "$59.50 a month, $119 in all"),
        ("USD", "month", (None, None), "$59.50 a month"),
        ("EUR", "month", (3, 6), "€59.50 a month"),
        ("USD", "once", (3, 6), "$59.50 once"),
    ],
)
def test_monthly_price_says_what_it_comes_to(
    currency: str, period: str, months: tuple[int | None, int | None], words: str
) -> None:
    price = Price(amount=Decimal("59.50"), currency=currency, period=period)
    least, most = months
    assert price.in_words(months_min=least, months_max=most) == words


def test_facts_name_themselves(guide: None) -> None:
    google = get(GOOGLE)
    assert str(google.lifecycle) == "Google Professional Machine Learning Engineer: open"
    assert [str(exam) for exam in google.exams.all()] == ["online or at a test centre"]
    assert str(new_exam(code="AI-901", format="multiple choice")) == "AI-901"
    bare = new_exam(certification=google)
    assert str(bare) == "exam of Google Professional Machine Learning Engineer"
    assert [str(each) for each in Succession.objects.filter(order=2)] == [
        (
            "AWS Certified Machine Learning - Specialty → "
            "AWS Certified Generative AI Developer - Professional"
        )
    ]
    assert str(a_source()) == "A source"


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"closes_on": DAY, "sales_end_on": DAY + timedelta(days=2)}, "sales_end_on"),
        ({"reported": "closed", "closes_on": date(2999, 1, 1)}, "reported"),
        ({"reported": "closed", "opens_on": date(2999, 1, 1)}, "reported"),
        ({"closes_on": date(26, 6, 30)}, "closes_on"),
        ({"closes_on": date.max, "sales_end_on": date.max}, "sales_end_on"),
        ({"checked_on": date(2999, 1, 1)}, "checked_on"),
    ],
)
def test_days_that_contradict_each_other_are_refused(
    guide: None, dates: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        new_lifecycle(**dates).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_sale_can_end_on_the_day_after_the_last(guide: None) -> None:
    new_lifecycle(closes_on=DAY, sales_end_on=DAY + timedelta(days=1)).full_clean()
