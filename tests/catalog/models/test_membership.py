"""Kinds: what an entry may be one of, and what it takes from there."""

import pytest
from django.core.exceptions import ValidationError

from catalog.editorial.checks import faults
from catalog.models import Certification, Membership, Tier
from tests.factories.rows import CHECKED, a_certification

pytestmark = pytest.mark.usefixtures("guide")

BOOTCAMPS = "bootcamp-certificates-of-completion"
PRACTITIONER = "aws-certified-ai-practitioner"


def get(slug: str) -> Certification:
    return Certification.objects.get(slug=slug)


def new_membership(certification: Certification, category: Certification) -> Membership:
    reason = "It ends with a certificate of completion."
    return Membership(certification=certification, category=category, reason=reason, **CHECKED)


def test_what_is_one_of_a_category_has_its_judgement_as_its_kinds() -> None:
    certification = a_certification()
    new_membership(certification, get(BOOTCAMPS)).save()
    found = get(certification.slug)
    assert (found.rated, found.one_of, found.judged_tier, found.tier) == (
        "by-kind",
        get(BOOTCAMPS),
        Tier.objects.get(slug="avoid"),
        None,
    )


def test_what_the_guide_names_is_judged_by_name_also_as_one_of_a_category() -> None:
    series = get("ibm-ai-engineering-professional-certificate")
    assert (series.rated, series.judged_tier, str(series.one_of)) == (
        "by-name",
        Tier.objects.get(slug="moderate"),
        "Most Coursera/edX “Professional Certificates”",
    )


def test_what_is_neither_named_nor_of_a_kind_is_not_rated() -> None:
    certification = a_certification()
    assert (certification.rated, certification.one_of, certification.judged_tier) == (None,) * 3


@pytest.mark.parametrize(
    ("one", "of", "words"),
    [
        (
            PRACTITIONER,
            PRACTITIONER,
            "An entry can’t be one of itself: choose the category.",
        ),
        (
            "elements-of-ai",
            PRACTITIONER,
            (
                "“AWS Certified AI Practitioner” is no category: choose an entry of the kind "
                "“Category”."
            ),
        ),
        (
            BOOTCAMPS,
            "ai-ethics-certificates",
            (
                "“Bootcamp “Certificates of Completion”” is a category itself, and can’t be one of "
                "another."
            ),
        ),
    ],
)
def test_an_entry_is_refused_as_one_of_what_it_cannot_be(one: str, of: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        new_membership(get(one), get(of)).clean()
    assert caught.value.message_dict == {"category": [words]}


def test_an_entry_cannot_be_one_of_a_draft() -> None:
    draft = a_certification(slug="a-draft", kind="category", is_draft=True)
    with pytest.raises(ValidationError) as caught:
        new_membership(get("elements-of-ai"), draft).clean()
    assert caught.value.message_dict == {
        "category": ["“A draft” is a draft: publish it first, or choose another category."]
    }


def test_a_kind_without_a_source_is_a_fault_of_the_content() -> None:
    before = faults()
    new_membership(a_certification(), get(BOOTCAMPS)).save()
    assert [fault for fault in faults() if fault not in before] == [
        "A new one: kind in the guide: name a source, or say that it is unknown."
    ]
