"""What must be true of what readers see: nothing is published, changed or taken back against it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CASCADE

from catalog.models import Draftable
from catalog.models.keyed import KeyedModel

Check = Callable[[], Iterable[str]]

# Each says what is wrong with the published content as it stands, in words that say what to do.
# They are asked after every edit by somebody who may publish: cache what takes long.
CHECKS: list[Check] = []


class Faults(Exception):  # noqa: N818 - they are found, not made
    """What an edit would leave wrong; whoever catches it undoes the edit."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(" ".join(found))
        self.found = found


def faults() -> list[str]:
    """What is wrong with the published content as it stands."""
    return [fault for check in CHECKS for fault in check()]


def refuse_faults(known: Collection[str] = ()) -> None:
    """Raise Faults if the published content, as it stands, has others than those `known`."""
    found = [fault for fault in faults() if fault not in known]
    if found:
        raise Faults(found)


def set_draft(row: Draftable, *, is_draft: bool) -> None:
    """Publish a row with what stands under it, or make it a draft again.

    Raises Faults for a row that fails its own checks; `refuse_faults` does the rest.
    """
    row.is_draft = is_draft
    rows = [] if is_draft else _with_children(row)
    found = [fault for each in rows for fault in _faults_of(each)]
    if found:
        raise Faults(found)
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
