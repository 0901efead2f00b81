"""The cache of decision diagrams: what an edit makes old, and what stands."""

import pytest

from advisor.diagram_cache import about_questions, prospects_of
from advisor.domain.about_certification import AboutQuestions
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.models import Question
from advisor.rulebook_loader import current_rulebook
from catalog.models import Provider
from tests.advisor.domain.hand_made import TODAY
from tests.advisor.sheets import GOOGLE

pytestmark = pytest.mark.usefixtures("guide")


def laid_out() -> tuple[AboutQuestions, PartialAnswers]:
    rulebook = current_rulebook()
    about = about_questions(rulebook, GOOGLE, today=TODAY)
    return about, prospects_of(rulebook, today=TODAY)


def test_edit_that_the_rulebook_does_not_have_leaves_the_diagrams() -> None:
    before, version = laid_out(), current_rulebook().version
    provider = Provider.objects.first()
    assert provider
    provider.name = "Renamed"
    provider.save()
    assert current_rulebook().version != version
    after = laid_out()
    assert after[0] is before[0]
    assert after[1] is before[1]


def test_edit_of_a_question_makes_the_diagrams_old() -> None:
    before = laid_out()
    question = Question.objects.get(key="role")
    question.text = "What do you do?"
    question.save()
    after = laid_out()
    assert after[0] is not before[0]
    assert after[1] is not before[1]


def test_diagrams_are_of_their_day() -> None:
    rulebook = current_rulebook()
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    first = about_questions(rulebook, GOOGLE, today=TODAY)
    assert about_questions(rulebook, GOOGLE, today=TODAY) is first
    assert about_questions(rulebook, GOOGLE, today=tomorrow) is not first
