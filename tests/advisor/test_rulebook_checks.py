"""What the admin refuses, since it would leave answer sheets without a verdict."""

import pytest
from django.test import Client
from django.urls import reverse

from advisor.models import Question, Rule
from tests.admin_form import AdminForm, delete, errors_on, open_form

pytestmark = pytest.mark.usefixtures("guide")

LAST = "The last rule must always apply: leave its condition empty."


def address(row: Rule | Question, page: str) -> str:
    return reverse(f"admin:advisor_{row._meta.model_name}_{page}", args=[row.pk])


def form_of(client: Client, rule: Rule) -> AdminForm:
    return open_form(client, address(rule, "change"))


def first_rule() -> Rule:
    return Rule.objects.order_by("order")[0]


def last_rule() -> Rule:
    return Rule.objects.get(condition="")


def test_last_rule_with_a_condition_is_refused(admin_client: Client) -> None:
    form = form_of(admin_client, last_rule())
    form.set(condition="mandated")
    assert errors_on(form.save(admin_client)) == [LAST]
    assert last_rule().order == Rule.objects.count()


def test_rule_with_a_condition_behind_the_last_is_refused(admin_client: Client) -> None:
    form = form_of(admin_client, first_rule())
    form.set(order="99")
    assert errors_on(form.save(admin_client)) == [LAST]


def test_last_rule_moved_before_another_is_refused(admin_client: Client) -> None:
    form = form_of(admin_client, last_rule())
    form.set(order="0")
    assert errors_on(form.save(admin_client)) == [LAST]


def test_rule_that_always_applies_cannot_be_deleted(admin_client: Client) -> None:
    rule = last_rule()
    delete(admin_client, address(rule, "delete"))
    chosen = {"action": "delete_selected", "_selected_action": [rule.pk]}
    delete(admin_client, reverse("admin:advisor_rule_changelist"), **chosen)
    assert Rule.objects.filter(pk=rule.pk).exists()


def test_one_of_two_rules_that_always_apply_can_be_deleted(admin_client: Client) -> None:
    rule = last_rule()
    other = Rule.objects.create(order=98, name="Another", outcome=rule.outcome)
    for citation in rule.citations.all():
        other.citations.create(
            purpose=citation.purpose, order=citation.order, statement=citation.statement
        )
    assert delete(admin_client, address(rule, "delete")).status_code == 302
    assert last_rule() == other


def test_question_that_conditions_rely_on_cannot_be_deleted(admin_client: Client) -> None:
    held = Question.objects.get(key="held")
    delete(admin_client, address(held, "delete"))
    assert Question.objects.filter(pk=held.pk).exists()
