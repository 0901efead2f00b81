"""Slugs, order numbers and names are filled in, not asked of people."""

import pytest
from django.test import Client

from catalog.models import Certification, Correction, Provider, Source, Statement, Trait
from tests.admin_form import errors_on, open_form
from tests.editors import address_of

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


def test_certification_needs_neither_slug_nor_place(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Certification, "add"))
    form.fields |= {"name": "A “new” one!", "kind": "exam", "is_draft": "on"}
    assert form.send(admin_client).status_code == 302
    new = Certification.objects.get(name="A “new” one!")
    assert new.slug == "a-new-one"
    others = Certification.objects.filter(tier=None).exclude(pk=new.pk)
    assert new.order == max(others.values_list("order", flat=True)) + 1


def test_certification_that_gets_another_tier_is_its_last(admin_client: Client) -> None:
    row = Certification.objects.get(slug="aws-certified-ai-practitioner")
    high = Certification.objects.get(slug="google-professional-machine-learning-engineer").tier
    assert high
    form = open_form(admin_client, address_of(Certification, "change", row.pk))
    form.set(tier=str(high.pk))
    assert form.send(admin_client).status_code == 302
    assert high.certifications.order_by("order").last() == row


def test_slug_that_is_taken_gets_a_number(admin_client: Client) -> None:
    Provider.objects.create(slug="acme", name="Acme")
    form = open_form(admin_client, address_of(Provider, "add"))
    form.set(name="ACME!")
    assert form.send(admin_client).status_code == 302
    assert Provider.objects.get(name="ACME!").slug == "acme-2"


def test_trait_and_correction_are_named_after_their_words(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Trait, "add"))
    form.set(label="likes tests")
    assert form.send(admin_client).status_code == 302
    assert Trait.objects.get(label="likes tests").slug == "likes-tests"
    form = open_form(admin_client, address_of(Correction, "add"))
    statement = Statement.objects.all()[0]
    form.fields |= {"statement": str(statement.pk), "text": "It has ended.", "confidence": "low"}
    form.fields["checked_on"] = "2026-11-20"
    assert form.send(admin_client).status_code == 302
    assert Correction.objects.get(text="It has ended.").slug == "it-has-ended"


def test_source_can_be_no_more_than_its_address(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Source, "add"))
    form.set(url="https://www.example.org/exams/x-1/")
    assert form.send(admin_client).status_code == 302
    made = Source.objects.get(url="https://www.example.org/exams/x-1/")
    assert (made.name, made.slug) == ("example.org/exams/x-1", "example-org-exams-x-1")
    again = open_form(admin_client, address_of(Source, "add"))
    again.set(url="https://www.example.org/exams/x-1/")
    assert errors_on(again.send(admin_client)) == [
        "There is a source with this address: “example.org/exams/x-1”."
    ]


def test_source_without_name_and_address_is_refused(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Source, "add"))
    assert errors_on(form.send(admin_client)) == ["Give its name, or at least its address."]
