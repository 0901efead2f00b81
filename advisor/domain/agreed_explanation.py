"""The verdict that partial answers agree on, with reasons that rest on given answers alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from advisor.domain.answers import Sheet, read_answers
from advisor.domain.evaluation import Advice, ExplainedStanding, Verdict, evaluate
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.domain.questions import Answer
from advisor.domain.reasons import Reason, answers_behind, quoted
from advisor.domain.rulebook import Rulebook
from advisor.domain.standing import Standing
from catalog.conditions import Condition, parse

Given = frozenset[Answer]


def agreed_verdict(prospect: PossibleVerdicts, sheet: Sheet, *, today: date) -> Verdict:
    """The verdict that holds whatever is answered to the open questions.

    It says only what the answers given are enough for: of the standings just those of the
    certifications recommended and required, and no reason that rests on an open answer. Where every
    reason does, it has those of each rule that can decide, and with them only the answers given.
    """
    examples = [read_answers(sheet.rulebook, answers).sheet for answers in prospect.examples]
    found = [evaluate(example, today=today) for example in examples]
    verdict, example = found[0], examples[0]
    given = answers_that_count(sheet, example)
    naming = sheet.rulebook.naming
    named = {answer.answer for answer in given if naming and answer.question == naming.key}
    shown = {verdict.recommended} | {
        standing.slug
        for standing in verdict.standings
        if standing.slug in named and _is_standing_sure(standing, example, given)
    }
    return replace(
        verdict,
        reasons=_reasons_of_all(found, given),
        standings=tuple(
            agreed_standing(standing, example, given)
            for standing in verdict.standings
            if standing.slug in shown
        ),
        passed_over=(),
        nearest=(),
        warnings=grounded(verdict.warnings, given),
        instead=agreed_advice(sheet.rulebook, verdict, given),
        trace=(),
    )


def answers_that_count(sheet: Sheet, example: Sheet) -> Given:
    """The answers that count in any case: not those to questions that may not be asked."""
    given: Given = frozenset()
    for key, values in sheet.answers.items():
        question = sheet.rulebook.by_key[key]
        if key in example.answers and _is_sure(example, question.asked_when, given):
            given |= {question.answers[value] for value in values}
    return given


def _is_sure(example: Sheet, condition: Condition, given: Given) -> bool:
    """True if answers given alone decide that a condition is met, or is not."""
    return given.issuperset(answers_behind(example, condition, example.traits))


def _is_standing_sure(standing: ExplainedStanding, example: Sheet, given: Given) -> bool:
    """True unless an open answer may say that the certification required is held."""
    holding = example.rulebook.holding
    if holding is None or standing.slug not in holding.by_key:
        return True
    if holding.key in example.answers:
        is_known = any(answer.question == holding.key for answer in given)
    else:
        is_known = _is_sure(example, holding.asked_when, given)
    return is_known or standing.standing is Standing.CLOSED


def _reasons_of_all(found: list[Verdict], given: Given) -> tuple[Reason, ...]:
    """The reasons of the rules that apply whatever is answered; without any, of all that may."""
    sure = {
        reason.url: reason
        for verdict in found
        if len(found) == 1 or given.issuperset(verdict.trace[-1].because)
        for reason in grounded(verdict.reasons, given)
    }
    if sure:
        return tuple(sure.values())
    possible = {reason.url: reason for verdict in found for reason in verdict.reasons}
    return with_given(possible.values(), given)


def agreed_standing(standing: ExplainedStanding, example: Sheet, given: Given) -> ExplainedStanding:
    """The standing of a certification with the reasons that rest on given answers alone."""
    certification = example.rulebook.by_slug[standing.slug]
    is_cost_sure = _is_sure(example, parse(certification.free_with or ""), given)

    def is_grounded(reason: Reason) -> bool:
        is_of_cost = reason.url == certification.price.url
        return given.issuperset(reason.because) and (is_cost_sure or not is_of_cost)

    return standing.only(is_grounded)


def agreed_advice(rulebook: Rulebook, verdict: Verdict, given: Given) -> tuple[Advice, ...]:
    """The advice that can be followed whatever is answered, that which is sure to fit first."""
    sure = (rulebook.by_key[answer.question].by_key[answer.answer].traits for answer in given)
    traits = frozenset[str]().union(*sure)
    possible = {advice.reason.url for advice in verdict.instead}
    fitting = {
        advice.reason.url: advice
        for advice in verdict.instead
        if advice.is_fitting and given.issuperset(advice.reason.because)
    }
    others = (
        Advice(quoted(citation), is_fitting=False)
        for citation in rulebook.advice
        if citation.url in possible
        and citation.url not in fitting
        and citation.possible_when.is_met(traits)
    )
    return (*fitting.values(), *others)


def grounded(reasons: Iterable[Reason], given: Given) -> tuple[Reason, ...]:
    """The reasons that rest on given answers alone."""
    return tuple(reason for reason in reasons if given.issuperset(reason.because))


def with_given(reasons: Iterable[Reason], given: Given) -> tuple[Reason, ...]:
    """The same reasons, each with the given answers behind it only."""
    found = []
    for reason in reasons:
        because = tuple(answer for answer in reason.because if answer in given)
        found.append(reason._replace(because=because))
    return tuple(found)
