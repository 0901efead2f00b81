"""Fixture files: rows by natural key, in Django's form or with the rows that stand below them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

from catalog.editorial.records import Record
from catalog.editorial.rows import ContentRow

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where it was compiled


def read_fixtures(folder: Path) -> list[Record]:
    """Return the rows of all fixtures in the folder and in those below it, by their names."""
    return [
        record
        for path in sorted(folder.rglob("*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe one
        for record in _records(row)
    ]


def _records(row: dict[str, Any]) -> Iterator[Record]:
    """Return a row and the rows below it.

    `below` has these by the name of their list or row there: each as its fields, or as its key.
    `known` has the fields of those that say nothing else, where they have such a field.
    """
    model: type[ContentRow] = apps.get_model(row["model"])
    record = Record(model, _with_keys(model, row["fields"]))
    yield record
    for name, below in row.get("below", {}).items():
        link: Any = model._meta.get_field(name)
        for place, fields in enumerate(below if isinstance(below, list) else [below], 1):
            given = (
                fields if isinstance(fields, dict) else {link.related_model.key_fields[0]: fields}
            )
            common = {"order": place} | row.get("known", {})
            names = {field.name for field in link.related_model._meta.get_fields()}
            known = {field: value for field, value in common.items() if field in names}
            of = {link.field.name: record.fields[model.key_fields[0]]}
            yield Record(link.related_model, _with_keys(link.related_model, of | known | given))


def _with_keys(model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with each word that stands for another row as the natural key of it."""
    return {name: _key(model._meta.get_field(name), value) for name, value in fields.items()}


def _key(field: Any, value: Any) -> Any:
    if field.many_to_many:
        return [[key] if isinstance(key, str) else key for key in value]
    return [value] if field.is_relation and isinstance(value, str) else value
