"""The rulebook: what an outcome admits, and another slug for a certification."""

import pytest

from advisor.domain.certifications import Certification
from advisor.domain.outcomes import Recommends
from advisor.domain.rulebook import Rulebook
from tests.advisor.domain.hand_made import BUDGET, TIME, certification, naming, outcome, rulebook


@pytest.fixture
def book() -> Rulebook:
    return rulebook(
        certification("first", name="The first", free_with="has-plan"),
        certification("second"),
        questions=(BUDGET, TIME, naming("first", "second")),
    )


@pytest.mark.parametrize(
    ("admitted", "is_admitted"),
    [
        (certification("high", tier="high"), True),
        (certification("moderate", tier="moderate"), False),
        (certification("series", kind="course-series"), False),
        (certification("unrated", tier=None), False),
    ],
    ids=lambda value: value.slug if isinstance(value, Certification) else "",
)
def test_outcome_admits_its_kind_and_tiers(admitted: Certification, *, is_admitted: bool) -> None:
    picky = outcome("one", Recommends.WORTH_IT, kind="exam", tiers=frozenset({"high"}))
    assert picky.admits(admitted) is is_admitted


def test_outcome_without_kind_and_tiers_admits_whatever_is_rated() -> None:
    best = outcome("best", Recommends.WORTH_IT)
    assert best.admits(certification("series", kind="course-series", tier="avoid")) is True
    assert best.admits(certification("unrated", tier=None)) is False


def test_verdict_is_one_sentence_with_the_name_of_what_is_recommended(book: Rulebook) -> None:
    assert book.sentence("best", "first") == "best: The first."
    assert book.sentence("best", None) == "best"


def test_renamed_rulebook_has_the_other_slug_in_answers_too(book: Rulebook) -> None:
    renamed = book.renamed({"second": "third"})
    assert list(renamed.by_slug) == ["first", "third"]
    assert list(renamed.by_key["required"].by_key) == ["first", "third", "other"]
    assert book.renamed({}) is book


def test_questions_are_found_by_what_their_answers_do(book: Rulebook) -> None:
    assert book.naming is book.by_key["required"]
    assert book.limiting == (BUDGET, TIME)
    assert book.freeing == {"has-plan"}
    assert book.places == {"budget": 0, "time": 1, "required": 2}
    assert book.questions_by_trait["requires-this"] == (book.naming,)
