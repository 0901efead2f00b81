"""Rows to be brought into the database: found by natural key, compared and written."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

from catalog.editorial.rows import ContentRow, has_key_types, normalized_key, normalized_value

MANY = 20  # records of one model, for which all its rows are read at once

Place = tuple[str, str]  # model label and natural key
FoundRows = dict[type[models.Model], dict[tuple[Any, ...], ContentRow]]  # by natural key
Changes = dict[str, tuple[Any, Any]]  # by field: the value of today, the value to come


class MissingRowError(ValidationError):
    """A row refers to one that is not there: its place."""

    place: Place = ("", "")


@dataclass(frozen=True)
class Record:
    """A row as a file has it: model and fields, other rows by their natural keys."""

    model: type[ContentRow]
    fields: dict[str, Any]
    number: int = 0  # of its row in the file
    prefix: str = ""  # of its columns there
    is_missing: bool = False  # not in the file, but needed by what is

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def key(self) -> str:
        return json.dumps(self.natural_key, ensure_ascii=False)

    @property
    def place(self) -> Place:
        return self.label, self.key

    @property
    def natural_key(self) -> list[str | int | None]:
        """The values of the natural key, as they are stored."""
        heads: Any = (self.fields.get(path.split("__")[0]) for path in self.model.key_fields)
        given = [head[0] if isinstance(head, list) and head else head for head in heads]
        return [*normalized_key(self.model, given)]

    @property
    def words(self) -> str:
        """The words for the row, by kind and key."""
        kind = self.model._meta.verbose_name
        return f"{kind} {' / '.join(map(str, self.natural_key))}"

    def problems(self, error: ValidationError) -> Iterator[str]:
        for name, messages in error.message_dict.items():
            column = "" if name == "__all__" else f", {self.prefix}{name}"
            yield from (f"Row {self.number}{column}: {message}" for message in messages)

    def own_problems(self) -> Iterator[str]:
        """The errors of a new row that have nothing to do with the rows that it refers to."""
        links = {field.name for field in content_fields(self.model) if field.is_relation}
        row = self.model(**{name: v for name, v in self.values().items() if name not in links})
        try:
            row.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
        except ObjectDoesNotExist:  # more can't be said without them
            return
        except ValidationError as error:
            yield from self.problems(error)

    def row(self) -> ContentRow | None:
        return find(self.model, self.natural_key)

    def complete(self) -> "Record":
        """The same, with the default of every field that the file leaves out."""
        fields = content_fields(self.model)
        defaults = {
            field.name: [] if field.many_to_many else field.get_default() for field in fields
        }
        return replace(self, fields={**defaults, **self.fields})

    def values(self) -> dict[str, Any]:
        """The fields as the database would give them back; raises ValidationError by field."""
        known = {field.name: field for field in content_fields(self.model)}
        values, errors = {}, {}
        for name, value in self.fields.items():
            try:
                values[name] = _cleaned(known[name], value, is_key=name in self.model.key_fields)
            except KeyError:
                errors[name] = ["There is no such field."]
            except (TypeError, ValueError):
                errors[name] = [f"{value!r} can’t be read here."]
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return values

    def changes(self, row: ContentRow | None) -> Changes:
        """The fields in which the row differs; all of them if there is none."""
        now = fields_of(row) if row else {}
        new = self.values().items()
        return {
            name: (now.get(name), value)
            for name, value in new
            if name not in now or now[name] != value
        }

    def write(
        self,
        row: ContentRow | None,
        *,
        found: FoundRows | None = None,
        is_alone: bool = True,
        is_rehearsal: bool = False,
    ) -> ContentRow:
        """Write the row with its links; raises ValidationError by field.

        `found` keeps the rows that others refer to from one record to the next. Where the row is
        not alone, other rows are still to make room: the database checks it then. What is taken
        back needs no history, which takes a third of the time.
        """
        is_new, row, links, known = row is None, row or self.model(), {}, []
        found = {} if found is None else found
        if is_rehearsal:
            row.skip_history_when_saving = True  # type: ignore[attr-defined] # of simple-history
        for name, value in self.values().items():
            field: Any = self.model._meta.get_field(name)
            if field.many_to_many:
                links[name] = [_related(field, key, found) for key in value]
            elif field.is_relation and value is not None:
                setattr(row, name, _related(field, value, found))
                known += [] if is_alone or field.get_limit_choices_to() else [name]
            else:
                setattr(row, name, value)
        row.full_clean(known, validate_unique=is_alone, validate_constraints=is_alone)
        row.save()
        found.pop(self.model, None)  # it may be another now
        for name, rows in links.items():
            if is_new:
                getattr(row, name).add(*rows)
            else:
                getattr(row, name).set(rows)
        return row


def content_models() -> list[type[ContentRow]]:
    """Every model of content, those that others refer to first."""
    models = [model for model in apps.get_models() if issubclass(model, ContentRow)]
    return serializers.sort_dependencies([(None, models)])  # type: ignore[return-value]


def content_fields(model: type[models.Model]) -> list[Any]:
    """The fields that make up a row: what editors can change, and its key."""
    fields = (*model._meta.fields, *model._meta.many_to_many)
    key: tuple[str, ...] = getattr(model, "key_fields", ())
    return [f for f in fields if f.name in key or (f.editable and not f.primary_key)]


def fields_of(row: models.Model) -> dict[str, Any]:
    """The fields of a row in the database, other rows by their natural keys."""
    return {field.name: _value(row, field) for field in content_fields(type(row))}


def find(model: type[ContentRow], key: Iterable[str | int | None]) -> ContentRow | None:
    names = relations(model)
    rows = model.objects.select_related(*names) if names else model.objects.all()
    return rows.filter(**dict(zip(model.key_fields, key, strict=True))).first()


class RowFinder:
    """The rows in the database for many records: those of one model are read together."""

    def __init__(self, records: Iterable[Record]) -> None:
        counts = Counter(record.model for record in records)
        self._rows = {
            model: {row.natural_key(): row for row in rows_of(model)}
            for model, count in counts.items()
            if count >= MANY
        }

    def row(self, record: Record) -> ContentRow | None:
        key = tuple(record.natural_key)
        if record.model in self._rows and has_key_types(record.model, key):
            return self._rows[record.model].get(key)
        return record.row()


def rows_of(model: type[ContentRow]) -> models.QuerySet[ContentRow]:
    """All rows of a model, with the rows that they refer to."""
    links = [field.name for field in model._meta.many_to_many]
    return model.objects.select_related(*relations(model)).prefetch_related(*links)


def relations(model: type[ContentRow]) -> list[str]:
    """The names of the fields that refer to one other row."""
    fields = content_fields(model)
    return [field.name for field in fields if field.is_relation and not field.many_to_many]


def park(rows: Iterable[ContentRow | None]) -> None:
    """Free the order numbers of rows that will be written or removed, one at a time."""
    for row in rows:
        if row is not None and hasattr(row, "order"):
            type(row).objects.park([row.pk])


def unpark(rows: Iterable[ContentRow | None]) -> None:
    """Put those of the parked rows that were not written after all back to their places.

    A row gets the free order number nearest to the one that it had.
    """
    for row in rows:
        if row is not None and hasattr(row, "order"):
            type(row).objects.unpark(row.pk, row.order)


def _value(row: models.Model, field: Any) -> Any:
    if field.many_to_many:
        return sorted(linked.natural_key() for linked in getattr(row, field.name).all())
    if field.is_relation:
        related = getattr(row, field.name)
        return related.natural_key() if related else None
    return field.value_from_object(row)


def _cleaned(field: Any, value: Any, *, is_key: bool) -> Any:
    if is_key and value in (None, ""):
        raise ValidationError("The row is found by this: it can’t be empty.")
    if field.is_relation:
        if field.many_to_many:
            return sorted(_natural_key(field, key) for key in value)
        return None if value is None else _natural_key(field, value)
    if value is not None and not _is_of_kind(field, value):
        raise TypeError
    return normalized_value(field, field.to_python(value))


def _is_of_kind(field: Any, value: Any) -> bool:
    """True if a value needs no guess: “t” is no truth, true no text, and 2.5 not 2."""
    if isinstance(field, models.CharField | models.TextField):
        return isinstance(value, str)
    if isinstance(value, bool) or isinstance(field, models.BooleanField):
        return isinstance(value, bool) and isinstance(field, models.BooleanField)
    if isinstance(field, models.IntegerField):
        return isinstance(value, int | str)
    return not isinstance(value, list | dict)


def _natural_key(field: Any, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple) or len(value) != len(field.related_model.key_fields):
        raise TypeError
    return normalized_key(field.related_model, value)


def _related(field: Any, key: tuple[Any, ...], found: FoundRows) -> ContentRow:
    rows = found.setdefault(field.related_model, {})
    try:
        if key not in rows:
            rows[key] = field.related_model.objects.get_by_natural_key(*key)
    except (ObjectDoesNotExist, ValueError):
        name = field.related_model._meta.verbose_name
        words = ", ".join(map(str, key))
        error = MissingRowError({field.name: f"There is no {name} “{words}”."})
        label = field.related_model._meta.label_lower
        error.place = (label, json.dumps(list(key), ensure_ascii=False))
        raise error from None
    return rows[key]
