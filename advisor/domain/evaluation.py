"""The verdict on one answer sheet: outcome, recommendation, standings, and what explains them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.cautions import platform_cautions
from advisor.domain.certifications import Certification, Rated, Statement
from advisor.domain.decision import Decision, decide, fitting_candidates
from advisor.domain.held_certifications import notes_on_held
from advisor.domain.outcomes import Outcome
from advisor.domain.preference import why_before
from advisor.domain.questions import Answer
from advisor.domain.reasons import (
    Reason,
    answers_behind,
    learners_words,
    quoted,
    reason_of,
)
from advisor.domain.rulebook import Rule
from advisor.domain.standing import Standing, StandingAssessment, assess


class ExplainedStanding(NamedTuple):
    """The standing of one certification with its reasons; `notes` are for who holds it."""

    slug: str
    standing: Standing
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    unmet: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    notes: tuple[Reason, ...] = ()

    def only(self, keep: Callable[[Reason], bool]) -> "ExplainedStanding":
        """The same standing with some of its reasons; the notes stay."""
        return self._replace(
            reasons_for=tuple(filter(keep, self.reasons_for)),
            reasons_against=tuple(filter(keep, self.reasons_against)),
            unmet=tuple(filter(keep, self.unmet)),
            cautions=tuple(filter(keep, self.cautions)),
        )


class TraceStep(NamedTuple):
    """One rule as it was tried."""

    rule: Rule
    is_matched: bool
    because: tuple[Answer, ...]

    @property
    def said(self) -> str:
        """The answers that it looked at, in the learner's words."""
        return learners_words(self.because)


class Advice(NamedTuple):
    """A better use of time and money, and whether it fits this learner especially."""

    reason: Reason
    is_fitting: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one answer sheet; `nearest` says, if none fits, which came closest.

    `passed_over` has what would have fitted too, each with why the recommended one is preferred.
    `standings` leave out what is not rated, but for the one required; `not_rated` is the number of
    those.
    """

    outcome: Outcome
    headline: str
    reasons: tuple[Reason, ...]
    recommended: str | None
    passed_over: tuple[tuple[str, str], ...]
    standings: tuple[ExplainedStanding, ...]
    nearest: tuple[str, ...]
    warnings: tuple[Reason, ...]
    instead: tuple[Advice, ...]
    trace: tuple[TraceStep, ...]
    not_rated: int

    @property
    def left_open(self) -> tuple[str, ...]:
        """The certifications that nothing stands against and something speaks for."""
        is_open = (Standing.REQUIRED, Standing.WORTH_IT, Standing.NOT_YET)
        return tuple(standing.slug for standing in self.standings if standing.standing in is_open)


def evaluate(sheet: Sheet, *, today: date, also: Collection[str] = ()) -> Verdict:
    """Decide for a complete sheet on a day, and explain every part of it from the same findings.

    `also` names certifications whose standing is wanted though the guide may not rate them.
    """
    rulebook, decision = sheet.rulebook, decide(sheet, today=today)
    found = {
        certification.slug: assess(certification, sheet, today=today)
        for certification in _to_assess(sheet, also)
    }
    outcome = decision.outcome
    traits = sheet.traits | {outcome.trait or ""}
    return Verdict(
        outcome=outcome,
        headline=rulebook.sentence(outcome.slug, decision.recommended),
        reasons=_cited(sheet, decision.rule),
        recommended=decision.recommended,
        passed_over=tuple(_passed_over(decision, sheet, today)),
        standings=tuple(explained(sheet, standing) for standing in found.values()),
        nearest=_nearest(decision, found),
        warnings=tuple(
            reason_of(sheet, citation, traits)
            for citation in rulebook.warnings
            if citation.condition.is_met(traits)
        ),
        instead=_instead(sheet, traits),
        trace=_trace(sheet, decision.rule),
        not_rated=len(rulebook.certifications) - len(found),
    )


def _to_assess(sheet: Sheet, also: Collection[str]) -> Iterator[Certification]:
    """The certifications to explain: one standing is everybody's where the guide rates nothing."""
    yield from sheet.rulebook.rated
    for slug in dict.fromkeys((sheet.named, *also)):
        certification = sheet.rulebook.by_slug.get(slug or "")
        if certification and certification.rated is Rated.NO:
            yield certification


def _passed_over(decision: Decision, sheet: Sheet, today: date) -> Iterator[tuple[str, str]]:
    best = decision.recommended
    if best is None:
        return
    for slug in fitting_candidates(decision.outcome, sheet, decision.candidates, today):
        if slug != best:
            yield slug, why_before(best, slug, sheet, today=today)


def _nearest(decision: Decision, found: Mapping[str, StandingAssessment]) -> tuple[str, ...]:
    """If the outcome came from finding none: what argued for itself, else every candidate."""
    if decision.outcome is decision.rule.outcome:
        return ()
    argued = [slug for slug in decision.candidates if found[slug].arguments_for]
    return tuple(argued or decision.candidates)


def explained(sheet: Sheet, found: StandingAssessment) -> ExplainedStanding:
    """Put the findings on a certification into reasons."""

    def say(statements: Iterable[Statement]) -> tuple[Reason, ...]:
        return tuple(reason_of(sheet, statement, found.traits) for statement in statements)

    return ExplainedStanding(
        slug=found.certification.slug,
        standing=found.standing,
        reasons_for=say(found.arguments_for),
        reasons_against=found.obstacles + say(found.arguments_against),
        unmet=say(found.unmet),
        cautions=(
            *found.cautions,
            *platform_cautions(sheet, found.certification, found.status),
            *say(found.limits_met),
        ),
        notes=tuple(notes_on_held(sheet.rulebook, found.certification)) if found.is_held else (),
    )


def _cited(sheet: Sheet, rule: Rule) -> tuple[Reason, ...]:
    # A rule that always applies decides because the one before it did not.
    rules = sheet.rulebook.rules
    before = rules[max(0, rules.index(rule) - 1)]
    deciding = rule.condition if rule.condition.text else before.condition
    reasons = []
    for citation in rule.citations:
        if citation.condition.is_met(sheet.traits):
            condition = citation.condition if citation.condition.text else deciding
            reasons.append(quoted(citation, answers_behind(sheet, condition, sheet.traits)))
    return tuple(reasons)


def _instead(sheet: Sheet, traits: frozenset[str]) -> tuple[Advice, ...]:
    advice = [
        Advice(reason_of(sheet, citation, traits), is_fitting=True)
        if citation.condition.is_met(traits)
        else Advice(quoted(citation), is_fitting=False)
        for citation in sheet.rulebook.advice
        if citation.possible_when.is_met(traits)
    ]
    return tuple(sorted(advice, key=lambda option: not option.is_fitting))


def _trace(sheet: Sheet, deciding: Rule) -> tuple[TraceStep, ...]:
    rules = sheet.rulebook.rules
    return tuple(
        TraceStep(rule, rule is deciding, answers_behind(sheet, rule.condition, sheet.traits))
        for rule in rules[: rules.index(deciding) + 1]
    )
