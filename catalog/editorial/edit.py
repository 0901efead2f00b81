"""One edit of the content: writers take turns; all it writes has one moment, reason, version."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from catalog.editorial.content_version import ContentVersion, renew_content_version
from catalog.editorial.edit_tokens import TICK
from catalog.editorial.rows import ContentRow

LONGEST_REASON = 100  # of what the history keeps


@dataclass
class Edit:
    """One edit: its moment, its reason, and the versions written so far."""

    at: datetime
    reason: str
    is_written: bool = False
    versions: list[Any] = field(default_factory=list)


_edit: ContextVar[Edit | None] = ContextVar("edit", default=None)


@contextmanager
def edit(reason: str = "") -> Iterator[Edit]:
    """Write content inside: all of it or nothing, alone, as one step of the history.

    Whoever reads inside what is about to be overwritten reads what no other writer can change any
    more. A command gives its name as the reason, since it has no user. The moment is later than
    that of every edit before, whatever the clock says.
    """
    outer = _edit.get()
    if outer is not None:  # a part of a larger edit, with its moment and reason
        yield outer
        return
    with transaction.atomic():
        # SQLite lets one writer in; elsewhere they wait for the lock on the version's row.
        version = ContentVersion.objects.select_for_update().first()
        now = timezone.now()
        at = max(now, version.changed_at + TICK) if version else now
        current = Edit(at, reason[:LONGEST_REASON])
        token = _edit.set(current)
        try:
            yield current
        finally:
            _edit.reset(token)
        if current.is_written and not transaction.get_rollback():
            renew_content_version(at)


@receiver([post_save, post_delete, m2m_changed])
def note_write(instance: models.Model, **_: object) -> None:
    """Give the content a new version, once for an edit, in the transaction that writes it."""
    if isinstance(instance, ContentRow):
        current = _edit.get()
        if current is None:
            renew_content_version(timezone.now())
        else:
            current.is_written = True


@receiver(pre_create_historical_record)
def mark_version(instance: models.Model, history_instance: Any, **_: object) -> None:
    """Give a version the moment and the reason of the edit that writes it."""
    current = _edit.get()
    if current is None:
        return
    current.versions.append(history_instance)
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = current.at
    history_instance.history_change_reason = (
        history_instance.history_change_reason or current.reason or None
    )
