"""The explained answer about one certification: reasons that rest on given answers alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from advisor.domain.about import AboutAnswer, AboutQuestions, AnswerKind
from advisor.domain.agreed_verdict import (
    Given,
    agreed_advice,
    agreed_standing,
    answers_that_count,
    grounded,
)
from advisor.domain.answers import Sheet, read_answers
from advisor.domain.counterfactuals import Move, cost_of_moves, moves_from
from advisor.domain.evaluation import (
    Advice,
    ExplainedStanding,
    Reason,
    Verdict,
    answers_behind,
    evaluate,
)
from advisor.domain.preference import why_before
from advisor.domain.rulebook import Effect, Rulebook


class ExplainedAnswer(NamedTuple):
    """The answer about a certification, with what made it so.

    `reasons` are the decisive ones, and `standing` has all that is known of the certification for
    this learner; `why_another` completes “because …” where another comes first. `instead` has the
    guide's better uses of time and money.
    """

    slug: str
    answer: AboutAnswer
    reasons: tuple[Reason, ...]
    standing: ExplainedStanding
    why_another: str
    instead: tuple[Advice, ...]


class AnswerChange(NamedTuple):
    """One given answer that, given otherwise, alters the answer about a certification.

    `answer` is None if more would have to be asked then; `cost_usd` is the price of the change.
    """

    move: Move
    answers: Mapping[str, tuple[str, ...]]
    answer: AboutAnswer | None
    cost_usd: int | None


def explain(
    rulebook: Rulebook, about: AboutQuestions, sheet: Sheet, *, today: date
) -> ExplainedAnswer | None:
    """The answer about a certification that a sheet, complete or not, settles; None if none."""
    answer = about.answer(sheet)
    if answer is None:
        return None
    examples = [read_answers(rulebook, way).sheet for way in about.examples(sheet.answers)]
    verdicts = [evaluate(rulebook, way, today=today, also=(about.slug,)) for way in examples]
    given = answers_that_count(rulebook, sheet, examples[0])
    standing = next(s for s in verdicts[0].standings if s.slug == about.slug)
    known = agreed_standing(rulebook, standing, examples[0], given)
    missed = tuple(_missed(rulebook, about.slug, examples[0]))
    decisive = _decisive(answer.kind, standing, verdicts, missed)
    why = ""
    if answer.another:
        why = why_before(rulebook, answer.another, about.slug, examples[0], today=today)
    return ExplainedAnswer(
        about.slug,
        answer,
        grounded(decisive, given) or _with_given(decisive, given),
        known,
        why,
        agreed_advice(rulebook, verdicts[0], given),
    )


def _decisive(
    kind: AnswerKind,
    standing: ExplainedStanding,
    verdicts: Sequence[Verdict],
    missed: Sequence[Reason],
) -> tuple[Reason, ...]:
    """The reasons from which the answer follows.

    `missed` are the sentences that would speak for the certification if they applied.
    """
    outcome = {reason.url: reason for verdict in verdicts for reason in verdict.reasons}
    decisive = {
        AnswerKind.CLOSED: standing.reasons_against,
        AnswerKind.RULED_OUT: standing.reasons_against,
        AnswerKind.NOT_YET: standing.unmet,
        AnswerKind.HELD: standing.notes,
        AnswerKind.NOT_NOW: outcome.values(),
        AnswerKind.GET_IT: (*verdicts[0].reasons, *standing.reasons_for),
        AnswerKind.ANOTHER: standing.reasons_for,
        AnswerKind.NOT_RATED: standing.cautions[:1],
        AnswerKind.NO_REASON: missed,
    }
    return tuple(decisive[kind])


def _missed(rulebook: Rulebook, slug: str, sheet: Sheet) -> Iterator[Reason]:
    """The sentences that argue for a certification and do not apply to a learner."""
    for statement in rulebook.by_slug[slug].statements:
        if statement.effect is Effect.FOR and not statement.condition.is_met(sheet.traits):
            because = answers_behind(rulebook, sheet, statement.condition, sheet.traits)
            yield Reason(statement.text, statement.url, because)


def _with_given(reasons: Iterable[Reason], given: Given) -> tuple[Reason, ...]:
    """The reasons of every possibility, each with the given answers behind it only."""
    found = []
    for reason in reasons:
        because = tuple(answer for answer in reason.because if answer in given)
        found.append(reason._replace(because=because))
    return tuple(found)


def changes_about(
    rulebook: Rulebook, about: AboutQuestions, sheet: Sheet
) -> tuple[AnswerChange, ...]:
    """The given answers in the learner's power that, given otherwise, alter the answer.

    Those that lead to “get it” come first, then those that settle another answer. A change that
    costs more than the learner can spend is none.
    """
    now = about.answer(sheet)
    changes = []
    for key, before in sheet.answers.items():
        for move in moves_from(rulebook.by_key[key], before):
            if not move.is_in_reach:
                continue
            other = read_answers(rulebook, {**sheet.answers, key: move.after}).sheet
            then = about.answer(other)
            cost, limit = cost_of_moves(rulebook, (move,), about.slug), other.limits[0]
            if then != now and (cost is None or limit is None or cost <= limit.most):
                changes.append(AnswerChange(move, other.answers, then, cost))
    return tuple(sorted(changes, key=_rank))


def _rank(change: AnswerChange) -> tuple[bool, bool]:
    is_get_it = change.answer is not None and change.answer.kind is AnswerKind.GET_IT
    return not is_get_it, change.answer is None
