"""The recorded edits of certifications, as far as readers see them: read from the history."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Value
from django.utils.timezone import make_aware

from catalog.editorial.drafts import hidden
from catalog.editorial.rows import ContentRow
from catalog.models import (
    Certification,
    Correction,
    Draftable,
    Lifecycle,
    Price,
    Statement,
    Succession,
)

ONE_DAY = timedelta(days=1)

# The models whose history readers see: the path to the certification, and the columns that count.
TRACKED: dict[type[ContentRow], tuple[str, tuple[str, ...]]] = {
    Certification: ("id", ("slug", "tier_id", "months_min", "months_max")),
    Lifecycle: ("certification_id", ("reported", "opens_on", "sales_end_on", "closes_on")),
    Price: ("certification_id", ("amount", "currency", "period")),
    Succession: ("certification_id", ("order", "successor_id")),
    Statement: ("certification_id", ("text", "section", "effect", "condition")),
    Correction: ("statement__certification_id", ("text",)),
}


class RecordedEdit(NamedTuple):
    """One version of a row of a certification; without values if readers did not see it then.

    `reason` is what a person gave for it, if anything.
    """

    at: datetime
    model: type[ContentRow]
    row: int
    is_new: bool
    values: dict[str, Any] | None
    reason: str


def edits_of(
    keys: Iterable[int], models: Iterable[type[ContentRow]]
) -> dict[int, list[RecordedEdit]]:
    """The edits of rows of these models for each certification that has any, the oldest first."""
    edits: dict[int, list[RecordedEdit]] = defaultdict(list)
    for model in models:
        owner, columns = TRACKED[model]
        versions = (
            model.history.filter(~hidden(model, by_itself=False), **{f"{owner}__in": keys})
            .order_by("history_date", "history_id")
            .values_list(
                *(owner, "history_date", "id", "history_type", draft_mark(model)),
                *("history_user", "history_change_reason", *columns),
            )
        )
        for key, at, row, history_type, is_draft, user, said, *values in versions:
            # To readers a draft is like a row that was deleted: publishing it adds it.
            is_seen = history_type != "-" and not is_draft
            seen = dict(zip(columns, values, strict=True)) if is_seen else None
            reason = said or "" if user else ""
            edits[key].append(RecordedEdit(at, model, row, history_type == "+", seen, reason))
    return {key: sorted(mine, key=lambda edit: edit.at) for key, mine in edits.items()}


def names_last_seen(model: type[ContentRow], **which: Collection[int]) -> dict[int, str]:
    """The last published name of each row by primary key, of deleted ones too."""
    versions = model.history.alias(draft=draft_mark(model)).filter(draft=False, **which)
    return dict(versions.order_by("history_date", "history_id").values_list("id", "name"))


def draft_mark(model: type[ContentRow]) -> Value | F:
    """The column that says of a version whether it is a draft; some rows can't be one."""
    return F("is_draft") if issubclass(model, Draftable) else Value(value=False)


def midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
