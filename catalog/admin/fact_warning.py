"""The warning about a fact that changed and still claims the check that its old value had."""

from django.utils import timezone
from django.utils.formats import date_format

from catalog.editorial.version_diff import EDIT_WARNINGS, RowChange
from catalog.models.sources import BESIDE_THE_VALUE, Sourced

NOT_READ = {*BESIDE_THE_VALUE, "order", "slug", "is_draft", "noted_on", "statement"}


def unread_fact_warning(change: RowChange) -> str:
    """The warning about a value that changed without a new day or source; empty if none is due."""
    if change.kind != "changed":
        return ""
    fields = {difference.field for difference in change.new.diff_against(change.old).changes}
    checked_on = change.new.checked_on
    is_told = {"checked_on", "sources"} & fields or checked_on >= timezone.localdate()
    if is_told or not fields - NOT_READ:
        return ""
    of = f"{change.of}: " if change.of else ""
    return (
        f"{of}{change.title} changed, but it still says that it was checked on "
        f"{date_format(checked_on, 'j F Y')}: give the day and the source of what you read."
    )


EDIT_WARNINGS[Sourced] = unread_fact_warning
