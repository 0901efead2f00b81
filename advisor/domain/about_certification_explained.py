"""The explained answer about one certification: reasons that rest on given answers alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from advisor.domain.about_certification import AboutAnswer, AboutQuestions, AnswerKind
from advisor.domain.agreed_explanation import (
    agreed_advice,
    agreed_standing,
    answers_that_count,
    grounded,
    with_given,
)
from advisor.domain.answers import Sheet, read_answers
from advisor.domain.cautions import ITS_WORD
from advisor.domain.certifications import Effect
from advisor.domain.counterfactuals import Move, cost_of_moves, moves_from
from advisor.domain.evaluation import Advice, ExplainedStanding, Verdict, evaluate
from advisor.domain.preference import why_before
from advisor.domain.reasons import Reason, quoted, reason_of, reported
from advisor.domain.rulebook import Rulebook

NO_SENTENCE = "An editor has rated it; the guide has no sentence that says why."


class ExplainedAnswer(NamedTuple):
    """The answer about a certification, with what made it so.

    `reasons` are the decisive ones; `would_need` has the sentences that it would have to meet:
    those that would speak for it, or, where the guide does not rate it, the guide's criteria.
    `standing` has all that is known of the certification for this learner; `why_another` completes
    “because …” where another comes first. `instead` has the guide's better uses of time and money.
    """

    slug: str
    answer: AboutAnswer
    reasons: tuple[Reason, ...]
    would_need: tuple[Reason, ...]
    standing: ExplainedStanding
    why_another: str
    instead: tuple[Advice, ...]

    @property
    def beside(self) -> ExplainedStanding:
        """The standing with the reasons that are not among those of the answer."""
        said = {*self.reasons, *self.would_need}
        return self.standing.only(lambda reason: reason not in said)


class AnswerChange(NamedTuple):
    """One given answer that, given otherwise, alters the answer about a certification.

    `answer` is None if more would have to be asked then; `cost_usd` is the price of the change.
    """

    move: Move
    answers: Mapping[str, tuple[str, ...]]
    answer: AboutAnswer | None
    cost_usd: int | None


def explain(about: AboutQuestions, sheet: Sheet, *, today: date) -> ExplainedAnswer | None:
    """The answer about a certification that a sheet, complete or not, settles; None if none."""
    answer = about.answer(sheet)
    if answer is None:
        return None
    rulebook = sheet.rulebook
    examples = [read_answers(rulebook, way).sheet for way in about.examples(sheet.answers)]
    verdicts = [evaluate(way, today=today, also=(about.slug,)) for way in examples]
    given = answers_that_count(sheet, examples[0])
    standing = next(s for s in verdicts[0].standings if s.slug == about.slug)
    decisive = _decisive(rulebook, answer.kind, standing, verdicts)
    would_need = tuple(_would_need(answer.kind, about.slug, examples[0]))
    if not (decisive or would_need):
        fact = rulebook.by_slug[about.slug].lifecycle
        decisive = (reported(NO_SENTENCE, fact._replace(source=ITS_WORD)),)
    why = ""
    if answer.another:
        why = why_before(answer.another, about.slug, examples[0], today=today)
    return ExplainedAnswer(
        about.slug,
        answer,
        grounded(decisive, given) or with_given(decisive, given),
        with_given(would_need, given),
        agreed_standing(standing, examples[0], given),
        why,
        agreed_advice(rulebook, verdicts[0], given),
    )


def _decisive(
    rulebook: Rulebook,
    kind: AnswerKind,
    standing: ExplainedStanding,
    verdicts: Sequence[Verdict],
) -> tuple[Reason, ...]:
    """The reasons from which the answer follows."""
    outcome = {reason.url: reason for verdict in verdicts for reason in verdict.reasons}
    decisive: Mapping[AnswerKind, Iterable[Reason]] = {
        AnswerKind.CLOSED: standing.reasons_against,
        AnswerKind.RULED_OUT: standing.reasons_against,
        AnswerKind.NOT_YET: standing.unmet,
        AnswerKind.HELD: standing.notes,
        AnswerKind.NOT_NOW: outcome.values(),
        AnswerKind.GET_IT: (*verdicts[0].reasons, *standing.reasons_for),
        AnswerKind.ANOTHER: standing.reasons_for,
        AnswerKind.NOT_RATED: standing.cautions[:1],
        AnswerKind.NO_REASON: map(quoted, rulebook.by_slug[standing.slug].judgement),
    }
    return tuple(decisive[kind])


def _would_need(kind: AnswerKind, slug: str, sheet: Sheet) -> Iterator[Reason]:
    """The sentences that argue for a certification and do not apply; of an unrated, criteria."""
    if kind is AnswerKind.NOT_RATED:
        yield from map(quoted, sheet.rulebook.criteria)
    if kind is not AnswerKind.NO_REASON:
        return
    for statement in sheet.rulebook.by_slug[slug].statements:
        if statement.effect is Effect.FOR and not statement.condition.is_met(sheet.traits):
            yield reason_of(sheet, statement, sheet.traits)


def changes_about(about: AboutQuestions, sheet: Sheet) -> tuple[AnswerChange, ...]:
    """The given answers in the learner's power that, given otherwise, alter the answer.

    Those that lead to “get it” come first, then those that settle another answer. A change that
    costs more than the learner can spend is none.
    """
    rulebook, now = sheet.rulebook, about.answer(sheet)
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
