"""Reading the parameters of an address against the questions."""

import random

import pytest
from hypothesis import given

from advisor.domain.answers import Reading, SpendingLimit, complete, read_answers
from advisor.domain.rulebook import Rulebook
from tests.advisor.sheets import (
    BEGINNER,
    BY_OUTCOME,
    QUESTIONS,
    READY,
    SALES,
    SEVERAL,
    STEADY,
    Sheet,
    answered,
    random_sheets,
)

CHOICES = [(key, value) for key, values in QUESTIONS.items() for value in values]
CARRIERS = (
    READY,
    BEGINNER,
    answered(READY, mandate="yes", required="other"),
    answered(READY, held="5"),
)


def _problems(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.parameter, problem.value) for problem in reading.problems]


def _carrier(key: str) -> Sheet:
    """A complete sheet in which a question is asked."""
    return next(sheet for sheet in CARRIERS if key in sheet)


def test_questions_and_choices_are_those_of_the_contract(rulebook: Rulebook) -> None:
    required = [each.slug for each in rulebook.certifications if each.kind != "category"]
    assert len(required) == len(rulebook.certifications) - 5 == 117
    assert set(QUESTIONS["required"]) - {"other"} < set(required)
    assert {q.key: tuple(q.by_key) for q in rulebook.questions} == {
        **QUESTIONS,
        "required": (*required, "other"),
    }
    assert tuple(q.key for q in rulebook.questions if q.is_multiple) == SEVERAL


@pytest.mark.parametrize(("key", "value"), CHOICES)
def test_answer_is_accepted(rulebook: Rulebook, key: str, value: str) -> None:
    expected = answered({**_carrier(key), "framework": ("none",)}, **{key: value, "coursera": "no"})
    expected = expected if value != "business" else answered(SALES, goal="production", budget="200")
    reading = read_answers(rulebook, {**_carrier(key), **expected, key: [value]})
    assert reading.sheet.answers[key] == (value,)
    assert reading.problems == ()


@pytest.mark.parametrize("key", QUESTIONS)
@pytest.mark.parametrize("value", ["zzz", "", " ", "NONE", "0x1", "x" * 5000, "\0", "�", "٣"])
def test_unknown_answer_is_named_and_not_taken(rulebook: Rulebook, key: str, value: str) -> None:
    reading = read_answers(rulebook, {**_carrier(key), key: [value]})
    assert _problems(reading) == [(key, value)]
    assert key in reading.missing
    assert key not in reading.sheet.answers


def test_unknown_answer_beside_a_known_one_is_named_and_nothing_is_taken(
    rulebook: Rulebook,
) -> None:
    reading = read_answers(rulebook, {**READY, "goal": ["zzz", "production", "zzz"]})
    assert (_problems(reading), reading.missing) == ([("goal", "zzz")], ("goal",))
    assert reading.given["goal"] == ("production",)


@pytest.mark.parametrize("key", [key for key in QUESTIONS if key not in SEVERAL])
def test_two_single_answers_are_named_and_none_is_taken(rulebook: Rulebook, key: str) -> None:
    first, second = QUESTIONS[key][:2]
    reading = read_answers(rulebook, {**_carrier(key), key: [second, first]})
    assert _problems(reading) == [(key, f"{first}, {second}")]
    assert key in reading.missing


@pytest.mark.parametrize("key", QUESTIONS)
def test_same_answer_twice_counts_once(rulebook: Rulebook, key: str) -> None:
    values = _carrier(key)[key]
    reading = read_answers(rulebook, {**_carrier(key), key: [*values, *values]})
    assert (reading.sheet.answers[key], reading.problems) == (values, ())


@pytest.mark.parametrize("cloud", QUESTIONS["cloud"][:-1])
def test_no_cloud_with_a_cloud_is_impossible(rulebook: Rulebook, cloud: str) -> None:
    reading = read_answers(rulebook, {**READY, "cloud": ["none", cloud]})
    assert (_problems(reading), reading.missing) == ([("cloud", f"{cloud}, none")], ("cloud",))


def test_unknown_question_is_named(rulebook: Rulebook) -> None:
    reading = read_answers(rulebook, {**READY, "utm_source": ["x"]})
    assert (_problems(reading), reading.missing) == ([("utm_source", "x")], ())
    assert dict(reading.sheet.answers) == READY


def test_nothing_answered_misses_every_question_that_is_asked_of_everybody(
    rulebook: Rulebook,
) -> None:
    reading = read_answers(rulebook, {})
    always = {key for key in QUESTIONS if key in READY} - {"framework"}
    assert set(reading.missing) == always
    assert reading.missing[0] == "role"
    assert (reading.sheet.answers, reading.problems, reading.dropped) == ({}, (), ())


ASKED_WHEN = [
    ("required", answered(READY, mandate="yes", required="other"), {"mandate": ("no",)}),
    ("pillars", READY, {"role": ("business",)}),
    ("experience", READY, {"role": ("business",)}),
    ("portfolio", READY, {"role": ("business",)}),
    ("framework", READY, {"experience": ("none",)}),
    ("framework", READY, {"role": ("business",)}),
    ("coursera", BEGINNER, {"learning": ("textbooks",)}),
    ("holds", answered(READY, held="1"), {"held": ("0",)}),
]


@pytest.mark.parametrize(("key", "sheet", "otherwise"), ASKED_WHEN)
def test_question_is_asked_when_its_condition_is_met(
    rulebook: Rulebook, key: str, sheet: Sheet, otherwise: Sheet
) -> None:
    without = {k: v for k, v in sheet.items() if k != key}
    assert read_answers(rulebook, without).missing == (key,)
    assert key in read_answers(rulebook, sheet).sheet.answers


@pytest.mark.parametrize(("key", "sheet", "otherwise"), ASKED_WHEN)
def test_answer_is_dropped_when_its_question_is_not_asked(
    rulebook: Rulebook, key: str, sheet: Sheet, otherwise: Sheet
) -> None:
    reading = read_answers(rulebook, {**sheet, **otherwise})
    assert key in {question.key for question in reading.dropped}
    assert key not in reading.sheet.answers
    assert key not in {question.key for question in reading.asked}
    assert (reading.missing, reading.problems) == ((), ())


@pytest.mark.parametrize("role", QUESTIONS["role"])
def test_cloud_is_asked_of_everybody(rulebook: Rulebook, role: str) -> None:
    without = {key: values for key, values in READY.items() if key != "cloud"}
    assert read_answers(rulebook, {**without, "role": [role]}).missing == ("cloud",)


def test_framework_is_asked_of_those_who_deployed(rulebook: Rulebook) -> None:
    for experience, is_in in (("none", False), ("hands-on", True), ("deployed", True)):
        reading = read_answers(rulebook, {**READY, "experience": [experience]})
        assert ("framework" in reading.sheet.answers) is is_in


def test_wrong_answer_to_a_question_not_asked_is_dropped_with_it(rulebook: Rulebook) -> None:
    reading = read_answers(rulebook, {**SALES, "pillars": ["zzz"]})
    assert [question.key for question in reading.dropped] == ["pillars"]
    assert (reading.missing, reading.problems) == ((), ())


def test_answer_is_kept_while_it_is_open_whether_its_question_is_asked(rulebook: Rulebook) -> None:
    raw = {"required": ["other"], "coursera": ["yes"], "framework": ["jax"]}
    reading = read_answers(rulebook, raw)
    assert dict(reading.sheet.answers) == {key: tuple(values) for key, values in raw.items()}
    assert reading.dropped == ()


def test_neutral_answers_complete_a_sheet(rulebook: Rulebook) -> None:
    raw = {**SALES, "role": ("builder",), "learning": ("guided",)}
    sheet, filled = complete(rulebook, raw) or pytest.fail("It can be completed.")
    assert filled == ("pillars", "experience", "portfolio", "coursera")
    assert [sheet.answers[key] for key in filled] == [*[("none",)] * 3, ("no",)]
    assert {key: sheet.answers[key] for key in raw} == raw


def test_what_is_not_asked_is_left_out_of_a_complete_sheet(rulebook: Rulebook) -> None:
    builder = read_answers(rulebook, READY).sheet.answers
    sheet, filled = complete(rulebook, {**builder, "role": ("business",)}) or pytest.fail("It can.")
    assert set(builder) - set(sheet.answers) == {
        "pillars",
        "experience",
        "portfolio",
        "framework",
    }
    assert filled == ()


def test_question_without_a_neutral_answer_keeps_a_sheet_incomplete(rulebook: Rulebook) -> None:
    assert complete(rulebook, {}) is None


def test_every_question_not_asked_of_everybody_has_a_neutral_choice(rulebook: Rulebook) -> None:
    for question in rulebook.questions:
        assert question.neutral or not question.asked_when.text


def test_limits_platforms_and_name_of_a_sheet(rulebook: Rulebook) -> None:
    raw = answered(READY, cloud="gcp azure", mandate="yes", required="other")
    sheet = read_answers(rulebook, raw).sheet
    in_dollars, in_months = sheet.limits
    assert in_dollars == SpendingLimit(200, rulebook.by_key["budget"].answers["200"])
    assert in_months == SpendingLimit(3, rulebook.by_key["time"].answers["3"])
    assert sheet.platforms == {"gcp", "azure"}
    assert sheet.named == "other"


@STEADY
@given(learner=random_sheets())
def test_sheet_with_another_answer_is_as_if_read_so(rulebook: Rulebook, learner: Sheet) -> None:
    sheet = read_answers(rulebook, learner).sheet
    for question in {rulebook.by_key[key] for key in learner} - rulebook.gating:
        for value in question.by_key:
            other = sheet.answering(question, (value,))
            read = read_answers(rulebook, {**learner, question.key: [value]}).sheet
            assert [*other.answers.items()] == [*read.answers.items()]
            assert (other.traits, other.platforms) == (read.traits, read.platforms)
            assert (other.limits, other.named) == (read.limits, read.named)


def test_sheet_without_limits(rulebook: Rulebook) -> None:
    sheet = read_answers(rulebook, answered(READY, budget="any", time="any")).sheet
    assert (sheet.limits, sheet.named) == ((None, None), None)


@pytest.mark.parametrize("sheet", BY_OUTCOME.values(), ids=BY_OUTCOME)
def test_answers_come_in_the_order_of_the_questions(rulebook: Rulebook, sheet: Sheet) -> None:
    shuffled = list(sheet.items())
    random.Random(1).shuffle(shuffled)
    reading = read_answers(rulebook, {key: values[::-1] for key, values in shuffled})
    assert list(reading.sheet.answers.items()) == list(sheet.items())


@STEADY
@given(sheet=random_sheets())
def test_complete_sheet_reads_as_itself_and_again(rulebook: Rulebook, sheet: Sheet) -> None:
    reading = read_answers(rulebook, sheet)
    assert (reading.missing, reading.problems, reading.dropped) == ((), (), ())
    assert list(reading.sheet.answers.items()) == list(sheet.items())
    raw: dict[str, list[str]] = {}
    for key, value in reading.sheet.pairs:
        raw.setdefault(key, []).append(value)
    assert read_answers(rulebook, raw).sheet == reading.sheet


@STEADY
@given(sheet=random_sheets())
def test_random_sheet_without_one_answer_misses_just_that(rulebook: Rulebook, sheet: Sheet) -> None:
    for key in sheet:
        reading = read_answers(rulebook, {k: v for k, v in sheet.items() if k != key})
        assert key in reading.missing
