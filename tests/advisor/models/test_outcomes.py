"""Rules and outcomes: the conditions that they may have, and how they are named."""

import pytest
from django.core.exceptions import ValidationError

from advisor.models import Outcome, Rule

pytestmark = pytest.mark.usefixtures("guide")


def test_condition_of_a_rule_names_known_traits() -> None:
    rule = Rule(order=99, name="New", outcome=Outcome.objects.get(slug="skip"), condition="zzz")
    with pytest.raises(ValidationError, match="no trait “zzz”"):
        rule.save()


def test_rules_and_outcomes_say_what_they_are() -> None:
    rule = Rule.objects.get(order=11)
    assert (str(rule), str(rule.outcome)) == ("11. Otherwise", "skip")


def test_rule_has_a_natural_key() -> None:
    assert Rule.objects.get(order=1).natural_key() == ("A job requires one",)
