"""What the rows of the rulebook refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from advisor.domain.answers import NOT_SURE
from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.editorial.rows import ContentRow
from catalog.models import Statement, Trait

pytestmark = pytest.mark.usefixtures("guide")


def _question(**fields: object) -> Question:
    return Question(
        **{"key": "new", "order": 99, "label": "New", "text": "New?", "why": "So."} | fields
    )


def _refuses(row: ContentRow, constraint: str) -> None:
    with transaction.atomic(), pytest.raises(IntegrityError, match=constraint):
        row.save()


@pytest.mark.parametrize("key", ["change", "submitted"])
def test_question_does_not_take_a_word_of_the_wizard(key: str) -> None:
    _refuses(_question(key=key), "question_key_is_not_reserved")
    with pytest.raises(ValidationError, match="choose another"):
        _question(key=key).full_clean()


@pytest.mark.parametrize("key", ["Role", "a b", "-a", "a=b", "ä"])
def test_key_that_does_not_fit_into_an_address_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="small letters, digits and hyphens"):
        _question(key=key).full_clean()


def test_question_that_names_a_certification_takes_one_answer() -> None:
    trait = Trait.objects.get(slug="requires-this")
    _refuses(
        _question(is_multiple=True, names_certification=trait), "one_certification_is_required"
    )


@pytest.mark.parametrize("duplicate", [{"key": "role"}, {"order": 1}])
def test_question_has_a_key_and_a_place_of_its_own(duplicate: dict[str, object]) -> None:
    _refuses(_question(**duplicate), "UNIQUE|unique")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (_question(asked_when="not busines"), "no trait “busines”. Did you mean “business”"),
        (_question(asked_when="not (business"), "can't be read as a condition"),
    ],
)
def test_condition_that_cannot_be_evaluated_is_refused(row: Question, message: str) -> None:
    with pytest.raises(ValidationError, match=message.replace("(", r"\(")):
        row.full_clean()
    with pytest.raises(ValidationError):
        row.save()


def test_condition_of_a_rule_names_known_traits() -> None:
    rule = Rule(order=99, name="New", outcome=Outcome.objects.get(slug="skip"), condition="zzz")
    with pytest.raises(ValidationError, match="no trait “zzz”"):
        rule.save()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"key": "builder"}, "UNIQUE|one_choice_per_key"),
        ({"order": 1}, "UNIQUE|one_choice_per_order"),
    ],
)
def test_choice_has_a_key_and_a_place_of_its_own(
    fields: dict[str, object], constraint: str
) -> None:
    role = Question.objects.get(key="role")
    _refuses(
        Choice(**{"question": role, "key": "new", "order": 99, "label": "x", "said": "x"} | fields),
        constraint,
    )


def test_choice_does_not_take_the_word_that_leaves_a_question_open() -> None:
    choice = Choice(
        question=Question.objects.get(key="role"), key=NOT_SURE, order=99, label="x", said="x"
    )
    with pytest.raises(ValidationError) as caught:
        choice.full_clean()
    words = "The site uses this word itself in addresses: choose another."
    assert caught.value.message_dict == {"key": [words]}


def test_question_has_one_neutral_choice_at_most() -> None:
    mandate = Question.objects.get(key="mandate")
    new = Choice(question=mandate, key="new", order=99, label="x", said="x", is_neutral=True)
    _refuses(new, "UNIQUE|one_neutral_choice")


def test_reason_belongs_to_a_rule_and_a_warning_to_none() -> None:
    statement, rule = Statement.objects.first(), Rule.objects.first()
    _refuses(Citation(purpose="reason", order=99, statement=statement), "reason_belongs_to_a_rule")
    _refuses(
        Citation(purpose="warning", order=99, statement=statement, rule=rule),
        "reason_belongs_to_a_rule",
    )


def test_places_among_warnings_are_taken_once() -> None:
    _refuses(
        Citation(purpose="warning", order=1, statement=Statement.objects.first()),
        "UNIQUE|one_citation_order_per_purpose",
    )


def test_places_among_the_reasons_of_a_rule_are_taken_once() -> None:
    citation = Citation.objects.filter(purpose="reason").first()
    assert citation
    _refuses(
        Citation(
            purpose="reason",
            order=citation.order,
            rule=citation.rule,
            statement=Statement.objects.exclude(pk=citation.statement_id).first(),
        ),
        "UNIQUE|one_citation_order_per_rule",
    )


def test_rows_say_what_they_are() -> None:
    rule = Rule.objects.get(order=11)
    citation = Citation.objects.filter(rule=rule).order_by("order").first()
    assert (str(rule), str(rule.outcome)) == ("11. Otherwise", "skip")
    assert (
        str(Question.objects.get(key="held")) == "How many AI certifications do you already hold?"
    )
    assert str(Choice.objects.get(question__key="cloud", key="gcp")) == "Google Cloud"
    assert str(citation) == "As differentiation in technical roles"


def test_rows_have_natural_keys() -> None:
    choice = Choice.objects.get(question__key="cloud", key="gcp")
    assert choice.natural_key() == ("cloud", "gcp")
    assert Choice.objects.get_by_natural_key("cloud", "gcp") == choice
    assert Rule.objects.get(order=1).natural_key() == ("A job requires one",)
