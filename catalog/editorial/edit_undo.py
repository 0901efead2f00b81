"""Undoing an edit, whole or in part: rows go back to what they were; later edits stay."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from catalog.editorial.checks import RefusedError
from catalog.editorial.past_states import State, last_versions, links_at, newer, said_by, there
from catalog.editorial.records import content_models
from catalog.editorial.restore import link_again, refuse_gone, write_back
from catalog.editorial.version_diff import RowChange, changes_between


class Undo(NamedTuple):
    """The part of a row's change to be undone: the named fields, or that it came or went."""

    change: RowChange
    names: list[str]


def changes_of_edit(moment: datetime) -> list[RowChange]:
    """The rows that the edit of a moment wrote, before and after it, parents first."""
    after: State = {}
    for model in content_models():
        versions = model.history.filter(history_date=moment).select_related("history_user")
        for version in versions.order_by("history_id"):
            after[model, version.id] = version
    return changes_between(last_versions(after, history_date__lt=moment), after)


def undo_of(changes: Iterable[RowChange], keys: Collection[str]) -> list[Undo]:
    """The parts to be undone: the changes and fields whose keys are among those chosen."""
    chosen = []
    for change in changes:
        parts = [names for key, names in change.parts.items() if key in keys]
        if parts:
            chosen.append(Undo(change, [*chain.from_iterable(parts)]))
    return chosen


def changed_since(undo: Undo, moment: datetime) -> Iterator[str]:
    """Yield the reasons against undoing a part: what was changed after the edit of a moment."""
    change, (model, key) = undo.change, undo.change.place
    last = model.history.filter(id=key).order_by("history_id").last()
    now = there(last)
    if change.kind == "deleted":
        if now:
            yield f"{change.title} is there again, by {said_by([last])}."
    elif now is None:
        yield f"{change.title} was deleted since, by {said_by([last])}."
    elif change.kind == "added":
        versions = newer(model, [key], moment)
        if versions:
            yield f"{change.title} was changed since, by {said_by(versions)}."
    else:
        labels = {field.name: field.label for field in change.fields}
        for name in undo.names:
            if value_at(now, name) != value_at(change.new, name):
                yield f"{change.title}: {labels[name]} was changed since, by {said_by([last])}."


def undo_edit(chosen: list[Undo], moment: datetime) -> str:
    """Write back what is chosen of the edit of a moment; returns what to know of it.

    Raises RefusedError if it can't be.
    """
    problems = [*_all_changed_since(chosen, moment)]
    if problems:
        raise RefusedError("Nothing was undone.", *problems)
    try:
        return _write(chosen)
    except (ValidationError, DatabaseError) as error:
        why = error.messages[0] if isinstance(error, ValidationError) else error.args[0]
        words = f"Nothing was undone, for this stands in the way: {why}"
        raise RefusedError(words) from None


def _all_changed_since(chosen: list[Undo], moment: datetime) -> Iterator[str]:
    """Yield the reasons against undoing all that is chosen.

    Of an import's new rows it is asked for all of a model at once: there may be thousands.
    """
    added: dict[Any, list[int]] = {}
    for undo in chosen:
        if undo.change.kind == "added":
            model, key = undo.change.place
            added.setdefault(model, []).append(key)
    as_left = {model for model, keys in added.items() if not newer(model, keys, moment)}
    for undo in chosen:
        if undo.change.kind != "added" or undo.change.place[0] not in as_left:
            yield from changed_since(undo, moment)


def _write(chosen: list[Undo]) -> str:
    """Delete what was added, add what was deleted, and give fields their old values."""
    by_kind: dict[str, list[Undo]] = {"added": [], "deleted": [], "changed": []}
    for undo in chosen:
        by_kind[undo.change.kind].append(undo)
    in_use = _delete_unused(by_kind["added"])
    gone: State = {undo.change.place: undo.change.old for undo in by_kind["deleted"]}
    notes = [write_back({}, gone)]
    for undo in by_kind["changed"]:
        if "order" in undo.names:
            undo.change.model.objects.park([undo.change.place[1]])
    for undo in by_kind["changed"]:
        notes += _write_fields(undo)
    for row in in_use:  # nothing that stays refers to it any more
        row.delete()
    return " ".join(filter(None, notes))


def _delete_unused(added: list[Undo]) -> list[Any]:
    """Delete the added rows, of each model all at once; return those that others refer to."""
    keys: dict[Any, list[int]] = {}
    for undo in reversed(added):
        model, key = undo.change.place
        keys.setdefault(model, []).append(key)
    in_use = []
    for model, wanted in keys.items():
        rows = model._default_manager.filter(pk__in=wanted)
        if not _is_deleted(rows):
            in_use += [row for row in rows if not _is_deleted(row)]
    return in_use


def _is_deleted(rows: Any) -> bool:
    """True if a row, or several, could be deleted; False if others refer to it."""
    try:
        with transaction.atomic():
            rows.delete()
    except IntegrityError:
        return False
    return True


def _write_fields(undo: Undo) -> list[str]:
    """Give fields their old values; returns the words for what they can't be linked to again."""
    row: Any = undo.change.model.objects.get(pk=undo.change.place[1])
    old = undo.change.old
    fields = [row._meta.get_field(name) for name in undo.names]
    for field in fields:
        if not field.many_to_many:
            setattr(row, field.attname, getattr(old, field.attname))
    refuse_gone(row)
    row.full_clean()
    row.save()
    links, notes = links_at(old), []
    for field in fields:
        if field.many_to_many:
            notes += link_again(row, field.name, links[field.name])
    return notes


def value_at(version: Any, name: str) -> Any:
    """The value of a field in a version; of links the primary keys, in order."""
    field = version.instance_type._meta.get_field(name)
    if field.many_to_many:
        return sorted(links_at(version)[name])
    return getattr(version, field.attname)
