"""What must be true of what readers see: nothing is published, changed or taken back against it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CASCADE

from catalog.models import Draftable
from catalog.models.keyed import KeyedModel

Check = Callable[[], Iterable[str]]

# Each says what is wrong with the published content as it stands, in words that say what to do.
# They are asked before and after every edit: cache what takes long.
CHECKS: list[Check] = []


class RefusedError(Exception):
    """Why something is not done: every reason, in words. Whoever catches it undoes the rest."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def faults() -> list[str]:
    """What is wrong with the published content as it stands."""
    return [fault for check in CHECKS for fault in check()]


@contextmanager
def without_new_faults() -> Iterator[None]:
    """Raise RefusedError if what is done inside leaves a fault that was not there before."""
    known = faults()
    yield
    found = [fault for fault in faults() if fault not in known]
    if found:
        raise RefusedError(*found)


def set_draft(row: Draftable, *, is_draft: bool) -> None:
    """Publish a row with what stands under it, or make it a draft again.

    Raises RefusedError for a row that fails its own checks; `without_new_faults` does the rest.
    """
    row.is_draft = is_draft
    rows = [] if is_draft else _with_children(row)
    found = [fault for each in rows for fault in _faults_of(each)]
    if found:
        raise RefusedError(*found)
    row.save()


def _with_children(row: Draftable) -> Iterable[KeyedModel]:
    for link in row._meta.related_objects:  # noqa: SLF001 - Django's public API
        below: Any = link.related_model
        if link.on_delete is CASCADE and issubclass(below, KeyedModel):
            yield from below.objects.filter(**{link.field.name: row})
    yield row


def _faults_of(row: KeyedModel) -> list[str]:
    try:
        row.full_clean()
    except ValidationError as error:
        return [f"{row}: {message}" for message in error.messages]
    return []
