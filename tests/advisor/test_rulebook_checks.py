"""Edits that the admin refuses, since they would leave answer sheets without a verdict."""

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from advisor.models import Question, Rule
from catalog.models import Statement, Trait
from tests.admin_form import AdminForm, delete, errors_on, open_form, read_form
from tests.editors import address_of, carry_out, change_address
from tests.factories.drafts import add_drafts
from tests.factories.people import client_of

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


pytestmark = pytest.mark.usefixtures("guide")


def test_condition_of_a_draft_question_is_refused_until_that_is_published(guide: None) -> None:
    trait = Trait.objects.create(slug="is-new", label="is new")
    certification = add_drafts()
    question = Question.objects.get(is_draft=True)
    question.choices.get().traits.add(trait)
    sentence = certification.statements.get()
    sentence.condition, sentence.effect, sentence.is_draft = "is-new", "for", True
    sentence.save()
    refusal = (
        f"No published answer makes “is-new” true, which the condition of “{sentence}” names: "
        "publish its question first, or rewrite the condition."
    )
    certification.is_draft = False
    certification.save()
    assert carry_out(Statement, "publish", sentence) == [refusal]
    assert carry_out(Question, "publish", question) == ["1 published."]
    assert carry_out(Statement, "publish", sentence) == ["1 published."]
    assert carry_out(Question, "make_draft", question) == [refusal]


def test_question_without_answers_is_not_published(guide: None) -> None:
    question = Question.objects.create(
        key="new", order=0, label="New", text="New?", why="So.", is_draft=True
    )
    assert carry_out(Question, "publish", question) == [
        "“New?” has no answers to choose from: add some."
    ]
    question.refresh_from_db()
    assert question.is_draft is True


def test_sentence_that_is_cited_is_not_unpublished_in_its_form(guide: None) -> None:
    cited = Statement.objects.annotate(times=Count("citations"))
    sentence = cited.filter(citations__purpose="warning", times=1)[0]
    client = client_of("Editor")
    form = open_form(client, change_address(sentence))
    form.fields |= {"is_draft": "on", "heading": "Kept"}
    response = form.send(client)
    assert errors_on(response) == [
        f"“{sentence}” is cited as warning, so it can’t be a draft: take it out there first."
    ]
    sentence.refresh_from_db()
    assert (sentence.is_draft, sentence.heading) == (False, "")
    assert b'value="Kept"' in response.content


def test_list_that_would_break_the_rulebook_is_refused_and_keeps_the_input(guide: None) -> None:
    Trait.objects.create(slug="is-new", label="is new")
    arguing = Statement.objects.filter(effect="for").exclude(condition="").order_by("pk")
    sentence, client = arguing[0], client_of("Editor")
    form = open_form(client, f"{address_of(Statement, 'changelist')}?effect__exact=for")
    form.fill(form.row("form", id=str(sentence.pk)), condition="is-new")
    response = form.send(client)
    assert errors_on(response) == [
        (
            f"No published answer makes “is-new” true, which the condition of “{sentence}” names: "
            "publish its question first, or rewrite the condition."
        )
    ]
    assert read_form("", response.content).fields["form-0-condition"] == "is-new"
    assert Statement.objects.get(pk=sentence.pk).condition == sentence.condition
