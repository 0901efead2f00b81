"""The models: what the database refuses, what editors are told, what rows say of themselves."""

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
    Correction,
    Guide,
    Lifecycle,
    Price,
    Provider,
    Source,
    Statement,
    Succession,
    Tier,
)
from tests.catalog.rows import (
    a_certification,
    a_source,
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
        PRICE,
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
}

# Their messages are in test_defects.py.
REFUSED_BY_THE_DATABASE: dict[str, Callable[[], Model]] = {
    **{name: make for name, (make, _) in REFUSED.items()},
    "five bars": lambda: new_tier(bars=5),
    "order taken without a tier": lambda: new_certification(order=1),
    "second chapter at a place on the first page": lambda: Chapter(
        slug="x", heading="X", order=50, place_on_home="opening"
    ),
    "second guide": lambda: Guide(id=2, title="Another"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_row_is_accepted(guide: None, name: str) -> None:
    row = ACCEPTED[name]()
    row.full_clean()
    row.save()
    kept = type(row)._default_manager.get(pk=row.pk)  # noqa: SLF001 - public API
    assert kept == row


@pytest.mark.parametrize("name", REFUSED)
def test_row_is_refused_with_its_message(guide: None, name: str) -> None:
    make, message = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        make().full_clean()
    assert caught.value.messages == [message]


@pytest.mark.parametrize("name", REFUSED_BY_THE_DATABASE)
def test_row_is_refused_by_the_database(guide: None, name: str) -> None:
    row = REFUSED_BY_THE_DATABASE[name]()
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
            lambda: new_lifecycle(reported="closing"),
            "reported",
            "Value 'closing' is not a valid choice.",
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


# --- certifications -------------------------------------------------------------


def test_in_guide_order_has_the_unrated_last(guide: None) -> None:
    a_certification(slug="b", name="B", order=60, tier=Tier.objects.get(slug="high"))
    a_certification(slug="a", name="A", order=60)
    names = [
        (each.tier and each.tier.slug, each.order)
        for each in Certification.objects.in_guide_order()
    ]
    assert names == [
        *(("high", order) for order in (1, 2, 3, 60)),
        *(("moderate", order) for order in (1, 2, 3)),
        *(("low", order) for order in (1, 2, 3, 4)),
        *(("avoid", order) for order in (1, 2, 3, 4)),
        *((None, order) for order in (1, 2, 3, 60)),
    ]


def test_rated_leaves_out_those_without_a_tier(guide: None) -> None:
    unrated = set(Certification.objects.all()) - set(Certification.objects.rated())
    assert sorted(each.slug for each in unrated) == [
        "aws-certified-generative-ai-developer-professional",
        ASSOCIATE,
        "microsoft-azure-ai-apps-and-agents-developer-associate",
    ]


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


# --- facts ----------------------------------------------------------------------


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
        (Decimal(0), "GBP", "once", "£0 once"),
        (None, "", "", "unknown"),
    ],
)
def test_price_in_words(amount: Decimal | None, currency: str, period: str, words: str) -> None:
    assert str(Price(amount=amount, currency=currency, period=period)) == words


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


# --- statements -----------------------------------------------------------------


def test_statement_has_its_anchor_in_the_guide(guide: None) -> None:
    statement = Statement.objects.get(text="You paid money")
    assert statement.get_absolute_url() == (
        "/guide/#ai-plus-individual-certification--you-paid-money"
    )


def test_anchor_is_made_from_parent_and_text(guide: None) -> None:
    of_entry = new_statement(text="It's a “test”: pass/fail, ~$5!")
    of_entry.save()
    of_chapter = new_statement(chapter=brutal_truth(), text="Ünïcode, 日本")
    of_chapter.save()
    of_marks = new_statement(order=51, text="🔴 !?")
    of_marks.save()
    assert [of_entry.anchor, of_chapter.anchor, of_marks.anchor] == [
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


# --- chapters -------------------------------------------------------------------


def test_quoted_on_home_are_the_opening_and_the_ranking(guide: None) -> None:
    quoted = Chapter.objects.quoted_on_home()
    assert {place: str(chapter) for place, chapter in quoted.items()} == {
        "opening": "The Brutal Truth",
        "ranking": "What Actually Matters to Competent Hiring Managers",
    }
