"""The timeline of a row: every edit of it and of what hangs on it, field by field."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Model
from django.utils.text import capfirst

from catalog.editorial.edit import Edit
from catalog.editorial.edit_tokens import TICK, token_at
from catalog.editorial.past_states import (
    Member,
    Place,
    State,
    author_of,
    family,
    last_versions,
    reason_of,
    there,
)
from catalog.editorial.rows import ContentRow

ALIKE = 0.5  # the least share of two texts that must be the same to be shown as one

Marks = list[tuple[str, str]]  # pieces of a text: "same", "gone" or "new", and the words


class ChangedField(NamedTuple):
    """One field that changed, with what is gone and what is new in it."""

    label: str
    marks: Marks
    name: str = ""


@dataclass(frozen=True)
class RowChange:
    """A row in two versions; None where it was not there."""

    old: Any
    new: Any

    @property
    def model(self) -> type[ContentRow]:
        model: type[ContentRow] = (self.new or self.old).instance_type
        return model

    @property
    def place(self) -> Place:
        return _place(self.new or self.old)

    @property
    def key(self) -> str:
        """The name of the change in a form, e.g. “catalog.price-12”."""
        model, key = self.place
        return f"{model._meta.label_lower}-{key}"

    @property
    def row(self) -> str:
        return words_of(self.new or self.old)

    @property
    def title(self) -> str:
        kind = self.model._meta.verbose_name
        return f"{capfirst(kind)} “{self.row}”"

    @property
    def of(self) -> str:
        """The row that it hangs on; empty if it stands for itself, or if that row is gone."""
        row = (self.new or self.old).instance
        try:
            above = [getattr(row, name) for name in _links_above(self.model)]
        except ObjectDoesNotExist:
            return ""
        return next((str(parent) for parent in above if parent), "")

    @property
    def kind(self) -> str:
        return "changed" if self.old and self.new else "added" if self.new else "deleted"

    @cached_property
    def fields(self) -> list[ChangedField]:
        """The fields that differ, if the row is there in both versions."""
        return list(_fields(self.old, self.new)) if self.old and self.new else []

    @property
    def parts(self) -> dict[str, list[str]]:
        """The fields of each part that can be undone, by its name in a form.

        Each changed field is one; none stands for the row that came or went.
        """
        fields = {f"{self.key}-{field.name}": [field.name] for field in self.fields}
        return fields or {self.key: []}

    @property
    def is_visible(self) -> bool:
        return self.kind != "changed" or bool(self.fields)

    @property
    def warning(self) -> str:
        """The warning for the editor about the edit; empty if none is due."""
        words = (warn(self) for kind, warn in EDIT_WARNINGS.items() if issubclass(self.model, kind))
        return " ".join(filter(None, words))


# Asked after an edit of rows of a kind, with each row that changed: what to tell the editor.
EDIT_WARNINGS: dict[type[Model], Callable[[RowChange], str]] = {}


@dataclass(frozen=True)
class HistoryStep:
    """One edit, which may have changed several rows."""

    at: datetime
    author: str
    reason: str
    changes: list[RowChange]

    @property
    def token(self) -> str:
        """The token of the version that it left."""
        return token_at(self.at)

    @property
    def before(self) -> str:
        """The token of the version that it found."""
        return token_at(self.at - TICK)


def timeline(model: type[ContentRow], key: int) -> list[HistoryStep]:
    """The edits of a row and of what hangs on it, the newest first."""
    steps: list[HistoryStep] = []
    last = State()
    for (at, *_), group in groupby(_versions(model, key), key=_edit_of):
        before, changed = dict(last), {}
        for member, version in group:
            last[_place(version)] = version
            if member.is_own:
                changed[_place(version)] = version
        old = {place: before[place] for place in changed if place in before}
        if shown := changes_between(old, changed):
            steps.append(HistoryStep(at, author_of(version), reason_of(version), shown))
    return steps[::-1]


def changes_between(old: State, new: State) -> list[RowChange]:
    """The rows that differ between two states, which may have versions of deleted rows."""
    places = {**new, **old}
    changes = [RowChange(there(old.get(place)), there(new.get(place))) for place in places]
    return [change for change in changes if (change.old or change.new) and change.is_visible]


def changes_in(edit: Edit, *kinds: type[Model]) -> list[RowChange]:
    """The rows of some kinds that an edit has written so far, also where nothing differs."""
    written = dict.fromkeys(_place(version) for version in edit.versions)
    places = [place for place in written if issubclass(place[0], kinds)]
    before, now = last_versions(places, history_date__lt=edit.at), last_versions(places)
    changes = [RowChange(there(before.get(place)), there(now.get(place))) for place in places]
    return [change for change in changes if change.old or change.new]


def words_of(version: Any) -> str:
    """A version as editors know the row, also when what it refers to is gone."""
    try:
        return str(version.instance)
    except ObjectDoesNotExist:
        return f"number {version.id}"


def marks_between(old: str, new: str) -> Marks:
    """Two texts as one, word by word; one after the other if they have little in common."""
    before, after = (re.findall(r"\s+|\S+", text) for text in (old, new))
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [("gone", old), ("new", new)]
    marks: Marks = []
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, added = "".join(before[a:b]), "".join(after[c:d])
        marks += [("same", gone)] if kind == "equal" else [("gone", gone), ("new", added)]
    return [(mark, words) for mark, words in marks if words]


def _versions(model: type[ContentRow], key: int) -> list[tuple[Member, Any]]:
    """Every version of a row and of what hangs on it, edit by edit, parents first."""
    found = [
        (member, version)
        for member in family(model)
        for version in member.versions([key]).select_related("history_user")
    ]
    return sorted(found, key=_edit_of)


def _edit_of(found: tuple[Member, Any]) -> tuple[datetime, int, str]:
    version = found[1]
    return version.history_date, version.history_user_id or 0, version.history_change_reason or ""


@cache
def _links_above(model: type[ContentRow]) -> list[str]:
    """The names of the links to rows with which a row of the model goes."""
    links: Any = [field for field in model._meta.fields if field.remote_field]
    return [field.name for field in links if field.remote_field.on_delete is models.CASCADE]


def _place(version: Any) -> Place:
    return version.instance_type, version.id


def _fields(old: Any, new: Any) -> Iterator[ChangedField]:
    for change in new.diff_against(old).changes:
        field = new.instance_type._meta.get_field(change.field)
        was, now = (_words(field, value) for value in (change.old, change.new))
        is_text = change.old and change.new and not (field.is_relation or field.choices)
        marks = marks_between(was, now) if is_text else [("gone", was), ("new", now)]
        yield ChangedField(capfirst(field.verbose_name), marks, field.name)


def _words(field: Any, value: Any) -> str:
    if value is None or value in ("", []):
        return "(empty)"
    if field.is_relation:
        links = value if field.many_to_many else []
        keys = [link[field.m2m_reverse_field_name()] for link in links] or [value]
        rows = field.related_model._default_manager.in_bulk(keys)
        return ", ".join(str(rows.get(key, f"number {key}, which is gone")) for key in keys)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(dict(field.flatchoices).get(value, value))
