"""The changes of one certification by day, with the reasons that editors gave, for its page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.utils.timezone import localdate

from catalog.changelog.days import DatedChange, changes_since
from catalog.changelog.edits import TRACKED, history_of
from catalog.editorial.drafts import hidden

SHOWN = 10  # days; the feed has them all


@dataclass(frozen=True)
class ChangedDay:
    """A day on which the certification changed, with its changes and the reasons for them."""

    date: date
    changes: list[DatedChange]
    reasons: list[str]


@lru_cache(maxsize=1_000)
def changed_days(key: int, *, version: str, today: date) -> list[ChangedDay]:
    """The last days on which a certification changed for readers, the newest first.

    `version` is the content version: the answer is cached for as long as that stands.
    """
    changes = changes_since(date.min, [key], today=today)
    reasons = _reasons(key) if changes else {}
    days = groupby(changes, key=lambda change: change.date)
    return [ChangedDay(day, list(said), reasons.get(day, [])) for day, said in days][:SHOWN]


def _reasons(key: int) -> dict[date, list[str]]:
    """The reasons for edits of what readers see, by day, each once."""
    given: dict[date, list[str]] = defaultdict(list)
    for model, (owner, _) in TRACKED.items():
        versions = history_of(model).filter(**{owner: key}, history_user__isnull=False)
        found = versions.filter(~hidden(model), history_change_reason__gt="").order_by("history_id")
        for at, reason in found.values_list("history_date", "history_change_reason"):
            if reason not in given[localdate(at)]:
                given[localdate(at)].append(reason)
    return given
