"""A certification as readers saw it on a day, and the differences between two days in words."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from catalog.editorial.rows import ContentRow
from catalog.fact_words import dates_words
from catalog.lifecycle import Status, is_ahead
from catalog.models import Certification, Correction, Lifecycle, Price, Statement, Succession

M = TypeVar("M", bound=ContentRow)


class ChangeKind(StrEnum):
    """The subject of a change; changes of one day are listed in this order."""

    ADDED = "added"
    CLOSED = "closed"
    REOPENED = "reopened"
    TIER = "tier"
    PRICE = "price"
    STUDY_TIME = "study time"
    STATUS = "status"
    SUCCESSOR = "successor"
    JUDGEMENT = "judgement"


class DayDifference(NamedTuple):
    """A difference between the ends of two days, as readers are told of it."""

    kind: ChangeKind
    words: str
    row: str = ""  # the statement or correction, of which several can change in a day


class CertificationState(NamedTuple):
    """A certification as readers saw it at the end of a day: facts in words, and sentences."""

    facts: dict[ChangeKind, str]
    is_closed: bool
    dates: str
    sentences: dict[str, dict[str, Any]]


Rows = dict[type[ContentRow], dict[int, dict[str, Any]]]  # the values of each row, by primary key


class KnownNames(NamedTuple):
    """The names of rows by primary key, of deleted rows too."""

    tiers: dict[int, str]
    successors: dict[int, str]


def state_of(rows: Rows, day: date, names: KnownNames) -> CertificationState | None:
    """The certification as readers saw it at the end of a day; None if it was not there."""
    if not rows[Certification]:
        return None
    certification = _only_row(Certification, rows)
    lifecycle = _only_row(Lifecycle, rows)
    successions = sorted(rows[Succession].values(), key=itemgetter("order"))
    successors = (names.successors.get(values["successor_id"]) for values in successions)
    dates, status = dates_words(lifecycle, day), lifecycle.status_on(day)
    facts = {
        ChangeKind.STATUS: f"{status} ({dates})" if dates else status,
        ChangeKind.TIER: names.tiers.get(certification.tier_id or 0, "not rated"),
        ChangeKind.STUDY_TIME: certification.study_time,
        ChangeKind.PRICE: str(_only_row(Price, rows)),
        ChangeKind.SUCCESSOR: " and ".join(filter(None, successors)) or "none",
    }
    sentences = {}
    for model in (Statement, Correction):
        for row, values in rows[model].items():
            sentences[f"{model.__name__} {row}"] = values
    # What is not open yet counts as closed, but nobody should read that it has closed.
    is_closed = status is Status.CLOSED and not is_ahead(lifecycle.opens_on, day)
    return CertificationState(facts, is_closed, dates, sentences)


def _only_row(model: type[M], rows: Rows) -> M:
    """An instance with the values of the only row, or with none where there is no row.

    So words and status come from the model itself, as on today's pages.
    """
    return model(**next(iter(rows[model].values()), {}))


def differences(
    before: CertificationState | None, after: CertificationState | None
) -> Iterator[DayDifference]:
    """The differences between two days, if the certification was there on both."""
    if before is None or after is None:
        return
    for kind, words in after.facts.items():
        if words != before.facts[kind]:
            yield _difference_of_fact(kind, before, after)
    for row in after.sentences.keys() | before.sentences.keys():
        words = _difference_of_sentence(before.sentences.get(row, {}), after.sentences.get(row, {}))
        if words:
            sentence = f"{row.partition(' ')[0]}{words}"
            yield DayDifference(ChangeKind.JUDGEMENT, sentence, row)


def _difference_of_fact(
    kind: ChangeKind, before: CertificationState, after: CertificationState
) -> DayDifference:
    if kind is ChangeKind.STATUS and after.is_closed and not before.is_closed:
        return DayDifference(
            ChangeKind.CLOSED, f"Closed: {after.dates}" if after.dates else "Closed"
        )
    is_reopened = kind is ChangeKind.STATUS and before.is_closed and not after.is_closed
    shown = ChangeKind.REOPENED if is_reopened else kind
    words = f"{shown.capitalize()}: {after.facts[kind]}, before {before.facts[kind]}"
    return DayDifference(shown, words)


def _difference_of_sentence(before: dict[str, Any], after: dict[str, Any]) -> str:
    if after == before:
        return ""
    if not after:
        return f" removed: “{before['text']}”"
    if not before:
        return f": “{after['text']}”"
    if after["text"] == before["text"]:
        return f" now applies otherwise: “{after['text']}”"
    return f": “{after['text']}”, before “{before['text']}”"
