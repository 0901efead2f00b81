"""Questions: their choices by key, by place and by trait."""

from advisor.domain.questions import Answer, Choice, Power, Question
from catalog.conditions import parse

NONE = Choice("none", "None", said="none at all", is_exclusive=True, is_neutral=True)
SOME = Choice("some", "Some", said="some", traits=frozenset({"has-some"}))
ALL = Choice("all", "All", said="all", traits=frozenset({"has-some", "has-all"}))


def question(*choices: Choice) -> Question:
    return Question(
        key="amount",
        label="Amount",
        text="How much?",
        why="",
        choices=choices,
        asked_when=parse(""),
        is_multiple=True,
        power=Power.PROGRESS,
    )


def test_place_of_a_choice_counts_from_one_and_is_zero_for_none_of_these() -> None:
    assert question(NONE, SOME, ALL).places == {"none": 0, "some": 2, "all": 3}


def test_traits_of_a_question_are_those_of_all_its_choices() -> None:
    assert question(NONE, SOME, ALL).traits == {"has-some", "has-all"}
    assert question(NONE).traits == frozenset()


def test_answer_repeats_the_words_of_its_choice() -> None:
    assert question(SOME).answers == {"some": Answer("amount", "some", "some")}


def test_neutral_choice_is_the_one_that_is_marked() -> None:
    assert question(SOME, NONE).neutral is NONE
    assert question(SOME, ALL).neutral is None
