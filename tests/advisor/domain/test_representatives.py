"""Representatives of all certifications that no verdict tells apart; nobody notices them."""

import pytest

from advisor.domain.about_certification import AboutAnswer, AboutQuestions, AnswerKind
from advisor.domain.answers import Sheet
from advisor.domain.outcomes import Recommends
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts
from tests.advisor.domain.hand_made import (
    TODAY,
    WANTS,
    certification,
    holding,
    naming,
    outcome,
    rulebook,
)

OPEN, CLOSED = ("open-1", "open-2", "open-3", "open-4"), ("shut-1", "shut-2", "shut-3")


def book(*held: str) -> Rulebook:
    """One that is rated, and all the others; whatever is required is recommended."""
    questions = (WANTS, naming("rated", *OPEN, *CLOSED))
    return rulebook(
        certification("rated"),
        *(certification(slug, tier=None) for slug in OPEN),
        *(certification(slug, tier=None, reported="closed") for slug in CLOSED),
        questions=(*questions, holding(*held)) if held else questions,
        outcomes=(outcome("get-it", Recommends.NAMED),),
    )


def names_and_verdicts(rules: Rulebook) -> tuple[Representatives, SymbolicVerdicts]:
    names = Representatives(rules, today=TODAY)
    return names, SymbolicVerdicts(names.rulebook, today=TODAY)


def prospects(rules: Rulebook) -> PartialAnswers:
    names, verdicts = names_and_verdicts(rules)
    return PartialAnswers(verdicts, names)


def test_two_stand_for_all_that_are_open_and_two_for_all_that_have_closed() -> None:
    names = Representatives(book(), today=TODAY)
    kept = ["rated", *OPEN[:2], *CLOSED[:2]]
    assert [each.slug for each in names.rulebook.certifications] == kept
    assert names.rulebook.naming
    assert [*names.rulebook.naming.by_key] == [*kept, "other"]
    assert (names.of("open-4"), names.of("shut-3"), names.of("rated"), names.of("other")) == (
        *("open-1", "shut-1"),
        *("rated", "other"),
    )


def test_what_is_asked_about_is_told_from_what_is_required() -> None:
    names = Representatives(book(), today=TODAY)
    assert (names.of("open-3"), names.of("open-4", about="open-3")) == ("open-1", "open-2")
    assert names.of("open-1", about="open-3") == "open-2"
    assert names.of("shut-3", about="open-3") == "shut-1"


def test_what_can_be_held_stands_for_itself() -> None:
    names = Representatives(book("open-1", "open-4"), today=TODAY)
    assert (names.of("open-4"), names.of("open-3")) == ("open-4", "open-2")


@pytest.mark.parametrize("slug", ["rated", *OPEN])
def test_verdict_is_on_the_one_required(slug: str) -> None:
    rules = book()
    settled = prospects(rules).settled({"required": (slug,)})
    assert settled == Decided("get-it", slug)
    found = prospects(rules).of({"required": (slug,)})
    assert found.decided == settled
    assert {example["required"] for example in found.examples} == {(slug,)}


def test_every_name_is_possible_while_none_is_given() -> None:
    found = prospects(book()).of({})
    assert {each.recommended for each in found.possible} == {None, "rated", *OPEN}
    assert len(found.possible) == len(set(found.possible))
    assert "required" in found.deciding


def test_nearest_recommendation_leaves_the_name_that_was_given() -> None:
    rules = rulebook(
        certification("rated"),
        *(certification(slug, tier=None, reported="closed") for slug in CLOSED),
        questions=(WANTS, naming(*CLOSED)),
        outcomes=(outcome("best", Recommends.WORTH_IT), outcome("nothing")),
        rules=(("wants", "best"), ("", "nothing")),
    )
    given = Sheet(rules, {"wants": ("no",), "required": ("shut-3",)})
    nearest = prospects(rules).nearest_recommendation(given)
    assert nearest == {"wants": ("yes",), "required": ("shut-3",)}


@pytest.mark.parametrize("about", OPEN)
@pytest.mark.parametrize("required", [*OPEN, "rated"])
def test_answer_about_one_minds_which_is_required(about: str, required: str) -> None:
    rules = book()
    names, verdicts = names_and_verdicts(rules)
    questions = AboutQuestions(verdicts, about, names)
    answer = questions.answer(Sheet(rules, {"required": (required,)}))
    is_it = AboutAnswer(AnswerKind.GET_IT)
    assert answer == (is_it if about == required else AboutAnswer(AnswerKind.NOT_RATED))
    for example in questions.examples({"required": (required,)}):
        assert example["required"] == (required,)


def test_sets_do_not_grow_with_what_is_not_rated() -> None:
    few = book()
    more = [certification(f"more-{n}", tier=None) for n in range(300)]
    many = rulebook(
        *few.certifications,
        *more,
        questions=(WANTS, naming("rated", *OPEN, *CLOSED, *(each.slug for each in more))),
    )
    sizes = [
        len(Representatives(each, today=TODAY).rulebook.certifications) for each in (few, many)
    ]
    assert sizes[0] == sizes[1]
