"""The named queries over certifications: the guide's order, and who is rated."""

from itertools import groupby

from catalog.models import Certification, Membership, Tier
from tests.factories.rows import a_certification

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


def test_in_guide_order_has_the_unrated_last(guide: None) -> None:
    a_certification(slug="b", name="B", order=60, tier=Tier.objects.get(slug="high"))
    a_certification(slug="a", name="A", order=60)
    found = [
        (row.judged_tier and row.judged_tier.slug, row.rated, row.order)
        for row in Certification.objects.in_guide_order()
    ]
    groups = [
        (group, [order for *_, order in members])
        for group, members in groupby(found, key=lambda row: row[:2])
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
    assert sorted(row.slug for row in rated) == sorted(NAMED)
    unrated = set(Certification.objects.all()) - set(rated)
    assert len(unrated) == Certification.objects.count() - len(NAMED)
    assert {
        "aws-certified-generative-ai-developer-professional",
        ASSOCIATE,
        "microsoft-azure-ai-apps-and-agents-developer-associate",
    } <= {row.slug for row in unrated}
