"""Checks of the content: sources, kinds and names, in forms and past them."""

import pytest
from django.core.exceptions import ValidationError

from catalog.content_checks import (
    facts_of_categories,
    facts_without_source,
    memberships_of_no_category,
    names_given_twice,
)
from catalog.models import Alias, Certification, Membership
from tests.factories.rows import CHECKED, a_certification, a_source, new_lifecycle

pytestmark = pytest.mark.usefixtures("guide")

BOOTCAMP = "bootcamp-certificates-of-completion"


@pytest.fixture
def bootcamp() -> Certification:
    return Certification.objects.get(slug=BOOTCAMP)


def new_membership(certification: Certification, category: Certification) -> Membership:
    return Membership(
        certification=certification, category=category, reason="It is one.", **CHECKED
    )


def refusals(row: Alias | Membership) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        row.clean()
    return refused.value.message_dict


def test_shipped_content_has_no_fault() -> None:
    checks = facts_without_source, facts_of_categories, memberships_of_no_category
    for check in (*checks, names_given_twice):
        assert list(check()) == []


def test_category_has_no_facts_of_one_certification(bootcamp: Certification) -> None:
    new_lifecycle(certification=bootcamp, reported="closed").save()
    assert list(facts_of_categories()) == [
        f"{bootcamp}: a category has no lifecycle of its own: remove it."
    ]
    Certification.objects.filter(pk=bootcamp.pk).update(kind="exam")
    assert list(facts_of_categories()) == []


def test_kind_needs_a_source(bootcamp: Certification) -> None:
    membership = new_membership(a_certification(name="A new one"), bootcamp)
    membership.save()
    assert list(facts_without_source()) == [
        "A new one: kind in the guide: name a source, or say that it is unknown."
    ]
    membership.sources.add(a_source())
    assert list(facts_without_source()) == []


def test_kind_is_a_category_that_readers_see(bootcamp: Certification) -> None:
    one, other = a_certification(slug="one"), a_certification(slug="other", order=51)
    assert list(refusals(new_membership(one, other))) == ["category"]
    assert list(refusals(new_membership(bootcamp, bootcamp))) == ["category"]
    draft = a_certification(slug="draft", order=52, kind="category", is_draft=True)
    assert list(refusals(new_membership(one, draft))) == ["category"]
    new_membership(one, bootcamp).clean()
    new_membership(one, draft).save()  # past the form
    (fault,) = memberships_of_no_category()
    assert fault.startswith("One: kind in the guide: “Draft” is a draft:")


def test_alias_is_the_name_of_one_certification() -> None:
    first, second = a_certification(slug="first"), a_certification(slug="second", order=51)
    assert list(refusals(Alias(certification=second, name=" FIRST "))) == ["name"]
    assert list(refusals(Alias(certification=second, name="-"))) == ["name"]
    Alias(certification=first, name="The  one").clean()
    Alias.objects.create(certification=second, name="First")  # past the form
    (fault,) = names_given_twice()
    assert fault == "“First” is a name of two entries: “First” and “Second”."


def test_exam_code_is_the_name_of_one_certification() -> None:
    name = "Microsoft Azure AI Engineer Associate"
    Certification.objects.filter(slug="ai-for-everyone").update(name="AI102")
    assert list(names_given_twice()) == [
        f"“AI-102” is a name of two entries: “AI102” and “{name}”.",
    ]
