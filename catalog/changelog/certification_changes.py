"""The changes of one certification by day, each with the reasons given for it, for its page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from catalog.changelog.change_words import ChangeKind
from catalog.changelog.dated_changes import DatedChange, changes_since
from catalog.changelog.tracked_edits import TRACKED, edits_of
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Lifecycle, Price, Succession

SHOWN = 10  # days; the feed has them all
# The rows whose edits a change comes from, and the columns; empty where any edit of a row counts.
SUBJECTS: dict[ChangeKind, tuple[type[ContentRow], tuple[str, ...]]] = {
    ChangeKind.ADDED: (Certification, ("slug",)),
    ChangeKind.TIER: (Certification, ("tier_id",)),
    ChangeKind.STUDY_TIME: (Certification, ("months_min", "months_max")),
    ChangeKind.PRICE: (Price, ()),
    ChangeKind.STATUS: (Lifecycle, ()),
    ChangeKind.CLOSED: (Lifecycle, ()),
    ChangeKind.REOPENED: (Lifecycle, ()),
    ChangeKind.SUCCESSOR: (Succession, ()),
}


class EditReason(NamedTuple):
    """The reason given for an edit of a row, with the columns that it changed."""

    row: str  # the kind and primary key, e.g. “Statement 12”
    columns: frozenset[str]
    words: str


@dataclass(frozen=True)
class ExplainedChange:
    """A change in words, with the reasons that editors gave for it."""

    words: str
    reasons: list[str]


@dataclass(frozen=True)
class ChangedDay:
    """A day on which the certification changed, with its changes."""

    date: date
    changes: list[ExplainedChange]


@lru_cache(maxsize=1_000)
def changed_days(key: int, *, version: str, today: date) -> list[ChangedDay]:
    """The last days on which a certification changed for readers, the newest first.

    `version` is the content version: the answer is cached for as long as that stands.
    """
    changes = changes_since(date.min, [key], today=today)
    reasons = _reasons(key) if changes else {}
    days = groupby(changes, key=lambda change: change.date)
    return [
        ChangedDay(day, [_explained(change, reasons.get(day, [])) for change in found])
        for day, found in days
    ][:SHOWN]


def _explained(change: DatedChange, given: list[EditReason]) -> ExplainedChange:
    found = [reason.words for reason in given if _is_of(reason, change)]
    return ExplainedChange(change.words, list(dict.fromkeys(found)))


def _is_of(reason: EditReason, change: DatedChange) -> bool:
    if change.difference.row:  # a sentence, of which several can change in a day
        return reason.row == change.difference.row
    model, columns = SUBJECTS[change.kind]
    is_same_kind = reason.row.startswith(f"{model.__name__} ")
    return is_same_kind and (not columns or bool(reason.columns & {*columns}))


def _reasons(key: int) -> dict[date, list[EditReason]]:
    """The reasons for edits of what readers see, by day, in the order of the edits."""
    given: dict[date, list[EditReason]] = defaultdict(list)
    last: dict[tuple[type[ContentRow], int], dict[str, Any]] = {}
    for edit in edits_of([key], TRACKED).get(key, ()):
        before, now = last.get((edit.model, edit.row), {}), edit.values or {}
        columns = {*before, *now}
        changed = frozenset(name for name in columns if now.get(name) != before.get(name))
        last[edit.model, edit.row] = now
        if changed and edit.reason:
            row = f"{edit.model.__name__} {edit.row}"
            given[localdate(edit.at)].append(EditReason(row, changed, edit.reason))
    return given
