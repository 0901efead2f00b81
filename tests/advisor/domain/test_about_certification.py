"""The answer about one certification, held against every sheet of small rulebooks."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor.domain.about_certification import (
    AboutAnswer,
    AboutQuestions,
    AnswerKind,
    answers_about,
    next_question,
)
from advisor.domain.about_certification_explained import explain
from advisor.domain.answers import Sheet
from advisor.domain.evaluation import evaluate
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_diagram import NONE
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from catalog.conditions import parse
from tests.advisor.domain.hand_made import TODAY
from tests.advisor.domain.random_books import all_sheets, fitting, partial_answers, random_book
from tests.advisor.sheets import STEADY
from tests.examples import examples

SOME_BOOKS = settings(STEADY, max_examples=examples(40))
seeds = st.integers(0, 10**9)


def sound_book(seed: int) -> Rulebook:
    book = random_book(seed)
    assume(book.rules[-1].condition == parse(""))  # else some sheets get no verdict at all
    return book


def questions_about(book: Rulebook, slug: str) -> AboutQuestions:
    names = Representatives(book, today=TODAY)
    return AboutQuestions(SymbolicVerdicts(names.rulebook, today=TODAY), slug, names)


def answer_for(book: Rulebook, sheet: Sheet, slug: str) -> AboutAnswer:
    verdict = evaluate(sheet, today=TODAY, also=(slug,))
    if verdict.recommended == slug:
        return AboutAnswer(AnswerKind.GET_IT)
    standing = next(found.standing for found in verdict.standings if found.slug == slug)
    if standing not in (Standing.WORTH_IT, Standing.REQUIRED):
        return AboutAnswer(AnswerKind(standing.value))
    if verdict.recommended is None:
        return AboutAnswer(AnswerKind.NOT_NOW)
    return AboutAnswer(AnswerKind.ANOTHER, verdict.recommended)


@SOME_BOOKS
@given(seed=seeds)
def test_every_sheet_has_exactly_one_answer_about_each_certification(seed: int) -> None:
    book = sound_book(seed)
    verdicts = SymbolicVerdicts(book, today=TODAY)
    for slug in book.by_slug:
        answers = answers_about(verdicts, slug)
        assert verdicts.space.any_of(answers.values()) == verdicts.sheets
        sets = list(answers.values())
        for place, sheets in enumerate(sets):
            others = verdicts.space.any_of(sets[:place])
            assert verdicts.space.both(sheets, others) == NONE
        questions = questions_about(book, slug)
        for sheet in all_sheets(book):
            assert questions.answer(sheet) == answer_for(book, sheet, slug)


@SOME_BOOKS
@given(seed=seeds)
def test_partial_answers_are_settled_just_when_every_completion_agrees(seed: int) -> None:
    book = sound_book(seed)
    given_answers = partial_answers(book, seed)
    completions = fitting(all_sheets(book), given_answers)
    for slug in book.by_slug:
        questions = questions_about(book, slug)
        possible = {answer_for(book, sheet, slug) for sheet in completions}
        expected = possible.pop() if len(possible) == 1 else None
        assert questions.answer(Sheet(book, given_answers)) == expected
        examples = questions.examples(given_answers)
        assert bool(examples) == (expected is not None)
        for example in examples:
            assert example in [sheet.answers for sheet in completions]


@settings(SOME_BOOKS, max_examples=examples(10))
@given(seed=seeds)
def test_every_answer_has_a_reason(seed: int) -> None:
    book = sound_book(seed)
    for slug in book.by_slug:
        questions = questions_about(book, slug)
        for sheet in all_sheets(book):
            found = explain(questions, sheet, today=TODAY)
            assert found
            expected = AnswerKind.GET_IT, AnswerKind.NOT_NOW  # rules of these books cite nothing
            assert found.reasons or found.would_need or found.answer.kind in expected


@SOME_BOOKS
@given(seed=seeds)
def test_every_learner_is_asked_what_matters_and_at_most_the_number_said(seed: int) -> None:
    book = sound_book(seed)
    sheets = all_sheets(book)
    for slug in book.by_slug:
        questions = questions_about(book, slug)
        longest = 0
        for sheet in sheets:
            answers: dict[str, tuple[str, ...]] = {}
            while asked := next_question(book, [(questions, questions.node(answers))]):
                answers[asked] = sheet.answers[asked]  # KeyError: it is not asked of this learner
            longest = max(longest, len(answers))
        assert longest == questions.most
        assert longest <= len(book.questions)


@SOME_BOOKS
@given(seed=seeds)
def test_open_questions_are_those_that_change_the_answer_of_some_learner(seed: int) -> None:
    book = sound_book(seed)
    sheets = all_sheets(book)
    for slug in book.by_slug:
        questions = questions_about(book, slug)
        still_open = questions.open_questions(questions.node({}))
        for key in book.by_key.keys() - still_open:
            answers_beside: dict[str, AboutAnswer] = {}
            for sheet in sheets:
                beside = str({k: values for k, values in sheet.answers.items() if k != key})
                answer = answer_for(book, sheet, slug)
                assert answers_beside.setdefault(beside, answer) == answer
