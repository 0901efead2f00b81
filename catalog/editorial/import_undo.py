"""Undoing an import: all rows that one edit wrote go back to what they were before it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models

from catalog.editorial.checks import RefusedError
from catalog.editorial.records import content_models
from catalog.editorial.restore import write_back
from catalog.editorial.version_diff import RowChange
from catalog.editorial.versions import State, said_by


def changes_to_undo(moment: datetime) -> list[RowChange]:
    """The rows that the edit of a moment wrote, as they were before it and after it."""
    after = _written_at(moment)
    before = _before(moment, after)
    changes = [RowChange(before.get(place), version) for place, version in after.items()]
    return [change for change in changes if change.is_visible]


def undo_import(moment: datetime) -> None:
    """Write all rows of an edit back; raises RefusedError if one has changed since."""
    after = _written_at(moment)
    newer: list[Any] = []
    for model, keys in _keys(after).items():
        newer += model.history.filter(id__in=keys, history_date__gt=moment)
    if newer:
        raise RefusedError(
            f"Nothing was undone: some of it was changed since, by {said_by(newer)}. Look at its "
            "history, and restore what you want."
        )
    try:
        write_back(after, _before(moment, after))
    except (ValidationError, DatabaseError, models.ProtectedError) as error:
        found = error.messages if isinstance(error, ValidationError) else [str(error.args[0])]
        raise RefusedError(f"Nothing was undone, for this stands in the way: {found[0]}") from None


def _written_at(moment: datetime) -> State:
    """The last version that the edit of a moment wrote of each row, what is referred to first."""
    state: State = {}
    for model in content_models():
        for version in model.history.filter(history_date=moment).order_by("history_id"):
            if version.history_type != "-":
                state[model, version.id] = version
    return state


def _before(moment: datetime, after: State) -> State:
    """The versions that the edit of a moment found of rows; without those that it added."""
    state: State = {}
    for model, keys in _keys(after).items():
        earlier = model.history.filter(id__in=keys, history_date__lt=moment)
        for version in earlier.order_by("history_id"):
            state[model, version.id] = version
    return {place: version for place, version in state.items() if version.history_type != "-"}


def _keys(state: State) -> dict[Any, list[int]]:
    keys: dict[Any, list[int]] = {}
    for model, key in state:
        keys.setdefault(model, []).append(key)
    return keys
