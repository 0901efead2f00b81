"""Shipped content: reads the fixtures into the database without overwriting an editor's change."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models.deletion import Collector

from catalog.editorial.checks import RefusedError
from catalog.editorial.edit import edit
from catalog.editorial.records import (
    FoundRows,
    MissingRowError,
    Place,
    Record,
    RowFinder,
    fields_of,
    find,
    park,
    unpark,
)
from catalog.editorial.rows import TAKEN, ContentRow
from catalog.editorial.shipped_row import ShippedRow


class Action(StrEnum):
    """The actions of loading, for a row of the shipped content."""

    ADD = "added"
    UPDATE = "updated"
    KEEP = "unchanged"
    WITHDRAW = "withdrawn"
    LEAVE = "left alone"


@dataclass
class LoadReport:
    """The numbers of rows added, updated and so on, and those left alone, with the reasons.

    `as_shipped` are the rows that are now as they were shipped.
    """

    counts: Counter[Action] = field(default_factory=Counter)
    left_alone: list[str] = field(default_factory=list)
    as_shipped: list[ShippedRow] = field(default_factory=list)

    def remember(self, place: Place, row: ContentRow) -> None:
        model, key = place
        self.as_shipped.append(ShippedRow(model=model, key=key, saved=row_digest(row)))

    def leave(self, place: Place, why: str) -> None:
        self.counts[Action.LEAVE] += 1
        self.left_alone.append(f"{place[0]} {place[1]}: {why}")


def row_digest(row: models.Model) -> str:
    """A digest of what editors can change in a row, relations included."""
    fields = fields_of(row)
    fields.pop("id", None)  # a key that nobody can edit
    # What a release has added is left out until it says something, or each row of the release
    # before would look changed; what is shipped is published.
    unsaid = {"is_draft": False}
    if isinstance(row, ContentRow):
        later = [field for field in row._meta.fields if field.name in row.later_fields]
        unsaid |= {field.name: field.get_default() for field in later}
    fields = {k: value for k, value in fields.items() if k not in unsaid or value != unsaid[k]}
    text = json.dumps(fields, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@edit("loadguide")
def load_shipped(incoming_rows: list[Record]) -> LoadReport:
    """Bring the database to the shipped content, except where an editor changed it.

    A fixture that can't be read, or holds an invalid row, raises, and nothing is changed.
    """
    report = LoadReport()
    known = ShippedRow.objects.order_by("pk")  # those that others refer to first
    records = {(record.model, record.key): record for record in known}
    finder = RowFinder(incoming_rows)
    # Found before parking: an order may be in the key.
    rows = [finder.row(incoming) for incoming in incoming_rows]
    plan = [
        _plan(incoming, row, records.get(incoming.place))
        for incoming, row in zip(incoming_rows, rows, strict=True)
    ]
    withdrawn = _no_longer_shipped(records, incoming_rows)
    parked = [
        *(row for row, action in zip(rows, plan, strict=True) if action is Action.UPDATE),
        *(row for record, row in withdrawn if row and row_digest(row) == record.saved),
    ]
    park(parked)
    found: FoundRows = {}
    for incoming, row, action in zip(incoming_rows, rows, plan, strict=True):
        if action in (Action.ADD, Action.UPDATE):
            _save(incoming, row, action, report, found)
        elif action is Action.LEAVE:
            report.leave(incoming.place, f"{'changed' if row else 'deleted'} by an editor")
        else:
            report.counts[action] += 1
            if row and incoming.place not in records:
                report.remember(incoming.place, row)
    _store(report.as_shipped)
    for record, row in reversed(withdrawn):
        _withdraw(record, row, report)
    unpark(parked)
    return report


def _no_longer_shipped(
    records: Mapping[Place, ShippedRow], incoming_rows: Iterable[Record]
) -> list[tuple[ShippedRow, ContentRow | None]]:
    """The records of what was shipped before, each with its row, if that is still there."""
    shipped = {incoming.place for incoming in incoming_rows}
    return [
        (record, find(apps.get_model(record.model), json.loads(record.key)))
        for place, record in records.items()
        if place not in shipped
    ]


def _plan(incoming: Record, row: ContentRow | None, record: ShippedRow | None) -> Action:
    if row is None:
        return Action.LEAVE if record else Action.ADD
    if record and row_digest(row) != record.saved:
        return Action.LEAVE
    if not incoming.complete().changes(row):
        return Action.KEEP  # also where an import has brought what is shipped as it is
    return Action.UPDATE if record else Action.LEAVE


def _save(
    incoming: Record,
    row: ContentRow | None,
    action: Action,
    report: LoadReport,
    found: FoundRows,
) -> None:
    try:
        with transaction.atomic():
            written = incoming.complete().write(row, found=found, is_alone=False)
            report.remember(incoming.place, written)
    except IntegrityError:
        report.leave(incoming.place, "its name or place is taken by another row")
    except MissingRowError:
        if not report.left_alone:
            raise
        report.leave(incoming.place, "it refers to a row that an editor deleted or changed")
    except ValidationError as error:
        faults = [fault for faults in error.error_dict.values() for fault in faults]
        if any(fault.code != TAKEN for fault in faults):
            raise RefusedError(*_problems(incoming, error)) from error
        report.leave(incoming.place, " ".join(error.messages))
    else:
        report.counts[action] += 1


def _problems(incoming: Record, error: ValidationError) -> Iterator[str]:
    place = " ".join(incoming.place)
    for name, messages in error.message_dict.items():
        yield from (f"{place}: {name}: {message}" for message in messages)


def _store(as_shipped: list[ShippedRow]) -> None:
    ShippedRow.objects.bulk_create(
        as_shipped,
        update_conflicts=True,
        unique_fields=["model", "key"],
        update_fields=["saved"],
    )


def _withdraw(record: ShippedRow, row: ContentRow | None, report: LoadReport) -> None:
    """Remove a row that is no longer shipped, unless an editor has a stake in it."""
    place = (record.model, record.key)
    if row and row_digest(row) != record.saved:
        report.leave(place, "no longer shipped, but changed by an editor")
    elif row and not _is_removable(row):
        report.leave(place, "no longer shipped, but an editor's row needs it")
    else:
        if row:
            row.delete()
        record.delete()
        report.counts[Action.WITHDRAW] += 1


def _is_removable(row: ContentRow) -> bool:
    """True if removing the row is allowed, takes no other content with it and leaves no gap."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
    except (models.ProtectedError, models.RestrictedError):
        return False
    removed = (other for rows in collector.data.values() for other in rows)
    alone = all(other == row for other in removed if isinstance(other, ContentRow))
    return alone and not _is_listed(row)


def _is_listed(row: ContentRow) -> bool:
    """True if another row has it in a list, such as that of a fact's sources."""
    relations: list[Any] = row._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.many_to_many and relation.auto_created:
            rows = relation.related_model._default_manager
            if rows.filter(**{relation.field.name: row}).exists():
                return True
    return False
