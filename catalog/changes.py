"""What readers see of the history: the dated changes of entries."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import F, Model, Q, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, make_aware

from catalog.lifecycle import Status
from catalog.models import (
    Certification,
    Correction,
    Draftable,
    Lifecycle,
    Price,
    Statement,
    Succession,
    Tier,
)
from catalog.models.drafts import hidden

ONE_DAY = timedelta(days=1)
FEW = 100  # entries whose whole history is read without asking first which were edited

Rows = dict[int, dict[str, Any]]

# The models whose history readers see: how each names its entry, and the columns that count.
TRACKED: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    Certification: ("id", ("tier_id", "months_min", "months_max")),
    Lifecycle: ("certification_id", ("reported", "sales_end_on", "closes_on")),
    Price: ("certification_id", ("amount", "currency", "period")),
    Succession: ("certification_id", ("order", "successor_id")),
    Statement: ("certification_id", ("text", "section", "effect", "condition")),
    Correction: ("statement__certification_id", ("text",)),
}


class Kind(StrEnum):
    """What a change is about."""

    ADDED = "added"
    CLOSED = "closed"
    REOPENED = "reopened"
    TIER = "tier"
    PRICE = "price"
    STUDY_TIME = "study time"
    STATUS = "status"
    SUCCESSOR = "successor"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry; what is edited several times in a day is one change."""

    at: datetime
    certification: int
    slug: str
    name: str
    kind: Kind
    words: str
    row: str  # the statement or correction, of which several can change in a day

    @property
    def date(self) -> date:
        """The day of the change."""
        return localdate(self.at)

    @property
    def identity(self) -> str:
        """What it is the change of; the same whatever else is edited, renamed or corrected."""
        return f"{self.certification}/{self.date}/{self.kind}/{self.row}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("catalog:certification_detail", kwargs={"slug": self.slug})


Said = tuple[int, datetime, Kind, str, str]  # a change but for the entry's slug and name


class Edit(NamedTuple):
    """An entry's rows of one model, before and after a day on which they were edited."""

    key: int
    at: datetime
    before: Rows
    after: Rows


def changes_since(day: date, keys: Iterable[int], *, today: date) -> list[Change]:
    """What changed in the entries with these primary keys after a day, newest first.

    An entry that was there before the records began has no “added”.
    """
    touched = _touched(day, set(keys), today)
    named = (
        Certification.objects.published().filter(pk__in=touched).values_list("pk", "slug", "name")
    )
    names = {pk: (slug, name) for pk, slug, name in named}
    changes = [
        Change(at, key, *names[key], kind, words, row)
        for key, at, kind, words, row in _said(touched, today)
        if key in names and day < localdate(at) <= today
    ]
    changes.sort(key=lambda each: (each.name.casefold(), [*Kind].index(each.kind), each.row))
    return sorted(changes, key=lambda each: each.date, reverse=True)


def _touched(day: date, keys: set[int], today: date) -> set[int]:
    """Those of these entries that were edited, or whose end has come, after a day."""
    if len(keys) <= FEW:
        return keys
    ended = Q(closes_on__gte=day, closes_on__lt=today) | Q(sales_end_on__range=(day, today))
    after = midnight(day + ONE_DAY)
    edited = (
        history_of(model).filter(history_date__gte=after).order_by().values_list(owner)
        for model, (owner, _) in TRACKED.items()
    )
    touched = Lifecycle.objects.filter(ended).values_list("certification_id").union(*edited)
    return keys.intersection(key for (key,) in touched)


def _said(keys: set[int], today: date) -> Iterator[Said]:
    """Every change that readers saw of these entries; on the day when one was added, only that."""
    edits = {model: list(_edits(model, keys)) for model in TRACKED}
    added = [e for e in edits[Certification] if e.after and not e.before]
    yield from ((e.key, e.at, Kind.ADDED, "Added to the catalogue", "") for e in added)
    days_added = {(e.key, localdate(e.at)) for e in added}
    statuses = (
        _status_changes(list(steps), today)
        for _, steps in groupby(edits[Lifecycle], lambda edit: edit.key)
    )
    for said in chain(_changed_facts(edits), *statuses, _changed_judgement(edits)):
        day = said[0], localdate(said[1])
        if day not in days_added and _is_there(edits[Certification], *day):
            yield said


def _edits(model: type[Model], keys: set[int]) -> Iterator[Edit]:
    """The edits of each entry, by day; older rows were there before, drafts never were."""
    owner, columns = TRACKED[model]
    versions = (
        history_of(model)
        .filter(~hidden(model, by_itself=False), **{f"{owner}__in": keys})
        .order_by(owner, "history_date", "history_id")
        .values_list(owner, "history_date", "id", "history_type", draft_mark(model), *columns)
    )
    for key, mine in groupby(versions, itemgetter(0)):
        rows: Rows = {}
        known: set[int] = set()
        for _, group in groupby(mine, lambda version: localdate(version[1])):
            edits, before = list(group), dict(rows)
            for _, _, row, kind, is_draft, *values in edits:
                if kind == "~" and row not in known and not is_draft:
                    before[row] = dict(zip(columns, values, strict=True))
                known.add(row)
                rows.pop(row, None)
                if kind != "-" and not is_draft:
                    rows[row] = dict(zip(columns, values, strict=True))
            yield Edit(key, edits[-1][1], before, dict(rows))


def _is_there(edits: list[Edit], key: int, day: date) -> bool:
    """Whether readers saw an entry at the end of a day, after all edits of entries."""
    mine = [edit for edit in edits if edit.key == key]
    past = [bool(edit.after) for edit in mine if localdate(edit.at) <= day]
    return [not mine or bool(mine[0].before), *past][-1]


def _changed_facts(edits: dict[type[Model], list[Edit]]) -> Iterator[Said]:
    tiers, order = _last_names(Tier), itemgetter("order")
    known = (edit.before | edit.after for edit in edits[Succession])
    named = {row["successor_id"] for rows in known for row in rows.values()}
    entries = _last_names(Certification, id__in=named)

    def tier(rows: Rows) -> str:
        return tiers.get(_only(Certification, rows).tier_id, "not rated")

    def successors(rows: Rows) -> str:
        names = (entries.get(row["successor_id"], "") for row in sorted(rows.values(), key=order))
        return " and ".join(filter(None, names)) or "none"

    facts: tuple[tuple[type[Model], Kind, Callable[[Rows], str]], ...] = (
        (Certification, Kind.TIER, tier),
        (Certification, Kind.STUDY_TIME, lambda rows: _only(Certification, rows).study_time),
        (Price, Kind.PRICE, lambda rows: str(_only(Price, rows))),
        (Succession, Kind.SUCCESSOR, successors),
    )
    for model, kind, say in facts:
        for edit in edits[model]:
            new, old = say(edit.after), say(edit.before)
            if new != old and (edit.after or model is not Certification):
                yield edit.key, edit.at, kind, f"{kind.capitalize()}: {new}, before {old}", ""


def _changed_judgement(edits: dict[type[Model], list[Edit]]) -> Iterator[Said]:
    for model, noun in ((Statement, "Statement"), (Correction, "Correction")):
        for edit in edits[model]:
            for row in edit.before.keys() | edit.after.keys():
                words = _judgement(edit.after.get(row, {}), edit.before.get(row, {}))
                if words:
                    yield edit.key, edit.at, Kind.JUDGEMENT, f"{noun}{words}", f"{noun} {row}"


def _judgement(new: dict[str, Any], old: dict[str, Any]) -> str:
    if new == old:
        return ""
    if not new:
        return f" removed: “{old['text']}”"
    if not old:
        return f": “{new['text']}”"
    if new["text"] == old["text"]:
        return f" now applies otherwise: “{new['text']}”"
    return f": “{new['text']}”, before “{old['text']}”"


def _status_changes(edits: list[Edit], today: date) -> Iterator[Said]:
    """The changes of status of one entry: those by an edit, and those by a date alone."""
    days = [localdate(edit.at) for edit in edits]
    for edit, day, next_day in zip(edits, days, [*days[1:], today + ONE_DAY], strict=True):
        old, new = _only(Lifecycle, edit.before), _only(Lifecycle, edit.after)
        yield from _status_change(edit, edit.at, _status(old, day - ONE_DAY), _status(new, day))
        closed = _first_day_closed(new)
        if closed and day < closed < next_day:
            before = _status(new, closed - ONE_DAY)
            yield from _status_change(edit, midnight(closed), before, _status(new, closed))


def _status_change(
    edit: Edit, at: datetime, old: tuple[Status, str], new: tuple[Status, str]
) -> Iterator[Said]:
    said, before = (f"{status} ({ends})" if ends else status for status, ends in (new, old))
    was_closed, is_closed = old[0] is Status.CLOSED, new[0] is Status.CLOSED
    if is_closed and not was_closed:
        yield edit.key, at, Kind.CLOSED, f"Closed: {new[1]}" if new[1] else "Closed", ""
    elif was_closed and not is_closed:
        yield edit.key, at, Kind.REOPENED, f"Reopened: {said}, before {before}", ""
    elif said != before:
        yield edit.key, at, Kind.STATUS, f"Status: {said}, before {before}", ""


def _status(lifecycle: Lifecycle, day: date) -> tuple[Status, str]:
    """The status on a day, and the ends that are known."""
    ends = (("last day", lifecycle.closes_on), ("no longer sold from", lifecycle.sales_end_on))
    words = ", ".join(f"{what} {date_format(end, 'j F Y')}" for what, end in ends if end)
    return lifecycle.status_on(day), words


def _first_day_closed(lifecycle: Lifecycle) -> date | None:
    after = lifecycle.closes_on + ONE_DAY if lifecycle.closes_on else None
    return min((day for day in (after, lifecycle.sales_end_on) if day), default=None)


def _only(model: type[Any], rows: Rows) -> Any:  # noqa: ANN401 - a row of the model
    """The one row, or one in which nothing is known."""
    return model(**next(iter(rows.values()), {}))


def _last_names(model: type[Model], **which: Collection[int]) -> dict[int, str]:
    """The names readers knew last, by primary key; of all that there ever were, or of these."""
    versions = history_of(model).alias(draft=draft_mark(model)).filter(draft=False, **which)
    return dict(versions.order_by("history_date", "history_id").values_list("id", "name"))


def history_of(model: type[Any]) -> Any:  # noqa: ANN401 - simple_history has no types
    """The versions of all rows of a model."""
    return model.history


def draft_mark(model: type[Model]) -> Value | F:
    """The column that says of a version whether it is a draft; some rows can't be one."""
    return F("is_draft") if issubclass(model, Draftable) else Value(value=False)


def midnight(day: date) -> datetime:
    """The beginning of a day."""
    return make_aware(datetime.combine(day, time.min))


def renamed_slugs(slugs: Iterable[str]) -> dict[str, str]:
    """The slug of today for each of these that an entry had formerly and none has now."""
    slugs = set(slugs)
    if not slugs:
        return {}
    had = history_of(Certification).filter(slug__in=slugs, is_draft=False)
    owners = dict(had.order_by("history_date", "history_id").values_list("slug", "id"))
    entries = Certification.objects.published()
    now = dict(entries.filter(pk__in=owners.values()).values_list("pk", "slug"))
    taken = set(entries.filter(slug__in=owners).values_list("slug", flat=True))
    return {slug: now[pk] for slug, pk in owners.items() if pk in now and slug not in taken}
