"""The shipped conditions: every one can be read, is needed, can be met and can fail."""

from itertools import chain, combinations

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from advisor.models import Choice, Outcome, Question, Rule
from catalog.conditions import parse, parse_known
from catalog.models import ConditionField, Price, Statement, Trait
from tests.catalog.rows import a_trait, new_statement


def shipped_conditions() -> list[str]:
    """Every condition in the database, whichever model has it."""
    return [
        condition
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, ConditionField)
        for condition in model._default_manager.values_list(field.name, flat=True)
        if condition
    ]


def used_traits() -> set[str]:
    return set(chain.from_iterable(parse(condition).traits for condition in shipped_conditions()))


def test_conditions_are_shipped(guide: None) -> None:
    argue = Statement.objects.exclude(condition="").count()
    assert argue == 64
    assert len(shipped_conditions()) > argue


def test_every_shipped_condition_names_known_traits_only(guide: None) -> None:
    known = frozenset(Trait.objects.values_list("slug", flat=True))
    for condition in shipped_conditions():
        parse_known(condition, known)


def test_every_trait_is_used_in_a_condition_or_a_price(guide: None) -> None:
    prices = set(Price.objects.exclude(free_with=None).values_list("free_with__slug", flat=True))
    assert set(Trait.objects.values_list("slug", flat=True)) - used_traits() - prices == set()


def test_every_trait_can_become_true(guide: None) -> None:
    granted = set(Choice.objects.values_list("traits__slug", flat=True))
    named = set(Question.objects.values_list("names_certification__slug", flat=True))
    decided = set(Outcome.objects.values_list("trait__slug", flat=True))
    traits = set(Trait.objects.values_list("slug", flat=True))
    assert traits - granted - named - decided == set()


def test_every_shipped_condition_can_be_met_and_can_fail(guide: None) -> None:
    def values(text: str) -> set[bool]:
        condition = parse(text)
        sizes = range(len(condition.traits) + 1)
        subsets = chain.from_iterable(combinations(condition.traits, n) for n in sizes)
        return {condition.is_met(frozenset(subset)) for subset in subsets}

    assert {text for text in shipped_conditions() if values(text) != {True, False}} == set()


def test_only_the_last_rule_is_without_a_condition(guide: None) -> None:
    without = Rule.objects.filter(condition="").values_list("order", flat=True)
    assert list(without) == [Rule.objects.count()] == [10]


def test_every_statement_that_must_argue_has_a_condition_or_a_reason(guide: None) -> None:
    sections = ("worth-it-if", "not-worth-it-if", "prerequisite", "exception")
    statements = Statement.objects.filter(section__in=sections)
    silent = [
        statement.text
        for statement in statements
        if not statement.effect or bool(statement.condition) == bool(statement.no_condition_reason)
    ]
    assert (statements.count(), silent) == (70, [])


def test_reasons_for_no_condition_are_these(guide: None) -> None:
    reasons = Statement.objects.exclude(no_condition_reason="")
    programming = "No question asks about programming; check it yourself."
    assert {each.text: each.no_condition_reason for each in reasons} == {
        "programming competence": programming,
        "Python proficiency": programming,
        "Basic programming": programming,
        "Basic Python": programming,
        "You value Andrew Ng's teaching style": "No question asks whose teaching a learner "
        "values; and see the correction on who teaches it.",
        "Academic ethics courses from philosophy departments or specialized programs may have "
        "value, but commercial certificates rarely do.": "It speaks of academic courses, which "
        "are not this entry.",
    }


EFFECTS = {
    "proves": {""},
    "does-not-prove": {""},
    "worth-it-if": {"for"},
    "not-worth-it-if": {"against"},
    "prerequisite": {"prerequisite"},
    "study-time": {""},
    "cost": {""},
    "why-avoid": {""},
    "reality": {""},
    "exception": {"for"},
    "signal": {""},
    "assessment": {""},
    "better-alternative": {""},
    "chapter": {""},
}


def test_effect_follows_the_section_but_where_the_guide_says_never(guide: None) -> None:
    otherwise = {
        statement.text: statement.effect
        for statement in Statement.objects.all()
        if statement.effect not in EFFECTS[statement.section]
    }
    assert otherwise == {
        "Never, unless mandated by employer": "either",
        "Never for technical credibility": "against",
        "Never for engineering positions": "against",
    }


# --- the field ------------------------------------------------------------------


def errors_of(condition: str) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        new_statement(effect="for", condition=condition).full_clean()
    return list(caught.value.message_dict["condition"])


def test_condition_with_an_unknown_trait_is_refused_with_the_nearest(guide: None) -> None:
    assert errors_of("uses-gpc") == ["There is no trait “uses-gpc”. Did you mean “uses-gcp”?"]


def test_condition_that_can_not_be_read_is_refused_with_an_example(guide: None) -> None:
    (message,) = errors_of("uses-gcp and")
    assert message.startswith("“uses-gcp and” can't be read as a condition")


def test_condition_longer_than_the_field_is_refused(guide: None) -> None:
    condition = " and ".join(["uses-gcp"] * 40)
    assert errors_of(condition) == ["Ensure this value has at most 500 characters (it has 515)."]


@pytest.mark.parametrize("condition", ["uses-gpc", "uses-gcp and", "true"])
def test_condition_that_can_not_be_evaluated_is_refused_when_saved(
    guide: None, condition: str
) -> None:
    fresh = new_statement(effect="for", condition=condition, anchor="fresh")
    saved = Statement.objects.filter(condition="uses-gcp")[0]
    saved.condition = condition
    with pytest.raises(ValidationError), transaction.atomic():
        fresh.save()
    with pytest.raises(ValidationError), transaction.atomic():
        Statement.objects.bulk_create([fresh])
    with pytest.raises(ValidationError), transaction.atomic():
        saved.save()
    saved.refresh_from_db()
    assert saved.condition == "uses-gcp"


def test_condition_may_name_a_new_trait(guide: None) -> None:
    a_trait("uses-quantum")
    statement = new_statement(effect="for", condition="uses-quantum and not uses-gcp")
    statement.full_clean()
    statement.save()
    statement.refresh_from_db()
    assert statement.condition == "uses-quantum and not uses-gcp"


def test_trait_is_refused_twice(guide: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_trait("uses-gcp")


def test_trait_shows_its_word(guide: None) -> None:
    assert str(Trait.objects.get(slug="uses-gcp")) == "uses-gcp"
