"""What is known of each certification.

Written down by hand and held against the shipped content.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from catalog.models import Certification, Correction, Lifecycle, Price, Sourced

TODAY = date(2026, 11, 23)
CHECKED = date(2026, 11, 22)


@dataclass(frozen=True)
class Facts:
    """What must be known of one certification; what is left out is unknown."""

    slug: str
    kind: str = "exam"
    tier: str | None = None
    provider: str | None = None
    platform: str = ""
    status: str = "unknown"
    opens_on: date | None = None
    sales_end_on: date | None = None
    closes_on: date | None = None
    price: str | None = None
    total_usd: int | None = None
    free_with: str | None = None
    study_time: str = "unknown"
    validity: str | None = None
    valid_years: int | None = None
    page_url: str = ""
    confidence: str | None = None  # of the status
    price_confidence: str | None = None
    successors: tuple[str, ...] = ()
    # code, format, minutes, questions, pass mark, first day, last day, confidence
    exams: tuple[tuple[object, ...], ...] = ()


AWS_ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
AWS_GENAI = "aws-certified-generative-ai-developer-professional"
AZURE_APPS = "microsoft-azure-ai-apps-and-agents-developer-associate"
MICROSOFT = "https://learn.microsoft.com/en-us/credentials/certifications/"
AMAZON = "https://aws.amazon.com/certification/"
UNKNOWN = (None, None)

EXPECTED = [
    Facts(
        "google-professional-machine-learning-engineer",
        tier="high",
        provider="Google",
        platform="gcp",
        status="open",
        price="$200 once",
        total_usd=200,
        study_time="2-3 months",
        validity="years",
        valid_years=2,
        page_url="https://cloud.google.com/learn/certification/machine-learning-engineer",
        confidence="high",
        price_confidence="high",
        exams=(
            (
                "",
                "online or at a test centre",
                (120, 120),
                (50, 60),
                None,
                date(2026, 6, 1),
                None,
                "high",
            ),
        ),
    ),
    Facts(
        "aws-certified-machine-learning-specialty",
        tier="high",
        provider="Amazon Web Services",
        platform="aws",
        status="closed",
        closes_on=date(2026, 3, 31),
        price="$300 once",
        total_usd=300,
        study_time="2-3 months",
        validity="years",
        valid_years=3,
        page_url=f"{AMAZON}certified-machine-learning-specialty/",
        confidence="high",
        price_confidence="high",
        successors=(AWS_ASSOCIATE, AWS_GENAI),
        exams=(("MLS-C01", "", (170, 180), (65, 65), None, None, date(2026, 3, 31), "high"),),
    ),
    Facts(
        "tensorflow-developer-certificate",
        tier="high",
        provider="Google",
        status="closed",
        sales_end_on=date(2024, 5, 1),
        price="$100 once",
        total_usd=100,
        study_time="1-2 months",
        validity="unknown",
        page_url="https://www.tensorflow.org/certificate",
        confidence="high",
        price_confidence="medium",
        exams=(("", "coding exam in PyCharm", (300, 300), UNKNOWN, None, None, None, "medium"),),
    ),
    Facts(
        "microsoft-azure-ai-engineer-associate",
        tier="moderate",
        provider="Microsoft",
        platform="azure",
        status="closed",
        closes_on=date(2026, 6, 30),
        price="$165 once",
        total_usd=165,
        study_time="1-2 months",
        validity="years",
        valid_years=1,
        page_url=MICROSOFT,
        confidence="high",
        price_confidence="high",
        successors=(AZURE_APPS,),
        exams=(("AI-102", "", (100, 100), UNKNOWN, None, None, date(2026, 6, 30), "high"),),
    ),
    Facts(
        "ibm-ai-engineering-professional-certificate",
        kind="course-series",
        tier="moderate",
        provider="IBM",
        status="open",
        price="$59 a month",
        total_usd=177,
        free_with="coursera-plus",
        study_time="3-6 months",
        validity="not-applicable",
        confidence="medium",
        price_confidence="medium",
    ),
    Facts(
        "deeplearning-ai-tensorflow-developer-professional-certificate",
        kind="course-series",
        tier="moderate",
        provider="DeepLearning.AI",
        price="$50 a month",
        total_usd=150,
        free_with="coursera-plus",
        study_time="3-4 months",
        validity="not-applicable",
        page_url="https://www.coursera.org/professional-certificates/tensorflow-in-practice",
        confidence="low",
        price_confidence="low",
    ),
    Facts(
        "ai-plus-individual-certification",
        tier="low",
        provider="AI CERTs",
        price="unknown",
        validity="unknown",
        page_url="https://store.aicerts.ai",
        confidence="low",
        price_confidence="low",
        exams=(("", "multiple choice", UNKNOWN, UNKNOWN, None, None, None, "low"),),
    ),
    Facts(
        "aws-certified-ai-practitioner",
        tier="low",
        provider="Amazon Web Services",
        platform="aws",
        status="open",
        price="$100 once",
        total_usd=100,
        validity="years",
        valid_years=3,
        page_url=f"{AMAZON}certified-ai-practitioner/",
        confidence="high",
        price_confidence="high",
        exams=(("AIF-C01", "", (90, 90), (65, 65), 700, None, None, "high"),),
    ),
    Facts(
        "microsoft-azure-ai-fundamentals",
        tier="low",
        provider="Microsoft",
        platform="azure",
        status="open",
        price="unknown",
        validity="for-ever",
        page_url=f"{MICROSOFT}azure-ai-fundamentals",
        confidence="medium",
        price_confidence="medium",
        exams=(
            ("AI-901", "", UNKNOWN, UNKNOWN, None, None, None, "medium"),
            ("AI-900", "", (45, 45), UNKNOWN, None, None, date(2026, 6, 30), "high"),
        ),
    ),
    Facts(
        "coursera-edx-professional-certificates",
        kind="category",
        tier="low",
        provider="Coursera and edX",
    ),
    Facts("prompt-engineering-certificates", kind="category", tier="avoid"),
    Facts("ai-ethics-certificates", kind="category", tier="avoid"),
    Facts("bootcamp-certificates-of-completion", kind="category", tier="avoid"),
    Facts("vendor-ai-specialist-certifications", kind="category", tier="avoid"),
    Facts(
        AWS_ASSOCIATE,
        provider="Amazon Web Services",
        platform="aws",
        status="open",
        opens_on=date(2024, 10, 8),
        price="$150 once",
        total_usd=150,
        validity="years",
        valid_years=3,
        page_url=(
            "https://docs.aws.amazon.com/aws-certification/latest/examguides/"
            "machine-learning-engineer-associate-01.html"
        ),
        confidence="high",
        price_confidence="high",
        exams=(("MLA-C01", "", (130, 130), (65, 65), 720, None, None, "high"),),
    ),
    Facts(
        AWS_GENAI,
        provider="Amazon Web Services",
        platform="aws",
        status="open",
        opens_on=date(2026, 4, 14),
        price="$300 once",
        total_usd=300,
        validity="years",
        valid_years=3,
        page_url=f"{AMAZON}certified-generative-ai-developer-professional/",
        confidence="high",
        price_confidence="high",
        exams=(("AIP-C01", "", (170, 180), (75, 75), 750, None, None, "high"),),
    ),
    Facts(
        AZURE_APPS,
        provider="Microsoft",
        platform="azure",
        status="open",
        price="unknown",
        validity="unknown",
        page_url=MICROSOFT,
        confidence="low",
        price_confidence="low",
        exams=(("AI-103", "", (100, 100), UNKNOWN, None, None, None, "low"),),
    ),
]


def known_of(certification: Certification) -> Facts:
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    total = price.total_usd(months_min=certification.months_min) if price else None
    return Facts(
        certification.slug,
        kind=certification.kind,
        tier=certification.tier.slug if certification.tier else None,
        provider=certification.provider.name if certification.provider else None,
        platform=certification.platform,
        status=certification.status_on(TODAY),
        opens_on=lifecycle.opens_on if lifecycle else None,
        sales_end_on=lifecycle.sales_end_on if lifecycle else None,
        closes_on=lifecycle.closes_on if lifecycle else None,
        price=str(price) if price else None,
        total_usd=None if total is None else int(total),
        free_with=price.free_with.slug if price and price.free_with else None,
        study_time=certification.study_time,
        validity=lifecycle.validity if lifecycle else None,
        valid_years=lifecycle.valid_years if lifecycle else None,
        page_url=certification.page_url,
        confidence=lifecycle.confidence if lifecycle else None,
        price_confidence=price.confidence if price else None,
        successors=tuple(each.successor.slug for each in certification.successions.all()),
        exams=tuple(
            (
                exam.code,
                exam.format,
                (exam.minutes_min, exam.minutes_max),
                (exam.questions_min, exam.questions_max),
                exam.pass_mark,
                exam.opens_on,
                exam.closes_on,
                exam.confidence,
            )
            for exam in certification.exams.all()
        ),
    )


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.slug)
def test_facts_of_a_certification_are_those_reported(guide: None, expected: Facts) -> None:
    assert known_of(Certification.objects.get(slug=expected.slug)) == expected


def test_facts_are_known_of_these_certifications_and_no_others(guide: None) -> None:
    certifications = Certification.objects.in_guide_order()
    assert [certification.slug for certification in certifications] == [
        expected.slug for expected in EXPECTED
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 30), "closed"),
        (date(2026, 3, 31), "closed"),
        (date(2026, 4, 1), "closed"),
    ],
)
def test_status_reported_closed_does_not_wait_for_the_date(
    guide: None, day: date, expected: str
) -> None:
    specialty = Certification.objects.get(slug="aws-certified-machine-learning-specialty")
    assert specialty.status_on(day) == expected


def all_facts() -> list[Sourced]:
    return [fact for model in Sourced.__subclasses__() for fact in model._default_manager.all()]


def test_every_fact_was_checked_on_the_same_day(guide: None) -> None:
    assert {fact.checked_on for fact in all_facts()} == {CHECKED}


def test_every_fact_names_a_source_but_where_none_was_named(guide: None) -> None:
    without = sorted(str(fact) for fact in all_facts() if not fact.sources.exists())
    assert without == [
        "DeepLearning.AI TensorFlow Developer Professional Certificate: unknown",
        "IBM AI Engineering Professional Certificate: open",
    ]


def sources_of(fact: Sourced) -> list[str]:
    return sorted(source.url or source.name for source in fact.sources.all())


def test_sources_of_each_closing_are_those_reported(guide: None) -> None:
    closed = {
        lifecycle.certification.slug: sources_of(lifecycle)
        for lifecycle in Lifecycle.objects.all()
        if lifecycle.status_on(TODAY) == "closed"
    }
    assert closed == {
        "aws-certified-machine-learning-specialty": [
            "ctaio.dev",
            "dev.to/mgonzalezo",
            "metaltoad.com",
            "techjacksolutions.com",
        ],
        "tensorflow-developer-certificate": [
            "https://github.com/mrdbourke/tensorflow-deep-learning/discussions/645"
        ],
        "microsoft-azure-ai-engineer-associate": ["examinotion.com", "readroo.st"],
    }


def test_confidence_in_successors_is_as_reported(guide: None) -> None:
    certifications = Certification.objects.filter(successions__isnull=False).distinct()
    confidence = {
        certification.slug: [each.confidence for each in certification.successions.all()]
        for certification in certifications
    }
    assert confidence == {
        "aws-certified-machine-learning-specialty": ["medium", "medium"],
        "microsoft-azure-ai-engineer-associate": ["high"],
    }


def test_prices_known_only_from_the_guide_say_so(guide: None) -> None:
    by_the_guide = Price.objects.filter(sources__slug="the-guide")
    assert {price.certification.slug: price.note for price in by_the_guide} == {
        "aws-certified-machine-learning-specialty": "The last price before it closed.",
        "tensorflow-developer-certificate": "The last price before it closed.",
        "microsoft-azure-ai-engineer-associate": "The last price before it closed.",
        "ibm-ai-engineering-professional-certificate": "The price of Coursera Plus.",
        "deeplearning-ai-tensorflow-developer-professional-certificate": "",
    }


def test_price_of_high_confidence_has_more_than_the_guide_behind_it(guide: None) -> None:
    sure = Price.objects.filter(confidence="high")
    assert [price for price in sure if sources_of(price) == ["The guide"]] == []


def test_no_price_is_guessed(guide: None) -> None:
    unknown = Price.objects.filter(amount=None)
    assert sorted(price.certification.slug for price in unknown) == [
        "ai-plus-individual-certification",
        AZURE_APPS,
        "microsoft-azure-ai-fundamentals",
    ]
    assert {price.total_usd(months_min=2) for price in unknown} == {None}
    amounts = [price.amount for price in Price.objects.order_by("amount") if price.amount]
    assert amounts == [50, 59, 100, 100, 150, 165, 200, 300, 300]


def test_corrections_are_those_reported(guide: None) -> None:
    corrections = {
        each.slug: (each.statement.text, each.noted_on, each.confidence)
        for each in Correction.objects.all()
    }
    assert corrections == {
        "free-audit-is-doubtful": (
            "Coursera Plus (~$59/month) or free audit",
            CHECKED,
            "medium",
        ),
        "series-is-taught-by-laurence-moroney": ("Andrew Ng course completion", CHECKED, "high"),
        "teaching-style-is-laurence-moroneys": (
            "You value Andrew Ng's teaching style",
            CHECKED,
            "high",
        ),
        "exam-it-prepared-for-has-closed": ("Basic TensorFlow familiarity", CHECKED, "high"),
        "two-of-three-options-have-closed": (
            (
                "Choose high-signal options (Google ML Engineer, AWS ML Specialty, "
                "TensorFlow Developer)"
            ),
            CHECKED,
            "high",
        ),
    }


def test_what_editors_should_confirm_is_in_their_queue(guide: None) -> None:
    queue = sorted({fact.to_confirm for fact in all_facts() if fact.to_confirm})
    assert queue == [
        "Anything the vendor has announced since August 2026.",
        "State and validity, on the vendor’s page.",
        "The duration of AI-901.",
        "The duration of AIP-C01: 170 or 180 minutes.",
        "The price of AI-103.",
        "The price of AI-901.",
        "The price, on the vendor’s page.",
        "Whether AI-103 is out of beta, and how long it is valid.",
        "Whether the series is open, on the vendor’s page.",
    ]
