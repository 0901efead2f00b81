"""The verdicts over all sheets agree with the evaluation of each, and their numbers are exact."""

from collections import Counter
from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.answers import Sheet as ReadSheet
from advisor.domain.answers import read_answers
from advisor.domain.audit import audit
from advisor.domain.decision import decide
from advisor.domain.evaluation import evaluate
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_diagram import NONE
from advisor.domain.sheet_sets import SheetSet
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts
from tests.advisor.domain.hand_made import TODAY
from tests.advisor.domain.random_books import all_sheets, random_book
from tests.advisor.sheets import STEADY, Sheet, random_sheets
from tests.examples import examples

SOME_BOOKS = settings(STEADY, max_examples=examples(60))
seeds = st.integers(0, 10**9)


def one_sheet(verdicts: SymbolicVerdicts, sheet: ReadSheet) -> SheetSet:
    """The set of just this sheet."""
    space = verdicts.space
    return space.all_of(
        space.both(-space.unanswered(question.key), _exactly(verdicts, sheet, question.key))
        if question.key in sheet.answers
        else space.unanswered(question.key)
        for question in verdicts.rulebook.questions
    )


def _exactly(verdicts: SymbolicVerdicts, sheet: ReadSheet, key: str) -> SheetSet:
    said = {
        choice: verdicts.space.said(key, choice) for choice in verdicts.rulebook.by_key[key].by_key
    }
    given = sheet.answers[key]
    return verdicts.space.all_of(
        said[choice] if choice in given else -said[choice] for choice in said
    )


def _agree(book: Rulebook, verdicts: SymbolicVerdicts, sheet: ReadSheet) -> None:
    def holds(sheets: SheetSet) -> bool:
        return verdicts.space.both(sheets, this) != NONE

    this = one_sheet(verdicts, sheet)
    assert (verdicts.space.count(this), holds(verdicts.sheets)) == (1, True)
    found = [decided for decided, sheets in verdicts.decided.items() if holds(sheets)]
    rules = [rule for rule, sheets in verdicts.decided_by if holds(sheets)]
    try:
        verdict = evaluate(sheet, today=verdicts.today)
    except LookupError:
        assert (found, rules) == ([], [])
        return
    assert found == [Decided(verdict.outcome.slug, verdict.recommended)]
    assert rules == [verdict.trace[-1].rule]
    assert {each.slug: each.standing for each in verdict.standings} == {
        each.slug: standing
        for each in verdict.standings
        for standing, sheets in verdicts.standings_of(each.slug).items()
        if holds(sheets)
    }
    assert {each.slug for each in verdict.standings} >= verdicts.standings.keys()
    assert [each.url for each in verdict.warnings] == [
        each.url for each in book.warnings if holds(verdicts.shown_beside(each))
    ]
    assert [each.reason.url for each in verdict.instead if each.is_fitting] == [
        each.url for each in book.advice if holds(verdicts.shown_beside(each))
    ]


_shipped: dict[Rulebook, SymbolicVerdicts] = {}


@STEADY
@given(learner=random_sheets())
def test_verdict_on_all_sheets_is_the_verdict_on_each(rulebook: Rulebook, learner: Sheet) -> None:
    if rulebook not in _shipped:
        _shipped[rulebook] = SymbolicVerdicts(rulebook, today=timezone.localdate())
    _agree(rulebook, _shipped[rulebook], read_answers(rulebook, learner).sheet)


@SOME_BOOKS
@given(seed=seeds)
def test_random_rulebook_gives_every_sheet_the_verdict_of_the_proof(seed: int) -> None:
    book = random_book(seed)
    verdicts = SymbolicVerdicts(book, today=TODAY)
    for sheet in all_sheets(book)[:: 1 + seed % 7]:
        _agree(book, verdicts, sheet)


@SOME_BOOKS
@given(seed=seeds)
def test_report_has_the_exact_numbers(seed: int) -> None:
    book = random_book(seed)
    report, sheets = audit(book, today=TODAY), all_sheets(book)
    decided: Counter[Decided] = Counter()
    rules: Counter[int] = Counter()
    standings: Counter[tuple[str, Standing]] = Counter()
    for sheet in sheets:
        try:
            verdict = evaluate(sheet, today=TODAY)
        except LookupError:
            continue
        decided[Decided(verdict.outcome.slug, verdict.recommended)] += 1
        rules[verdict.trace[-1].rule.order] += 1
        standings.update(
            (each.slug, each.standing) for each in verdict.standings if book.by_slug[each.slug].tier
        )
    assert report.sheets == len(sheets)
    assert report.decided == decided
    assert {rule.order: n for rule, n in report.rules if n} == rules
    if sum(decided.values()) == len(sheets):
        assert {
            (slug, standing): n
            for slug, found in report.standings.items()
            for standing, n in found.items()
        } == standings
    assert sum(report.outcomes.values()) == sum(report.recommended.values()) == sum(rules.values())


def test_sets_of_verdicts_do_not_overlap(rulebook: Rulebook) -> None:
    verdicts = SymbolicVerdicts(rulebook, today=TODAY)
    assert sum(map(verdicts.space.count, verdicts.decided.values())) == verdicts.space.count(
        verdicts.sheets
    )


@pytest.mark.parametrize("seed", range(4))
def test_sheet_without_a_verdict_is_in_no_set(seed: int) -> None:
    book = random_book(seed)
    rules = tuple(rule for rule in book.rules if rule.condition.text)
    book = replace(book, rules=rules)
    verdicts = SymbolicVerdicts(book, today=TODAY)
    for sheet in all_sheets(book):
        found = [
            each
            for each, sheets in verdicts.decided.items()
            if verdicts.space.both(sheets, one_sheet(verdicts, sheet)) != NONE
        ]
        try:
            decision = decide(sheet, today=TODAY)
        except LookupError:
            assert found == []
        else:
            assert found == [Decided(decision.outcome.slug, decision.recommended)]
