"""States of the past: a row, and all that hangs on it, as its history has it at a moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Max

from catalog.editorial.content_version import last_edit_at
from catalog.editorial.rows import ContentRow

KEY = re.compile(r"[0-9]{1,18}")

Place = tuple[type[ContentRow], int]
State = dict[Place, Any]  # the version of each row that was there


@dataclass(frozen=True)
class Member:
    """A model whose rows belong to a row, and the column that says to which."""

    model: type[ContentRow]
    column: str = "id"
    above: "Member | None" = None
    is_own: bool = True  # not a link from a row of somebody else's

    def keys(self, keys: Any) -> Any:
        """The primary keys of the rows that have ever hung on the rows with these keys."""
        if self.above is None:
            return keys
        of = {f"{self.column}__in": self.above.keys(keys)}
        return self.model.history.filter(**of).order_by().values("id")

    def versions(self, keys: list[int]) -> Any:
        return self.model.history.filter(id__in=self.keys(keys)).order_by("history_id")


@cache
def family(model: type[ContentRow]) -> tuple[Member, ...]:
    """The model and, after what they hang on, those whose rows go when a row of it goes."""
    members = [Member(model)]
    for above in members:  # grows meanwhile
        linked = set()
        for link in above.model._meta.related_objects:
            below: Any = link.related_model
            if link.on_delete is models.CASCADE and issubclass(below, ContentRow):
                is_own = above.is_own and below not in linked
                members.append(Member(below, link.field.attname, above, is_own))
                linked.add(below)
    return tuple(members)


def keys_in(sent: Iterable[object]) -> list[int]:
    """The primary keys among the submitted texts."""
    return [int(text) for text in map(str, sent) if KEY.fullmatch(text)]


def there(version: Any) -> Any:
    """A version of a row that was there; None for one that says it was deleted."""
    return None if version is None or version.history_type == "-" else version


def last_versions(places: Iterable[Place], **when: datetime) -> State:
    """The last versions of rows, of those that the look-ups want; also of rows deleted since."""
    keys: dict[type[ContentRow], list[int]] = {}
    for model, key in places:
        keys.setdefault(model, []).append(key)
    state: State = {}
    for model, wanted in keys.items():
        known = model.history.filter(id__in=wanted, **when).order_by()
        latest = known.values("id").annotate(last=Max("history_id")).values("last")
        for version in model.history.filter(history_id__in=latest):
            state[model, version.id] = version
    return state


def newer(model: type[ContentRow], keys: list[int], moment: datetime) -> list[Any]:
    """The versions of these rows, and of what hangs on them, that are newer than a moment."""
    last = last_edit_at()
    if last and last <= moment:  # nothing is, so that most saves need not look
        return []
    return [
        version
        for member in family(model)
        if member.is_own
        for version in member.versions(keys).filter(history_date__gt=moment)
    ]


def state_at(
    model: type[ContentRow], keys: list[int], moment: datetime, *, own: bool = True
) -> State:
    """These rows and, after what they hung on, those that hung on them, as they were at a moment.

    Without `own`, with the rows of others that were linked to them.
    """
    state: State = {}
    for member in family(model):
        if own and not member.is_own:
            continue
        known = member.versions(keys).filter(history_date__lte=moment).order_by()
        latest = known.values("id").annotate(last=Max("history_id")).values("last")
        for version in member.model.history.filter(history_id__in=latest).order_by("id"):
            owner = member.above and (member.above.model, getattr(version, member.column))
            if version.history_type != "-" and (owner is None or owner in state):
                state[member.model, version.id] = version
    return state


def last_edits(model: type[ContentRow]) -> dict[int, datetime]:
    """The moment of the last edit of each row, or of what hangs on it, by primary key."""
    found: dict[int, datetime] = {}
    for member in family(model):
        if member.is_own and (member.above is None or member.above.model is model):
            edits = member.model.history.order_by().values_list(member.column)
            for key, at in edits.annotate(last=Max("history_date")):
                found[key] = max(at, found.get(key, at))
    return found


def last_version(model: type[ContentRow], key: str) -> Any:
    """The newest version of a row; None if there never was such a row."""
    return model.history.filter(id__in=keys_in([key])).order_by("history_id").last()


def said_by(versions: Iterable[Any]) -> str:
    """The authors of these versions, with the moments: “Bea on 23 November 2026 at 9:30 UTC”."""
    said = {
        f"{author_of(version)} on {version.history_date:%-d %B %Y at %-H:%M} UTC"
        for version in versions
    }
    return ", ".join(sorted(said)) or "somebody"


def author_of(version: Any) -> str:
    """The user who made a version, or the reason that a command gives."""
    return str(version.history_user or version.history_change_reason or "a command")


def reason_of(version: Any) -> str:
    """The reason that a person gave for a version; that of a command is its author."""
    return (version.history_change_reason or "") if version.history_user else ""


def links_at(version: Any) -> dict[str, list[int]]:
    """The primary keys that a version was linked to, by field."""
    return {
        field.name: [
            getattr(link, f"{field.m2m_reverse_field_name()}_id")
            for link in getattr(version, field.name).all()
        ]
        for field in version.instance_type._meta.many_to_many
    }
