"""The edits of all rows, the newest first: who changed what, when and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from catalog.editorial.past_import import PastImport
from catalog.editorial.past_states import State, author_of, last_versions, reason_of
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import HistoryStep, changes_between

SHOWN = 6  # rows of one edit in the list
LARGE = 60  # rows of one edit from which on not all of them are read

ANY = Q()

Models = Sequence[type[ContentRow]]


@dataclass(frozen=True)
class PastEdit(HistoryStep):
    """One edit, with the first rows that it changed."""

    rest: int  # rows that are not among these
    past_import: PastImport | None


def moments_of_edits(models: Models, wanted: Q = ANY) -> Any:
    """The moments of the edits of these models that the condition wants, the newest first."""
    found = [
        model.history.filter(wanted).order_by().values_list("history_date", flat=True).distinct()
        for model in models
    ]
    return found[0].union(*found[1:]).order_by("-history_date")


def edits_at(moments: Sequence[datetime], models: Models) -> list[PastEdit]:
    """The edits of these moments, with what they did to rows of these models."""
    counts = _counts(moments, models)
    large = [moment for moment in moments if counts[moment] > LARGE]
    small = [moment for moment in moments if moment not in large]
    written: dict[datetime, State] = {moment: {} for moment in moments}
    for model in models:
        _note(written, _versions(model, history_date__in=small))
        for moment in large:
            if len(written[moment]) < SHOWN:
                _note(written, _versions(model, history_date=moment)[: 2 * SHOWN])
    imports = PastImport.objects.select_related("by").in_bulk(moments)
    return [
        _past_edit(moment, written[moment], counts[moment], imports.get(moment))
        for moment in moments
    ]


def _counts(moments: Sequence[datetime], models: Models) -> dict[datetime, int]:
    counts = dict.fromkeys(moments, 0)
    for model in models:
        versions = model.history.filter(history_date__in=moments).order_by()
        found = versions.values("history_date").annotate(rows=Count("id", distinct=True))
        for moment, rows in found.values_list("history_date", "rows"):
            counts[moment] += rows
    return counts


def _versions(model: type[ContentRow], **wanted: Any) -> Any:
    return model.history.filter(**wanted).select_related("history_user").order_by("history_id")


def _note(written: dict[datetime, State], versions: Iterable[Any]) -> None:
    for version in versions:
        written[version.history_date][version.instance_type, version.id] = version


def _past_edit(
    moment: datetime, written: State, count: int, past_import: PastImport | None
) -> PastEdit:
    first = dict([*written.items()][:SHOWN])
    version = next(iter(written.values()))
    return PastEdit(
        at=moment,
        author=author_of(version),
        reason=reason_of(version),
        changes=changes_between(last_versions(first, history_date__lt=moment), first),
        rest=count - len(first),
        past_import=past_import,
    )
