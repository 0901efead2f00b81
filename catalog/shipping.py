"""Shipped content: reads the fixtures into the database without overwriting an editor's change."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core import serializers
from django.db import models, transaction

from catalog.models import ShippedRow
from catalog.models.keyed import KeyedModel


class Action(StrEnum):
    """What happens to a row of the shipped content."""

    ADD = "added"
    UPDATE = "updated"
    KEEP = "unchanged"
    WITHDRAW = "withdrawn"
    LEAVE = "left alone"


@dataclass(frozen=True)
class ShippedEntry:
    """One entry of a fixture: model label and fields with natural keys."""

    model: type[KeyedModel]
    fields: dict[str, Any]

    @property
    def label(self) -> str:
        """The model's label, as in fixtures."""
        return self.model._meta.label_lower  # noqa: SLF001 - Django's public name for it

    @property
    def key(self) -> str:
        """The natural key, as text."""
        return json.dumps(self._key_values, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """Changes when the shipped entry does."""
        return _digest(self.fields)

    def row(self) -> KeyedModel | None:
        """The row in the database, if it is there."""
        return _find(self.model, self._key_values)

    def park(self, row: KeyedModel) -> None:
        """Free the row's order number, if its rows are ordered."""
        if "order" in self.fields:
            self.model.objects.park([row.pk])

    @property
    def _key_values(self) -> list[str | int | None]:
        heads = (self.fields.get(path.split("__")[0]) for path in self.model.key_fields)
        return [head[0] if isinstance(head, list) else head for head in heads]

    def save(self) -> None:
        """Write the row, with its relations, and remember what was written."""
        data = [{"model": self.label, "fields": self.fields}]
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
    """Bring the database to the shipped content, except where an editor changed it."""
    report = Report()
    records = {(record.model, record.key): record for record in ShippedRow.objects.all()}
    plan = [(entry, *_plan(entry, records.get((entry.label, entry.key)))) for entry in entries]
    for entry, action, row in plan:
        if action is Action.UPDATE and row is not None:
            entry.park(row)
    for entry, action, row in plan:
        report.counts[action] += 1
        if action in (Action.ADD, Action.UPDATE):
            entry.save()
        elif action is Action.LEAVE:
            why = "deleted" if row is None else "changed"
            report.left_alone.append(f"{entry.label} {entry.key}: {why} by an editor")
    shipped = {(entry.label, entry.key) for entry in entries}
    for place in reversed([place for place in records if place not in shipped]):
        _withdraw(records[place], report)
    return report


def _plan(entry: ShippedEntry, record: ShippedRow | None) -> tuple[Action, KeyedModel | None]:
    row = entry.row()
    if record is None:
        return (Action.ADD if row is None else Action.LEAVE), row
    if row is None or row_digest(row) != record.saved:
        return Action.LEAVE, row
    return (Action.KEEP if record.shipped == entry.digest else Action.UPDATE), row


def _withdraw(record: ShippedRow, report: Report) -> None:
    """Remove a row that is no longer shipped, unless an editor changed it."""
    row = _find(apps.get_model(record.model), json.loads(record.key))
    if row is not None and row_digest(row) != record.saved:
        report.counts[Action.LEAVE] += 1
        report.left_alone.append(f"{record.model} {record.key}: changed by an editor")
        return
    if row is not None:
        row.delete()
    record.delete()
    report.counts[Action.WITHDRAW] += 1


def _find(model: type[KeyedModel], key: list[str | int | None]) -> KeyedModel | None:
    return model.objects.filter(**dict(zip(model.key_fields, key, strict=True))).first()


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
