"""The rulebook in the admin: questions with their choices, rules with their reasons."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.editorial.content_version import content_version
from catalog.models import Statement, Trait
from tests.admin_form import AdminForm, errors_on, open_form, read_form
from tests.advisor.sheets import READY, ask

pytestmark = pytest.mark.usefixtures("guide", "unreviewed", "short_form")


def address_of(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:advisor_{model.__name__.lower()}_{page}", args=args)


def change_form(client: Client, row: Model) -> AdminForm:
    return open_form(client, address_of(type(row), "change", row.pk))


def question(key: str = "mandate") -> Question:
    return Question.objects.get(key=key)


def choices(key: str = "mandate") -> list[str]:
    return list(
        Choice.objects.filter(question__key=key).order_by("order").values_list("key", flat=True)
    )


# --- questions and choices --------------------------------------------------------


def test_choices_are_swapped_in_one_save_and_asked_so_at_once(admin_client: Client) -> None:
    before = choices("role")
    form = change_form(admin_client, question("role"))
    first, second = (form.row("choices", order=order) for order in "12")
    form.fill(first, order="2")
    form.fill(second, order="1", label="“Edited” — label")
    assert form.save(admin_client).status_code == 302
    assert choices("role") == [before[1], before[0], *before[2:]]
    assert "“Edited” — label" in Client().get("/advisor/").content.decode()


def test_equal_numbers_are_named_and_the_input_is_kept(admin_client: Client) -> None:
    form = change_form(admin_client, question("role"))
    form.fill(form.row("choices", order="1"), order="2", label="“Edited” — label")
    response = form.save(admin_client)
    assert errors_on(response) == ["Two rows have the same order number: 2."]
    assert read_form("", response.content).fields == form.fields


def test_unknown_trait_is_refused_with_the_nearest(admin_client: Client) -> None:
    before = content_version()
    form = change_form(admin_client, question("pillars"))
    form.set(asked_when="not busines")
    response = form.save(admin_client)
    assert errors_on(response) == ["There is no trait “busines”. Did you mean “business”?"]
    assert read_form("", response.content).fields["asked_when"] == "not busines"
    assert content_version() == before


def test_question_is_added_with_its_choices(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Question, "add"))
    form.set(key="new", order="99", label="New", text="New?", why="So.", asked_when="business")
    form.add_row("choices", order="1", key="a", label="A", said="you said A")
    form.add_row("choices", order="2", key="b", label="B", said="you said B")
    response = form.save(admin_client)
    assert (response.status_code, choices("new")) == (302, ["a", "b"])


def test_new_question_with_one_key_twice_is_refused(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Question, "add"))
    form.set(key="new", order="99", label="New", text="New?", why="So.")
    form.add_row("choices", order="1", key="a", label="A", said="you said A")
    form.add_row("choices", order="2", key="a", label="B", said="you said B")
    response = form.save(admin_client)
    assert response.status_code == 200
    assert "Please correct the duplicate data for key." in errors_on(response)


def neutral(key: str) -> list[str]:
    rows = Choice.objects.filter(question__key=key, is_neutral=True)
    return list(rows.values_list("key", flat=True))


def test_second_neutral_choice_is_refused_in_words(admin_client: Client) -> None:
    key = Choice.objects.filter(is_neutral=True)[0].question.key
    form = change_form(admin_client, question(key))
    for order in "12":
        form.fields[f"{form.row('choices', order=order)}-is_neutral"] = "on"
    response = form.save(admin_client)
    assert errors_on(response) == ["Only one choice of a question can be the neutral one."]


@pytest.mark.parametrize("is_deleted", [False, True], ids=["unticked", "deleted"])
def test_another_choice_becomes_the_neutral_one_in_one_save(
    admin_client: Client, *, is_deleted: bool
) -> None:
    old = Choice.objects.filter(is_neutral=True)[0]
    new = old.question.choices.exclude(pk=old.pk)[0]
    form = change_form(admin_client, old.question)
    was = form.row("choices", id=str(old.pk))
    if is_deleted:
        form.delete_row(was)
    else:
        del form.fields[f"{was}-is_neutral"]
    form.fields[f"{form.row('choices', id=str(new.pk))}-is_neutral"] = "on"
    response = form.save(admin_client)
    assert errors_on(response) == []
    assert neutral(old.question.key) == [new.key]


def test_key_that_the_wizard_uses_itself_is_refused_in_words(admin_client: Client) -> None:
    form = change_form(admin_client, question())
    form.set(key="change")
    assert errors_on(form.save(admin_client)) == [
        "The wizard uses this word itself: choose another."
    ]


# --- outcomes, rules and what they cite -------------------------------------------


def test_headline_is_seen_with_the_next_verdict(admin_client: Client) -> None:
    slug = ask(Client(), READY)["outcome"]["slug"]
    form = change_form(admin_client, Outcome.objects.get(slug=slug))
    form.set(headline="“Edited” — headline")
    assert form.save(admin_client).status_code == 302
    assert "“Edited” — headline" in str(ask(Client(), READY)["outcome"])


def test_rule_is_added_with_its_reasons(admin_client: Client) -> None:
    form = open_form(admin_client, address_of(Rule, "add"))
    skip = str(Outcome.objects.get(slug="skip").pk)
    form.set(order="0", name="New", outcome=skip, condition="business")
    statement = Statement.objects.all()[0]
    form.add_row("citations", order="1", statement=str(statement.pk))
    response = form.save(admin_client)
    assert errors_on(response) == []
    citation = Citation.objects.get(rule__name="New")
    assert (citation.statement, citation.purpose) == (statement, "reason")


def test_what_a_rule_cites_is_a_reason(admin_client: Client) -> None:
    form = change_form(admin_client, Rule.objects.filter(citations__isnull=False)[0])
    form.fill("citations-0", purpose="warning")
    assert errors_on(form.save(admin_client)) == [
        "Select a valid choice. warning is not one of the available choices."
    ]


def test_statement_is_cited_once_by_a_rule(admin_client: Client) -> None:
    citation = Citation.objects.filter(purpose="reason")[0]
    assert citation.rule
    form = change_form(admin_client, citation.rule)
    form.add_row("citations", order="90", statement=str(citation.statement_id))
    response = form.save(admin_client)
    assert response.status_code == 200
    assert errors_on(response)[0].startswith("Please correct the duplicate data")


def test_condition_of_a_rule_is_refused_with_the_nearest_trait(admin_client: Client) -> None:
    form = change_form(admin_client, Rule.objects.get(order=1))
    form.set(condition="busines")
    assert errors_on(form.save(admin_client)) == [
        "There is no trait “busines”. Did you mean “business”?"
    ]


def test_warning_of_a_rule_is_refused_in_words(admin_client: Client) -> None:
    form = change_form(admin_client, Citation.objects.filter(purpose="warning")[0])
    form.set(rule=str(Rule.objects.all()[0].pk), order="90")
    assert errors_on(form.save(admin_client)) == [
        "A reason belongs to a rule; what is shown as something else does not."
    ]


def test_cited_statement_is_not_deleted_under_its_certification(admin_client: Client) -> None:
    statement = Statement.objects.filter(citations__isnull=False, certification__isnull=False)[0]
    parent = statement.certification
    assert parent
    address = reverse("admin:catalog_certification_change", args=[parent.pk])
    form = open_form(admin_client, address)
    form.delete_row(form.row("statements", id=str(statement.pk)))
    response = form.save(admin_client)
    assert response.status_code == 200
    assert [error.split(" would require")[0] for error in errors_on(response)] == [
        f"Deleting statement {statement}"
    ]


def test_trait_that_names_a_certification_is_not_deleted(admin_client: Client) -> None:
    trait = Trait.objects.create(slug="idle", label="is idle")
    Question.objects.filter(names_certification__isnull=False).update(names_certification=trait)
    address = reverse("admin:catalog_trait_delete", args=[trait.pk])
    admin_client.post(address, {"post": "yes"})
    assert Trait.objects.filter(pk=trait.pk).exists()
