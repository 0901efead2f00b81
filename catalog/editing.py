"""One edit of the content: writers take turns, and all it writes has one moment and one reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from catalog.models import Guide

LONGEST_REASON = 100  # of what the history keeps


class Edit(NamedTuple):
    """What every version written in one go has in common."""

    at: datetime
    reason: str


_edit: ContextVar[Edit | None] = ContextVar("edit", default=None)


@contextmanager
def edit(reason: str = "") -> Iterator[None]:
    """Write content inside: all of it or nothing, alone, as one step of the history.

    Whoever reads inside what is about to be overwritten reads what no other writer can change any
    more. A command gives its name as the reason, since it has no user.
    """
    with transaction.atomic():
        # SQLite lets one writer in; elsewhere the guide's row is the key to the room.
        list(Guide.objects.select_for_update().values_list("pk"))
        token = _edit.set(Edit(timezone.now(), reason[:LONGEST_REASON]))
        try:
            yield
        finally:
            _edit.reset(token)


@receiver(pre_create_historical_record)
def mark_version(instance: models.Model, history_instance: Any, **_: object) -> None:  # noqa: ANN401 - untyped in simple_history
    """Give a version the moment and the reason of the edit that writes it."""
    current = _edit.get()
    if current is None:
        return
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = current.at
    history_instance.history_change_reason = (
        history_instance.history_change_reason or current.reason or None
    )
