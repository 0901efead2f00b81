"""Traits and conditions: one spelling in the database, only words that there are, none lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from catalog.models import Statement, Trait
from catalog.models.traits import condition_fields, validate_condition
from tests.factories.rows import a_trait, new_statement

pytestmark = pytest.mark.usefixtures("guide")


def test_condition_with_an_unknown_trait_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_condition("uses-gpc")
    assert "uses-gcp" in refused.value.messages[0]


def test_trait_that_a_condition_names_is_not_deleted() -> None:
    idle, used = a_trait("idle"), a_trait("used")
    new_statement(effect="for", condition="used and not uses-gcp").save()
    idle.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        used.delete()
    assert list(Trait.objects.filter(slug__in=["idle", "used"])) == [used]


def test_every_field_that_holds_a_condition_is_known() -> None:
    fields = {f"{model._meta.label}.{name}" for model, name in condition_fields()}
    assert fields == {
        "advisor.Citation.condition",
        "advisor.Citation.possible_when",
        "advisor.Question.asked_when",
        "advisor.Rule.condition",
        "catalog.Expectation.condition",
        "catalog.Membership.argues_when",
        "catalog.Statement.condition",
    }
    assert Statement.objects.exclude(condition="").exists()
