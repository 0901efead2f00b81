"""Questions and choices: the keys and places that they may take, and how they are named."""

import pytest
from django.core.exceptions import ValidationError

from advisor.domain.answers import NOT_SURE
from advisor.models import Choice, Question
from catalog.models import Trait
from tests.advisor.models.refusals import refuses

pytestmark = pytest.mark.usefixtures("guide")


def _question(**fields: object) -> Question:
    return Question(
        **{"key": "new", "order": 99, "label": "New", "text": "New?", "why": "So."} | fields
    )


@pytest.mark.parametrize("key", ["change", "submitted"])
def test_question_does_not_take_a_word_of_the_wizard(key: str) -> None:
    refuses(_question(key=key), "question_key_is_not_reserved")
    with pytest.raises(ValidationError, match="choose another"):
        _question(key=key).full_clean()


@pytest.mark.parametrize("key", ["Role", "a b", "-a", "a=b", "ä"])
def test_key_that_does_not_fit_into_an_address_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="small letters, digits and hyphens"):
        _question(key=key).full_clean()


def test_question_that_names_a_certification_takes_one_answer() -> None:
    trait = Trait.objects.get(slug="requires-this")
    refuses(_question(is_multiple=True, names_certification=trait), "one_certification_is_required")


@pytest.mark.parametrize("duplicate", [{"key": "role"}, {"order": 1}])
def test_question_has_a_key_and_a_place_of_its_own(duplicate: dict[str, object]) -> None:
    refuses(_question(**duplicate), "UNIQUE|unique")


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
    refuses(
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
    refuses(new, "UNIQUE|one_neutral_choice")


def test_questions_and_choices_say_what_they_are() -> None:
    held = Question.objects.get(key="held")
    assert str(held) == "How many AI certifications do you already hold?"
    assert str(Choice.objects.get(question__key="cloud", key="gcp")) == "Google Cloud"


def test_choice_has_a_natural_key() -> None:
    choice = Choice.objects.get(question__key="cloud", key="gcp")
    assert choice.natural_key() == ("cloud", "gcp")
    assert Choice.objects.get_by_natural_key("cloud", "gcp") == choice
