"""The dated changes of certifications that readers see.

The history records rows as editors write them; readers are told what a day changed on the page. So
the rows are replayed from the oldest edit on, and each day's end is compared with the day before.
A date that passes (a last day, an opening) changes the status without any edit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from catalog.changelog.change_words import (
    ChangeKind,
    DayDifference,
    KnownNames,
    Rows,
    differences,
    state_of,
)
from catalog.changelog.tracked_edits import (
    ONE_DAY,
    TRACKED,
    RecordedEdit,
    edits_of,
    midnight,
    names_last_seen,
)
from catalog.models import Certification, Lifecycle, Succession, Tier

FEW = 100  # certifications whose whole history is read without asking first which were edited


ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class DatedChange:
    """One change of a certification; edits of the same fact on one day are one change.

    An edit on the day on which the certification was added, but after that, is a change too.
    """

    at: datetime
    certification: int
    slug: str
    name: str
    difference: DayDifference

    @property
    def kind(self) -> ChangeKind:
        return self.difference.kind

    @property
    def words(self) -> str:
        return self.difference.words

    @property
    def date(self) -> date:
        return localdate(self.at)

    @property
    def identity(self) -> str:
        """A key that stays the same whatever else is edited, renamed or corrected."""
        return f"{self.certification}/{self.date}/{self.kind}/{self.difference.row}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:certification_detail", kwargs={"slug": self.slug})


def changes_since(day: date, keys: Iterable[int], *, today: date) -> list[DatedChange]:
    """The changes after a day of the certifications with these primary keys, newest first.

    A certification that was there before the records began has no “added”.
    """
    touched = Certification.objects.published().filter(pk__in=_touched(day, set(keys), today))
    certifications = {
        pk: (slug, name) for pk, slug, name in touched.values_list("pk", "slug", "name")
    }
    edits = edits_of(certifications, TRACKED)
    names = _names(edits.values())
    changes = []
    for key, mine in edits.items():
        for at, difference in _replay(mine, today, names):
            if localdate(at) > day:
                slug, name = certifications[key]
                changes.append(DatedChange(at, key, slug, name, difference))
    changes.sort(
        key=lambda change: (change.name.casefold(), ORDER[change.kind], change.difference.row)
    )
    return sorted(changes, key=lambda change: change.date, reverse=True)


def _touched(day: date, keys: set[int], today: date) -> set[int]:
    """The keys of certifications that were edited after a day, or that a date opened or closed."""
    if len(keys) <= FEW:
        return keys
    passed = (day, today)
    is_turned = (
        Q(closes_on__gte=day, closes_on__lt=today)
        | Q(sales_end_on__range=passed)
        | Q(opens_on__range=passed)
    )
    after = midnight(day + ONE_DAY)
    edited = [
        model.history.filter(history_date__gte=after).order_by().values_list(owner)
        for model, (owner, _) in TRACKED.items()
    ]
    touched = Lifecycle.objects.filter(is_turned).values_list("certification_id").union(*edited)
    return keys.intersection(key for (key,) in touched)


def _names(edits: Iterable[list[RecordedEdit]]) -> KnownNames:
    successors = set()
    for mine in edits:
        for edit in mine:
            if edit.model is Succession and edit.values:
                successors.add(edit.values["successor_id"])
    return KnownNames(names_last_seen(Tier), names_last_seen(Certification, id__in=successors))


def _replay(
    edits: list[RecordedEdit], today: date, names: KnownNames
) -> Iterator[tuple[datetime, DayDifference]]:
    """Every difference that readers saw of one certification, each day against the one before."""
    rows = _rows_before(edits)
    by_day = {day: list(some) for day, some in groupby(edits, lambda edit: localdate(edit.at))}
    before = state_of(rows, min(by_day) - ONE_DAY, names)
    for day in sorted({*by_day, *_turning_days(by_day)}):
        if day > today:
            break
        edits_of_day = by_day.get(day, [])
        for at, edits_at_once in groupby(edits_of_day, lambda edit: edit.at):
            for edit in edits_at_once:
                _write(rows, edit, edit.values)
            if before is None:
                # It appears with all that one save wrote: what the same day brings later is a
                # change already.
                before = state_of(rows, day, names)
                if before is not None:
                    yield at, DayDifference(ChangeKind.ADDED, "Added to the catalogue")
        after = state_of(rows, day, names)
        at = edits_of_day[-1].at if edits_of_day else midnight(day)
        for difference in differences(before, after):
            yield at, difference
        before = after


def _rows_before(edits: list[RecordedEdit]) -> Rows:
    """The rows as they were before the first edit.

    Sites are older than their records: a first version that is no creation shows a row that was
    there already, with values that nobody knows; what it was edited to is the nearest.
    """
    rows: Rows = {model: {} for model in TRACKED}
    for edit in reversed(edits):  # so that the first version of each row is written last
        _write(rows, edit, None if edit.is_new else edit.values)
    if all(edit.model is not Certification for edit in edits):
        rows[Certification][0] = {}  # it has always been there, and was never edited itself
    return rows


def _write(rows: Rows, edit: RecordedEdit, values: dict[str, Any] | None) -> None:
    rows[edit.model].pop(edit.row, None)
    if values is not None:
        rows[edit.model][edit.row] = values


def _turning_days(edits_by_day: dict[date, list[RecordedEdit]]) -> set[date]:
    """The days on which a date that an edit gave changes the status; some have been moved since."""
    turning = set()
    for day, edits in edits_by_day.items():
        for edit in edits:
            if edit.model is Lifecycle and edit.values is not None:
                last = edit.values["closes_on"]
                closed = last and last + ONE_DAY
                days = (edit.values["opens_on"], closed, edit.values["sales_end_on"])
                turning |= {turn for turn in days if turn and turn > day}
    return turning
