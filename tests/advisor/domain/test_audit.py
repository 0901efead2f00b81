"""The proof finds each kind of fault, and its witness shows it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.answers import Sheet, read_answers
from advisor.domain.audit import audit, findings_of
from advisor.domain.audit_report import AuditFinding, FindingKind
from advisor.domain.certifications import Citation, Effect
from advisor.domain.decision import decide
from advisor.domain.evaluation import Verdict, evaluate
from advisor.domain.outcomes import Recommends
from advisor.domain.questions import Choice, Question
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import Answers
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
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
from tests.advisor.domain.random_books import all_sheets, random_book
from tests.advisor.sheets import STEADY
from tests.examples import THOROUGH, examples

ALWAYS = Citation("always", "/guide/#always", parse(""))
FOR = statement("for", Effect.FOR, "wants")


def _book(rules: tuple[tuple[str, str], ...] = (("", "best"),), **parts: object) -> Rulebook:
    """A rulebook without a fault: one question, one certification, one rule with a reason."""
    book = rulebook(
        certification("a", FOR),
        outcomes=(outcome("best", Recommends.WORTH_IT), outcome("skip")),
        rules=rules,
        questions=(WANTS,),
        citations=(ALWAYS,),
    )
    return replace(book, **parts)  # type: ignore[arg-type]


def _findings(book: Rulebook) -> tuple[AuditFinding, ...]:
    return audit(book, today=TODAY).findings


def _only(book: Rulebook, kind: FindingKind, about: str) -> Sheet:
    """The witness of the one finding."""
    (found,) = _findings(book)
    assert (found.kind, found.about) == (kind, about)
    reading = read_answers(book, found.witness)
    assert (reading.missing, reading.problems, reading.dropped) == ((), (), ())
    return reading.sheet


def _verdict(book: Rulebook, sheet: Sheet) -> Verdict:
    return evaluate(sheet, today=TODAY)


def test_rulebook_without_a_fault_has_no_finding() -> None:
    assert _findings(_book()) == ()


def test_question_without_choices_is_found_by_who_gets_to_it() -> None:
    stuck = replace(MEMBER, choices=())
    for question in (stuck, replace(stuck, is_multiple=True)):
        book = _book(questions=(WANTS, question))
        found = next(each for each in _findings(book) if each.kind is FindingKind.UNANSWERABLE)
        assert (found.about, dict(found.witness)) == ("Member?", {"wants": ("yes",)})
        assert read_answers(book, found.witness).missing == ("member",)


def test_question_without_choices_that_is_never_asked_keeps_nobody() -> None:
    both = replace(CLOUD.choices[-1], traits=frozenset({"uses-none"}))
    cloud = replace(CLOUD, choices=(*CLOUD.choices[:-1], both))
    never = replace(MEMBER, choices=(), asked_when=parse("uses-none and uses-gcp"))
    kinds = [each.kind for each in _findings(_book(questions=(WANTS, cloud, never)))]
    assert FindingKind.UNANSWERABLE not in kinds


def test_sheet_without_a_verdict_is_found() -> None:
    book = _book((("wants", "best"),))
    learner = _only(book, FindingKind.NO_VERDICT, "The rules")
    with pytest.raises(LookupError):
        decide(learner, today=TODAY)


def test_verdict_without_a_reason_is_found() -> None:
    book = _book()
    cited = replace(book.rules[0], citations=(Citation("wants", "/1", parse("wants")),))
    broken = replace(book, rules=(cited,))
    assert _verdict(broken, _only(broken, FindingKind.NO_REASON, book.rules[0].name)).reasons == ()
    bare = replace(book, rules=(replace(book.rules[0], citations=()),))
    assert _verdict(bare, _only(bare, FindingKind.NO_REASON, book.rules[0].name)).reasons == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"reported": "closed"},
        {"tier": None},
        {"statements": (FOR, statement("no", Effect.AGAINST, "wants"))},
    ],
)
def test_recommendation_that_must_not_be_is_found_once_the_decision_errs(
    spoilt: dict[str, object],
) -> None:
    # Only code can err so: decide for the sound certification, then look at the spoilt one.
    book = _book()
    bad = replace(book, certifications=(replace(book.certifications[0], **spoilt),))  # type: ignore[arg-type]
    verdicts = SymbolicVerdicts(bad, today=TODAY)
    verdicts.decided = SymbolicVerdicts(book, today=TODAY, space=verdicts.space).decided
    found = [each for each in findings_of(verdicts) if each.kind is FindingKind.BAD_RECOMMENDATION]
    assert [(each.about, dict(each.witness)) for each in found] == [("a", {"wants": ("yes",)})]


def test_rule_that_is_never_met_is_found() -> None:
    book = _book((("wants and not wants", "skip"), ("", "best")))
    learner = _only(book, FindingKind.IDLE_RULE, "wants and not wants")
    assert _verdict(book, learner).trace[-1].rule is book.rules[1]


def test_rule_behind_another_is_found_with_a_sheet_that_it_misses() -> None:
    book = _book((("wants", "best"), ("wants", "skip"), ("", "best")))
    book = replace(book, rules=(book.rules[0], replace(book.rules[1], name="late"), book.rules[2]))
    learner = _only(book, FindingKind.IDLE_RULE, "late")
    assert book.rules[1].condition.is_met(learner.traits)
    assert _verdict(book, learner).trace[-1].rule is book.rules[0]
    assert [each.shown_by for each in _findings(book)] == ["A learner it was written for"]


@pytest.mark.parametrize(
    ("effect", "condition"),
    [
        (Effect.FOR, "ghost"),
        (Effect.AGAINST, "wants and not wants"),
        (Effect.PREREQUISITE, "wants or not wants"),
    ],
)
def test_statement_that_is_never_said_is_found(effect: Effect, condition: str) -> None:
    book = _book(certifications=(certification("a", FOR, statement("silent", effect, condition)),))
    learner = _only(book, FindingKind.SILENT_STATEMENT, "a: silent")
    (standing,) = _verdict(book, learner).standings
    said = (*standing.reasons_for, *standing.reasons_against, *standing.unmet)
    assert "silent" not in [each.text for each in said]


def test_prerequisite_that_nobody_meets_is_found() -> None:
    silent = statement("silent", Effect.PREREQUISITE, "ghost")
    book = _book(certifications=(certification("a", FOR, silent),))
    assert (FindingKind.SILENT_STATEMENT, "a: silent") in [
        (f.kind, f.about) for f in _findings(book)
    ]


def test_reason_that_its_rule_can_never_show_is_found_with_a_sheet_of_the_rule() -> None:
    book = _book((("wants", "best"), ("", "skip")))
    silent = Citation("silent", "/1", parse("not wants"))
    first = replace(book.rules[0], citations=(ALWAYS, silent))
    book = replace(book, rules=(first, book.rules[1]))
    learner = _only(book, FindingKind.SILENT_STATEMENT, "silent")
    assert _verdict(book, learner).trace[-1].rule is first


@pytest.mark.parametrize("purpose", ["warnings", "advice"])
def test_warning_and_advice_that_never_show_are_found(purpose: str) -> None:
    silent = Citation("silent", "/1", parse("wants and in-skip"))
    book = _book(
        (("wants", "best"), ("", "skip")),
        outcomes={
            "best": outcome("best", Recommends.WORTH_IT),
            "skip": outcome("skip", trait="in-skip"),
        },
    )
    learner = _only(replace(book, **{purpose: (silent,)}), FindingKind.SILENT_STATEMENT, "silent")  # type: ignore[arg-type]
    verdict = _verdict(book, learner)
    assert verdict.warnings == ()


def test_question_that_changes_nothing_is_found() -> None:
    book = _book(questions=(WANTS, CLOUD))
    learner = _only(book, FindingKind.IDLE_QUESTION, "Cloud?")
    assert len({_seen(book, each) for each in _variants(book, learner, "cloud")}) == 1


def test_question_that_only_fits_advice_is_idle_and_one_that_warns_is_not() -> None:
    said = (Citation("uses it", "/1", parse("uses-gcp")),)
    book = _book(questions=(WANTS, CLOUD))
    assert [f.kind for f in _findings(replace(book, advice=said))] == [FindingKind.IDLE_QUESTION]
    assert _findings(replace(book, warnings=said)) == ()


@pytest.mark.parametrize("gate", ["ghost", "member", "later", "wants and not wants"])
def test_question_that_is_never_asked_is_found(gate: str) -> None:
    later = replace(MEMBER, key="later", text="Later?", asked_when=parse(""))
    never = replace(MEMBER, asked_when=parse(gate), text="Never?")
    later = replace(later, choices=(Choice("x", "X", traits=frozenset({"later"})), *WANTS.choices))
    book = _book(
        questions=(WANTS, never, later),
        warnings=(Citation("w", "/w", parse("later")),),
    )
    learner = _only(book, FindingKind.IDLE_QUESTION, "Never?")
    assert "member" not in learner.answers


def test_question_that_brings_up_one_that_counts_counts() -> None:
    assert _findings(_book(questions=(WANTS, MEMBER), warnings=_warning("member"))) == ()


def test_question_that_only_seems_to_bring_one_up_is_idle() -> None:
    gate = replace(CLOUD, key="gate", text="Gate?", is_multiple=False)
    member = replace(MEMBER, asked_when=parse("uses-gcp or not uses-gcp"))
    book = _book(questions=(WANTS, gate, member), warnings=_warning("member"))
    _only(book, FindingKind.IDLE_QUESTION, "Gate?")


def _warning(condition: str) -> tuple[Citation, ...]:
    return (Citation("w", "/w", parse(condition)),)


@pytest.mark.parametrize(
    ("effect", "condition", "other", "against"),
    [
        (Effect.FOR, "wants", Effect.AGAINST, "wants"),
        (Effect.FOR, "not wants", Effect.EITHER, "wants"),
        (Effect.EITHER, "wants", Effect.AGAINST, "not not wants"),
    ],
)
def test_for_and_against_that_come_together_are_found(
    effect: Effect, condition: str, other: Effect, against: str
) -> None:
    book = _book(
        certifications=(
            certification("a", statement("x", effect, condition), statement("y", other, against)),
        )
    )
    found = [each for each in _findings(book) if each.kind is FindingKind.CONTRADICTION]
    assert [each.about for each in found] == ["a: x"]
    (standing,) = _verdict(book, read_answers(book, found[0].witness).sheet).standings
    assert [each.text for each in standing.reasons_for] == ["x"]
    assert [each.text for each in standing.reasons_against] == ["y"]


# --- Against every sheet of random rulebooks --------------------------------------------------


def _variants(book: Rulebook, learner: Sheet, key: str) -> Iterator[Sheet]:
    """The sheets that differ from one in the answer to one question at most, and follow-ups."""
    others = {k: v for k, v in learner.answers.items() if k != key}
    for each in all_sheets(book):
        if all(each.answers.get(k, v) == v for k, v in others.items()):
            yield each


def _seen(book: Rulebook, learner: Sheet) -> tuple[object, ...]:
    verdict = evaluate(learner, today=TODAY, also=book.by_slug)
    return (
        verdict.outcome.slug,
        verdict.recommended,
        frozenset((each.slug, each.standing) for each in verdict.standings),
        tuple(each.url for each in verdict.warnings),
    )


def _counts(book: Rulebook, question: Question) -> bool:
    """True if two sheets get different results, but agree in all else that both answer."""
    sheets = [(dict(each.answers), _seen(book, each)) for each in all_sheets(book)]
    return any(
        _agree(one, other, question.key) and seen != same
        for one, seen in sheets
        for other, same in sheets
        if question.key in one or question.key in other
    )


def _agree(one: Answers, other: Answers, key: str) -> bool:
    return all(one[k] == other[k] for k in one if k in other and k != key)


@settings(STEADY, max_examples=examples(30))
@given(seed=st.integers(0, 10**9))
def test_findings_of_random_rulebooks_are_right_and_complete(seed: int) -> None:
    made = random_book(seed)
    book = replace(made, rules=(*made.rules, replace(made.rules[-1], condition=parse(""))))
    sheets = all_sheets(book)
    if not 0 < len(sheets) < 80:
        return
    found = {(each.kind, each.about) for each in _findings(book)}
    for question in book.questions:
        idle = (FindingKind.IDLE_QUESTION, question.text) in found
        assert idle != _counts(book, question), question
    for each in book.certifications:
        for said in each.statements:
            is_met = {_holds(book, each.slug, said.condition.text, learner) for learner in sheets}
            is_silent = is_met == {False} or (
                said.effect is Effect.PREREQUISITE and is_met == {True}
            )
            assert (
                (FindingKind.SILENT_STATEMENT, f"{each.name}: {said.text}") in found
            ) == is_silent


def _holds(book: Rulebook, slug: str, condition: str, learner: Sheet) -> bool:
    named = {"this"} if book.naming and learner.named == slug else set()
    return parse(condition).is_met(learner.traits | named)


# --- The shipped rulebook ---------------------------------------------------------------------


def test_shipped_rulebook_is_proven(rulebook: Rulebook) -> None:
    report = audit(rulebook, today=timezone.localdate())
    assert report.findings == ()
    assert report.sheets == 1_332_076_051_676_160
    assert sum(number for _, number in report.rules) == report.sheets
    assert {sum(found.values()) for found in report.standings.values()} == {report.sheets}


def test_shipped_rulebook_is_proven_on_the_last_and_the_first_day_of_every_closing(
    rulebook: Rulebook,
) -> None:
    certifications = tuple(
        replace(each, reported="open") if each.sales_end_on or each.closes_on else each
        for each in rulebook.certifications
    )
    days = {
        day + timedelta(days=shift)
        for each in certifications
        for day, shift in ((each.sales_end_on, -1), (each.closes_on, 0))
        if day
    }
    days |= {day + timedelta(days=1) for day in days}
    book = replace(rulebook, certifications=certifications)
    tried = sorted(days)[:: 1 if THOROUGH else 3]
    assert {day: audit(book, today=day).findings for day in tried} == dict.fromkeys(tried, ())
