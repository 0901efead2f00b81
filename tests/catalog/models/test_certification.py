"""Certifications: their order, and what they say of themselves."""

from datetime import date
from itertools import groupby

import pytest
from django.core.exceptions import ValidationError

from catalog.models import (
    Certification,
    Membership,
    Tier,
)
from tests.factories.rows import (
    a_certification,
    new_lifecycle,
)

GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
NAMED = [
    *(GOOGLE, SPECIALTY, "tensorflow-developer-certificate"),
    "microsoft-azure-ai-engineer-associate",
    "ibm-ai-engineering-professional-certificate",
    "deeplearning-ai-tensorflow-developer-professional-certificate",
    *("ai-plus-individual-certification", "aws-certified-ai-practitioner"),
    *("microsoft-azure-ai-fundamentals", "coursera-edx-professional-certificates"),
    *("prompt-engineering-certificates", "ai-ethics-certificates"),
    *("bootcamp-certificates-of-completion", "vendor-ai-specialist-certifications"),
]
DAY, NEXT_DAY = date(2026, 6, 1), date(2026, 6, 2)


def get(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


def test_in_guide_order_has_the_unrated_last(guide: None) -> None:
    a_certification(slug="b", name="B", order=60, tier=Tier.objects.get(slug="high"))
    a_certification(slug="a", name="A", order=60)
    found = [
        (each.judged_tier and each.judged_tier.slug, each.rated, each.order)
        for each in Certification.objects.in_guide_order()
    ]
    groups = [
        (group, [order for *_, order in members])
        for group, members in groupby(found, key=lambda each: each[:2])
    ]
    assert groups == [
        (("high", "by-name"), [1, 2, 3, 60]),
        (("moderate", "by-name"), [1, 2, 3]),
        (("low", "by-name"), [1, 2, 3, 4]),
        (("low", "by-kind"), orders("low")),
        (("avoid", "by-name"), [1, 2, 3, 4]),
        (("avoid", "by-kind"), orders("avoid")),
        ((None, None), orders(None)),
    ]
    assert orders(None)[:4] == [1, 2, 3, 60]
    assert len(found) == Certification.objects.count()


def orders(tier: str | None) -> list[int]:
    """The order numbers of those that the guide does not name and whose kind has this tier."""
    kinds = dict(Membership.objects.values_list("certification__slug", "category__tier__slug"))
    unnamed = Certification.objects.filter(tier=None).order_by("order")
    return [
        order for slug, order in unnamed.values_list("slug", "order") if kinds.get(slug) == tier
    ]


def test_rated_leaves_out_those_without_a_tier(guide: None) -> None:
    rated = Certification.objects.rated()
    assert sorted(each.slug for each in rated) == sorted(NAMED)
    unrated = set(Certification.objects.all()) - set(rated)
    assert len(unrated) == Certification.objects.count() - len(NAMED)
    assert {
        "aws-certified-generative-ai-developer-professional",
        ASSOCIATE,
        "microsoft-azure-ai-apps-and-agents-developer-associate",
    } <= {each.slug for each in unrated}


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
