"""Shipped content: reads the fixtures into the database without overwriting an editor's change."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.db.models.deletion import Collector

from catalog.models import ShippedRow
from catalog.models.keyed import KeyedModel

Place = tuple[str, str]  # model label and natural key


class Action(StrEnum):
    """What happens to a row of the shipped content."""

    ADD = "added"
    UPDATE = "updated"
    KEEP = "unchanged"
    WITHDRAW = "withdrawn"
    LEAVE = "left alone"


@dataclass(frozen=True)
class ShippedEntry:
    """One entry of a fixture: model and fields with natural keys."""

    model: type[KeyedModel]
    fields: dict[str, Any]

    @property
    def label(self) -> str:
        """The model's label, as in fixtures."""
        return self.model._meta.label_lower  # noqa: SLF001 - Django's public API

    @property
    def key(self) -> str:
        """The natural key, as text."""
        return json.dumps(self._key, ensure_ascii=False)

    @property
    def place(self) -> Place:
        """What the row is found by."""
        return self.label, self.key

    @property
    def digest(self) -> str:
        """Changes when the shipped entry does."""
        return _digest(self.fields)

    @property
    def _key(self) -> list[str | int | None]:
        heads = (self.fields.get(path.split("__")[0]) for path in self.model.key_fields)
        return [head[0] if isinstance(head, list) else head for head in heads]

    def row(self) -> KeyedModel | None:
        """The row in the database, if it is there."""
        return _find(self.model, self._key)

    def save(self) -> None:
        """Write the row, with its relations, and remember what was written."""
        no_links: dict[str, Any] = {each.name: [] for each in self.model._meta.many_to_many}  # noqa: SLF001
        data = [{"model": self.label, "fields": {**no_links, **self.fields}}]
        for deserialized in serializers.deserialize("python", data):
            deserialized.object.full_clean(validate_unique=False, validate_constraints=False)
            deserialized.save()
            ShippedRow.objects.update_or_create(
                model=self.label,
                key=self.key,
                defaults={"shipped": self.digest, "saved": row_digest(deserialized.object)},
            )


@dataclass
class Report:
    """How many rows were added, updated and so on, and which were left alone and why."""

    counts: Counter[Action] = field(default_factory=Counter)
    left_alone: list[str] = field(default_factory=list)

    def leave(self, place: Place, why: str) -> None:
        """Note a row that was left alone."""
        self.counts[Action.LEAVE] += 1
        self.left_alone.append(f"{place[0]} {place[1]}: {why}")


def row_digest(row: models.Model) -> str:
    """A digest of what editors can change in a row, relations included."""
    editable = [
        each.name
        for each in (*row._meta.fields, *row._meta.many_to_many)  # noqa: SLF001 - public API
        if each.editable
    ]
    (data,) = serializers.serialize(
        "python",
        [row],
        fields=editable,
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    return _digest(
        {
            name: sorted(value) if isinstance(value, list) else value
            for name, value in data["fields"].items()
        }
    )


def read_fixtures(folder: Path) -> list[ShippedEntry]:
    """The entries of all fixtures in the folder, in the order of the files' names."""
    return [
        ShippedEntry(apps.get_model(entry["model"]), entry["fields"])
        for path in sorted(folder.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@transaction.atomic
def load_shipped(entries: list[ShippedEntry]) -> Report:
    """Bring the database to the shipped content, except where an editor changed it.

    A fixture that can't be read raises, and nothing is changed.
    """
    report = Report()
    records = {(record.model, record.key): record for record in ShippedRow.objects.all()}
    plan = [(entry, _plan(entry, records.get(entry.place))) for entry in entries]
    shipped = {entry.place for entry in entries}
    withdrawn = {
        record: _is_untouched(record) for place, record in records.items() if place not in shipped
    }
    _park(entry.row() for entry, action in plan if action is Action.UPDATE)
    _park(_row_of(record) for record, is_untouched in withdrawn.items() if is_untouched)
    for entry, action in plan:
        if action in (Action.ADD, Action.UPDATE):
            _save(entry, action, report)
        elif action is Action.LEAVE:
            why = "changed" if entry.row() else "deleted"
            report.leave(entry.place, f"{why} by an editor")
        else:
            report.counts[action] += 1
    for record, is_untouched in reversed(withdrawn.items()):
        _withdraw(record, report, is_untouched=is_untouched)
    return report


def _plan(entry: ShippedEntry, record: ShippedRow | None) -> Action:
    row = entry.row()
    if record is None:
        return Action.ADD if row is None else Action.LEAVE
    if row is None or row_digest(row) != record.saved:
        return Action.LEAVE
    return Action.KEEP if record.shipped == entry.digest else Action.UPDATE


def _park(rows: Iterable[KeyedModel | None]) -> None:
    """Free the order numbers of rows that will be written or removed, one at a time."""
    for row in rows:
        if row is not None and any(each.name == "order" for each in row._meta.fields):  # noqa: SLF001
            type(row).objects.park([row.pk])


def _save(entry: ShippedEntry, action: Action, report: Report) -> None:
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        if not (report.left_alone or _has_rows_of_editors(entry.model)):
            raise  # nobody but the fixture itself can be wrong
        report.leave(entry.place, "its name or place is taken by an editor's row")
    except DeserializationError:
        if not report.left_alone:
            raise
        report.leave(entry.place, "it refers to a row that an editor deleted or changed")
    else:
        report.counts[action] += 1


def _has_rows_of_editors(model: type[KeyedModel]) -> bool:
    label = model._meta.label_lower  # noqa: SLF001 - Django's public API
    shipped = set(ShippedRow.objects.filter(model=label).values_list("key", flat=True))
    keys = (json.dumps(row.natural_key(), ensure_ascii=False) for row in model.objects.all())
    return any(key not in shipped for key in keys)


def _is_untouched(record: ShippedRow) -> bool:
    row = _row_of(record)
    return row is not None and row_digest(row) == record.saved


def _withdraw(record: ShippedRow, report: Report, *, is_untouched: bool) -> None:
    """Remove a row that is no longer shipped, unless an editor has a stake in it."""
    place, row = (record.model, record.key), _row_of(record)
    if row is not None and not is_untouched:
        report.leave(place, "no longer shipped, but changed by an editor")
    elif row is not None and not _is_removable(row):
        report.leave(place, "no longer shipped, but an editor's row needs it")
    else:
        if row is not None:
            row.delete()
        record.delete()
        report.counts[Action.WITHDRAW] += 1


def _is_removable(row: KeyedModel) -> bool:
    """Whether its removal is allowed and takes no other content with it."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=row)
    try:
        collector.collect([row])
    except (models.ProtectedError, models.RestrictedError):
        return False
    removed = (each for rows in collector.data.values() for each in rows)
    return all(each == row for each in removed if isinstance(each, KeyedModel))


def _row_of(record: ShippedRow) -> KeyedModel | None:
    return _find(apps.get_model(record.model), json.loads(record.key))


def _find(model: type[KeyedModel], key: list[str | int | None]) -> KeyedModel | None:
    return model.objects.filter(**dict(zip(model.key_fields, key, strict=True))).first()


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
