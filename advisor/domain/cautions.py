"""Cautions on a certification: the facts to know before getting it."""

from collections.abc import Iterator
from datetime import date

from advisor.domain.answers import Sheet
from advisor.domain.certifications import Certification, Rated
from advisor.domain.learners import OneLearner
from advisor.domain.reasons import Reason, reported
from catalog.fact_words import closing_sentence, dollars, months_words
from catalog.lifecycle import Status

NOT_RATED = "The guide does not rate it."
RATED_BY_KIND = "The guide does not name it: what it says here, it says of its kind."
ITS_WORD = "The guide"  # the source of what the guide rates


def cautions_on(
    certification: Certification, learner: OneLearner, status: Status, today: date
) -> Iterator[Reason]:
    """Everything to know before getting it: what is unknown, may be too much, or has changed."""
    if certification.rated is not Rated.BY_NAME:
        words = NOT_RATED if certification.rated is Rated.NO else RATED_BY_KIND
        yield reported(words, certification.lifecycle._replace(source=ITS_WORD))
    if certification.has_facts and status is not Status.CLOSED:
        yield from _unknown_facts(certification, learner.traits, status, today)
        yield from _spans_over_limit(certification, learner)
    for correction in certification.corrections:
        yield reported(correction.text, correction.fact)


def _unknown_facts(
    certification: Certification, traits: frozenset[str], status: Status, today: date
) -> Iterator[Reason]:
    if status is Status.UNKNOWN:
        words = "Whether it is still open is not known: ask the provider."
        yield reported(words, certification.lifecycle)
    if status is Status.CLOSING:
        yield reported(closing_sentence(certification, today), certification.lifecycle)
    if certification.cost_usd(traits) is None:
        words = "What it costs in all is not known: ask before you decide."
        yield reported(words, certification.price)
    if certification.months_min is None:
        yield reported("How long it takes is not known.", certification.study_time)


def _spans_over_limit(certification: Certification, learner: OneLearner) -> Iterator[Reason]:
    """The spans that begin within a limit of the learner and end over it."""
    in_dollars, in_months = learner.limits
    least, most = certification.total_usd, certification.most_usd
    is_free = bool(certification.free_with) and certification.free_with in learner.traits
    if in_dollars and least is not None and most is not None and not is_free:
        sum_in_words = dollars(in_dollars.most)
        words = f"It can cost up to {dollars(most)} in all, and you can spend {sum_in_words}."
        if least <= in_dollars.most < most:
            yield reported(words, certification.price, (in_dollars.because,))
    shortest, longest = certification.months_min, certification.months_max
    if in_months and shortest is not None and longest is not None:
        given = months_words(in_months.most)
        words = f"It can take up to {months_words(longest)}, and you have {given}."
        if shortest <= in_months.most < longest:
            yield reported(words, certification.study_time, (in_months.because,))


def platform_cautions(
    sheet: Sheet, certification: Certification, status: Status
) -> Iterator[Reason]:
    """The caution that what can be had is tied to a platform that the learner does not use."""
    if status is Status.CLOSED:
        return
    asked = [question for question in sheet.rulebook.tying if question.key in sheet.answers]
    if certification.platform and asked and certification.platform not in sheet.platforms:
        answers = (q.answers[value] for q in asked for value in sheet.answers[q.key])
        text = "It is tied to one cloud platform, and not to one that you use."
        yield reported(text, certification.lifecycle, tuple(answers))
