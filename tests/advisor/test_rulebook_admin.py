"""What the admin refuses, since it would leave answer sheets without a verdict."""

from django.test import Client

from advisor.models import Question, Rule

LAST = "The last rule must always apply: leave its condition empty."


def posted(rule: Rule, **changed: object) -> dict[str, object]:
    return {
        "order": rule.order,
        "name": rule.name,
        "outcome": rule.outcome_id,
        "condition": rule.condition,
        "citations-TOTAL_FORMS": 0,
        "citations-INITIAL_FORMS": 0,
        **changed,
    }


def errors_of(client: Client, rule: Rule, **changed: object) -> list[str]:
    response = client.post(f"/admin/advisor/rule/{rule.pk}/change/", posted(rule, **changed))
    if response.status_code == 302:
        return []
    return [str(error) for error in response.context["adminform"].form.non_field_errors()]


def test_last_rule_with_a_condition_is_refused(guide: None, admin_client: Client) -> None:
    last = Rule.objects.last()
    assert last is not None
    assert errors_of(admin_client, last, condition="mandated") == [LAST]
    last.refresh_from_db()
    assert last.condition == ""


def test_rule_with_a_condition_behind_the_last_is_refused(
    guide: None, admin_client: Client
) -> None:
    first = Rule.objects.first()
    assert first is not None
    assert errors_of(admin_client, first, order=99) == [LAST]


def test_last_rule_moved_before_another_is_refused(guide: None, admin_client: Client) -> None:
    last = Rule.objects.last()
    assert last is not None
    assert errors_of(admin_client, last, order=0) == [LAST]


def test_other_change_of_a_rule_is_saved(guide: None, admin_client: Client) -> None:
    first = Rule.objects.first()
    assert first is not None
    assert errors_of(admin_client, first, name="Renamed") == []
    assert Rule.objects.get(pk=first.pk).name == "Renamed"


def test_rule_that_always_applies_cannot_be_deleted(guide: None, admin_client: Client) -> None:
    last = Rule.objects.last()
    assert last is not None
    response = admin_client.post(f"/admin/advisor/rule/{last.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [last.pk], "post": "yes"}
    admin_client.post("/admin/advisor/rule/", chosen)
    assert Rule.objects.filter(pk=last.pk).exists()


def test_one_of_two_rules_that_always_apply_can_be_deleted(
    guide: None, admin_client: Client
) -> None:
    last = Rule.objects.last()
    assert last is not None
    Rule.objects.create(order=98, name="Another", outcome=last.outcome)
    admin_client.post(f"/admin/advisor/rule/{last.pk}/delete/", {"post": "yes"})
    assert [rule.name for rule in Rule.objects.filter(condition="")] == ["Another"]


def test_question_that_conditions_rely_on_cannot_be_deleted(
    guide: None, admin_client: Client
) -> None:
    held = Question.objects.get(key="held")
    url = f"/admin/advisor/question/{held.pk}/delete/"
    assert admin_client.post(url, {"post": "yes"}).status_code == 403
    assert Question.objects.filter(key="held").exists()
