"""The verdict as JSON, as the contract of `/advisor/result.json` has it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from advisor.about_certification_page import AboutPage, headline
from advisor.domain.about_certification import AnswerKind
from advisor.domain.about_certification_explained import ExplainedAnswer
from advisor.domain.answers import ABOUT, Reading
from advisor.domain.audit_report import AuditReport
from advisor.domain.counterfactuals import Counterfactual, Move
from advisor.domain.evaluation import ExplainedStanding, TraceStep
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.domain.questions import Answer, Question
from advisor.domain.reasons import Reason
from advisor.domain.rulebook import Rulebook
from advisor.result import Result
from advisor.url_builder import list_url, pairs_of, result_url, search_url
from catalog.url_parameters import Problem

SHOWN = 80  # characters of a value that we could not read, when we repeat it


def verdict_as_json(found: Result) -> dict[str, Any]:
    """The whole verdict; lists are in the order in which the page has them."""
    verdict, nearest = found.verdict, found.nearest_change
    return {
        "content_version": found.reading.rulebook.version,
        "as_of": found.today.isoformat(),
        **_answers(found.reading),
        "outcome": {
            "slug": verdict.outcome.slug,
            "headline": verdict.headline,
            "reasons": _reasons(verdict.reasons),
        },
        "recommended": verdict.recommended,
        "nearest": list(verdict.nearest),
        "certifications": [_standing(standing) for standing in verdict.standings],
        "not_rated": verdict.not_rated,
        "warnings": _reasons(verdict.warnings),
        "instead": _reasons(advice.reason for advice in verdict.instead),
        "changes": [{**_move(change.moves[0]), **_change(change)} for change in found.changes],
        "nearest_change": nearest
        and {"moves": [_move(move) for move in nearest.moves], **_change(nearest)},
        "list": list_url(verdict.left_open),
        "trace": [_step(step) for step in verdict.trace],
    }


def about_as_json(page: AboutPage) -> dict[str, Any]:
    """The answers about the certifications asked about, with the verdict as far as it is settled.

    `about` is an object for one certification, and a list of such objects for several.
    """
    about = page.about
    answers = [_answer_about(about.reading.rulebook, found) for found in page.answers]
    if page.settled:
        verdict = verdict_as_json(page.settled)
    else:
        first = page.answers[0]
        is_own = first.answer.kind is AnswerKind.GET_IT
        verdict = {
            "content_version": about.reading.rulebook.version,
            "as_of": about.today.isoformat(),
            "outcome": None,
            "recommended": first.slug if is_own else first.answer.another,
            "certifications": [_standing(found.standing) for found in page.answers],
            "warnings": [],
            "instead": _reasons(advice.reason for advice in first.instead),
            "trace": [],
        }
    return {
        **verdict,
        **_answers(about.reading),
        "about": answers[0] if len(answers) == 1 else answers,
        "changes": [
            {
                **_move(change.move),
                "answer": change.answer.kind.value if change.answer else None,
                "url": page.change_url(change),
            }
            for change in page.answer_changes
        ],
    }


def _answer_about(rulebook: Rulebook, found: ExplainedAnswer) -> dict[str, Any]:
    return {
        "slug": found.slug,
        "answer": found.answer.kind.value,
        "headline": headline(rulebook, found.slug, found.answer),
        "another": found.answer.another,
        "reasons": _reasons((*found.reasons, *found.would_need)),
    }


def unknown_as_json(unknown: Iterable[str]) -> dict[str, Any]:
    """The values of `about` that name no certification, and where to search for them."""
    invalid = [
        {
            "parameter": ABOUT,
            "value": value[:SHOWN],
            "reason": "The catalogue has no such certification: search for it.",
            "search": search_url(value.replace("-", " ")[:SHOWN]),
        }
        for value in unknown
    ]
    return {"error": "The catalogue does not have what you ask about.", "invalid": invalid}


def incomplete_as_json(reading: Reading, problems: Iterable[Problem] = ()) -> dict[str, Any]:
    """The problems that keep a sheet from having a verdict."""
    invalid = [
        _problem(problem) for problem in (*reading.problems, *reading.contradictions, *problems)
    ]
    if invalid:
        error = "The address has parameters that can’t be understood: see “invalid”."
    else:
        error = "The answer sheet is not complete: see “missing”."
    return {"error": error, "missing": list(reading.missing), "invalid": invalid}


def undecided_as_json(reading: Reading, prospect: PossibleVerdicts) -> dict[str, Any]:
    """The open questions that have to be answered for a verdict."""
    return {
        "error": "Open answers can still lead to several verdicts: see “missing” for what decides.",
        "missing": list(prospect.deciding),
        "invalid": [],
        "open": list(reading.left_open),
    }


def report_as_json(rulebook: Rulebook, report: AuditReport, *, today: date) -> dict[str, Any]:
    """The proof over all answer sheets: exact numbers, and each finding with its witness."""
    return {
        "content_version": rulebook.version,
        "as_of": today.isoformat(),
        "sheets": report.sheets,
        "outcomes": dict(report.outcomes),
        "shares": {
            slug: weight / report.weighed.sheets for slug, weight in report.weighed.outcomes.items()
        },
        "recommended": dict(report.recommended),
        "rules": [
            {"rule": rule.order, "name": rule.name, "outcome": rule.outcome.slug, "sheets": sheets}
            for rule, sheets in report.rules
        ],
        "certifications": [
            {"slug": slug, "standings": {standing.value: n for standing, n in standings.items()}}
            for slug, standings in report.standings.items()
        ],
        "findings": [
            {
                "kind": finding.kind.value,
                "about": finding.about,
                "words": finding.words,
                "breaks_a_promise": finding.kind.breaks_a_promise,
                "witness": result_url(pairs_of(finding.witness)),
            }
            for finding in report.findings
        ],
    }


def _answers(reading: Reading) -> dict[str, Any]:
    by_key, answers = reading.rulebook.by_key, reading.sheet.answers
    return {
        "answers": {key: _values(by_key[key], values) for key, values in answers.items()},
        "open": list(reading.left_open),
        "dropped": [question.key for question in reading.dropped],
    }


def _values(question: Question, values: tuple[str, ...]) -> str | list[str]:
    return list(values) if question.is_multiple else values[0]


def _because(answers: Iterable[Answer]) -> list[dict[str, str]]:
    return [{"question": answer.question, "answer": answer.answer} for answer in answers]


def _reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [_reason(reason) for reason in reasons]


def _reason(reason: Reason) -> dict[str, Any]:
    said = {"text": reason.text, "url": reason.url, "because": _because(reason.because)}
    if reason.beside:
        said["beside"] = reason.beside
    return said if reason.source is None else {**said, "fact": True, "source": reason.source}


def _standing(standing: ExplainedStanding) -> dict[str, Any]:
    return {
        "slug": standing.slug,
        "standing": standing.standing.value,
        "for": _reasons(standing.reasons_for),
        "against": _reasons(standing.reasons_against),
        "unmet": _reasons(standing.unmet),
        "cautions": _reasons(standing.cautions),
        **({"notes": _reasons(standing.notes)} if standing.notes else {}),
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "question": move.question.key,
        "from": _values(move.question, move.before),
        "to": _values(move.question, move.after),
    }


def _change(change: Counterfactual) -> dict[str, Any]:
    by_key, answers = change.sheet.rulebook.by_key, change.sheet.answers
    return {
        "also": {key: _values(by_key[key], answers[key]) for key in change.follow_ups},
        "outcome": change.outcome,
        "recommended": change.recommended,
        "cost_usd": change.cost_usd,
        "url": result_url(change.sheet.pairs),
    }


def _step(step: TraceStep) -> dict[str, Any]:
    return {
        "rule": step.rule.order,
        "name": step.rule.name,
        "outcome": step.rule.outcome.slug,
        "condition": step.rule.condition.text,
        "because": _because(step.because),
        "matched": step.is_matched,
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "parameter": problem.parameter[:SHOWN],
        "value": problem.value[:SHOWN],
        "reason": problem.reason,
    }
