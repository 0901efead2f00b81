"""Edits on days that a test chooses, and the records that they leave."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Model

from catalog.editorial.records import content_models
from catalog.models import ContentVersion

LOADED_ON = date(2026, 1, 10)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def begin_records(day: date = LOADED_ON) -> None:
    """Make it so that the shipped content was loaded at noon of a day."""
    for model in content_models():
        model.history.update(history_date=noon(day))
    ContentVersion.objects.update(changed_at=noon(day))


def edit(row: Model, on: date, at: datetime | None = None, **values: Any) -> None:
    """Save a row as an editor does, at noon of a day."""
    for name, value in values.items():
        setattr(row, name, value)
    row._history_date = at or noon(on)  # type: ignore[attr-defined]
    row.save()


def delete(row: Any, on: date) -> None:
    """Delete a row, and what goes with it, at noon of a day."""
    before = {
        model: set(model.history.values_list("history_id", flat=True)) for model in content_models()
    }
    row.delete()
    for model, known in before.items():
        model.history.exclude(history_id__in=known).update(history_date=noon(on))
