"""The effect of an edit on the verdicts: exact numbers, checked against every sheet one by one."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from advisor.domain.answers import read_answers
from advisor.domain.audit_report import FindingKind
from advisor.domain.certifications import Effect
from advisor.domain.decision import decide
from advisor.domain.outcomes import Recommends
from advisor.domain.questions import Choice, Question
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import Answers
from advisor.domain.verdict_diff import compare
from catalog.conditions import parse
from tests.advisor.domain.hand_made import (
    CLOUD,
    MEMBER,
    TODAY,
    WANTS,
    certification,
    outcome,
    rulebook,
    statement,
)

Verdict = tuple[str, str | None] | None

BOOK = rulebook(
    certification("a", statement("for a", Effect.FOR, "wants"), platform="gcp", total_usd=100),
    certification(
        "b", statement("for b", Effect.FOR, "uses-aws or member"), total_usd=0, tier_order=2
    ),
    outcomes=(
        outcome("best", Recommends.WORTH_IT, needs_platform=True, if_none="nothing"),
        outcome("nothing"),
    ),
    rules=(("member and not wants", "nothing"), ("wants or uses-aws", "best"), ("", "nothing")),
)


def _values(key: str, *books: Rulebook) -> Iterator[tuple[str, ...]]:
    """Everything that can be answered to a question of some of these rulebooks, and nothing."""
    questions = [book.by_key[key] for book in books if key in book.by_key]
    keys = list(dict.fromkeys(choice for question in questions for choice in question.by_key))
    if not questions[0].is_multiple:
        yield from ((), *((key,) for key in keys))
        return
    for chosen in product((False, True), repeat=len(keys)):
        yield tuple(key for key, is_chosen in zip(keys, chosen, strict=True) if is_chosen)


def _verdict(book: Rulebook, answers: Answers) -> Verdict:
    reading = read_answers(book, {k: v for k, v in answers.items() if k in book.by_key})
    if reading.missing or reading.problems:
        return None
    decision = decide(reading.sheet, today=TODAY)
    return decision.outcome.slug, decision.recommended


def _is_asked(book: Rulebook, key: str, answers: Answers) -> bool:
    """True if the book asks this question; answers to questions not in the book do not count."""
    known = {k: v for k, v in answers.items() if k in book.by_key}
    traits = read_answers(book, known).sheet.traits
    return key in book.by_key and book.by_key[key].asked_when.is_met(traits)


def _by_hand(before: Rulebook, after: Rulebook) -> Counter[tuple[Verdict, Verdict]]:
    """Every sheet that answers exactly what one of the two asks, with its two verdicts."""
    questions = list(dict.fromkeys([*before.by_key, *after.by_key]))
    found: Counter[tuple[Verdict, Verdict]] = Counter()
    for values in product(*(_values(key, before, after) for key in questions)):
        answers = {key: value for key, value in zip(questions, values, strict=True) if value}
        asked = {
            key
            for key in questions
            if _is_asked(before, key, answers) or _is_asked(after, key, answers)
        }
        if asked != set(answers):
            continue
        verdicts = _verdict(before, answers), _verdict(after, answers)
        if verdicts != (None, None):
            found[verdicts] += 1
    return found


def _with_question(book: Rulebook, question: Question) -> Rulebook:
    questions = (q if q.key != question.key else question for q in book.questions)
    return replace(book, questions=tuple(questions))


EDITS: dict[str, Callable[[Rulebook], Rulebook]] = {
    "condition of a rule": lambda book: replace(
        book, rules=(replace(book.rules[0], condition=parse("member")), *book.rules[1:])
    ),
    "rules exchanged": lambda book: replace(
        book, rules=(book.rules[1], book.rules[0], book.rules[2])
    ),
    "entry closed": lambda book: replace(
        book,
        certifications=(replace(book.certifications[0], reported="closed"), book.certifications[1]),
    ),
    "price unknown": lambda book: replace(
        book,
        certifications=(replace(book.certifications[0], total_usd=None), book.certifications[1]),
    ),
    "tier exchanged": lambda book: replace(
        book, certifications=(replace(book.certifications[0], tier_order=3), book.certifications[1])
    ),
    "question asked more often": lambda book: _with_question(
        book, replace(MEMBER, asked_when=parse(""))
    ),
    "question asked less often": lambda book: _with_question(
        book, replace(MEMBER, asked_when=parse("wants and uses-gcp"))
    ),
    "question gone": lambda book: replace(
        book, questions=tuple(q for q in book.questions if q.key != "budget")
    ),
    "choice gone": lambda book: _with_question(book, replace(CLOUD, choices=CLOUD.choices[1:])),
    "choice added": lambda book: _with_question(
        book, replace(WANTS, choices=(*WANTS.choices, Choice("maybe", "Maybe")))
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_numbers_are_those_of_every_sheet_one_by_one(edit: str) -> None:
    after = EDITS[edit](BOOK)
    by_hand, effect = _by_hand(BOOK, after), compare(BOOK, after, most_witnesses=10, today=TODAY)
    assert effect.sheets == sum(by_hand.values())
    assert {(shift.before, shift.after): shift.sheets for shift in effect.shifts} == {
        verdicts: sheets for verdicts, sheets in by_hand.items() if verdicts[0] != verdicts[1]
    }
    assert effect.changed == sum(n for (was, becomes), n in by_hand.items() if was != becomes)


@pytest.mark.parametrize("edit", EDITS)
def test_witness_gets_the_two_verdicts_of_its_shift(edit: str) -> None:
    after = EDITS[edit](BOOK)
    for shift, answers in compare(BOOK, after, most_witnesses=10, today=TODAY).witnesses:
        verdicts = _verdict(BOOK, answers), _verdict(after, answers)
        assert verdicts == (shift.before, shift.after)


def test_undoing_an_edit_has_the_opposite_effect() -> None:
    after = EDITS["condition of a rule"](BOOK)
    there, back = (
        compare(BOOK, after, most_witnesses=10, today=TODAY),
        compare(after, BOOK, most_witnesses=10, today=TODAY),
    )
    assert {(s.before, s.after, s.sheets) for s in there.shifts} == {
        (s.after, s.before, s.sheets) for s in back.shifts
    }


def test_standing_that_changes_is_counted_though_no_verdict_does() -> None:
    book = replace(BOOK, rules=BOOK.rules[2:])
    free = replace(book.certifications[0], total_usd=Decimal(0))
    after = replace(book, certifications=(free, book.certifications[1]))
    effect = compare(book, after, most_witnesses=10, today=TODAY)
    # Of the sheets that don't name it, use what they will: with budget 0 it was too dear.
    assert effect.shifts == ()
    assert set(effect.standings) == {"a"}
    assert effect


def test_other_words_have_no_effect() -> None:
    texts = tuple(replace(q, text="Otherwise?", label="Otherwise") for q in BOOK.questions)
    assert not compare(BOOK, replace(BOOK, questions=texts), most_witnesses=10, today=TODAY)


def test_rulebook_without_its_last_rule_breaks_a_promise() -> None:
    effect = compare(BOOK, replace(BOOK, rules=BOOK.rules[:-1]), most_witnesses=10, today=TODAY)
    assert effect.breaks_a_promise
    # The hand-made rules cite nothing, which is no fault of the edit: only what is new is said.
    assert [finding.kind for finding in effect.findings] == [FindingKind.NO_VERDICT]
    assert {shift.after for shift in effect.shifts} == {None}
