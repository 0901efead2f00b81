"""What readers see of the history: the dated changes of certifications."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, Model, Q, Value
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from simple_history.manager import HistoryManager

from catalog.editorial.drafts import hidden
from catalog.fact_words import dates_words
from catalog.lifecycle import Status, is_ahead
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

M = TypeVar("M", bound=Model)

ONE_DAY = timedelta(days=1)
FEW = 100  # certifications whose whole history is read without asking first which were edited

# The models whose history readers see: the path to the certification, and the columns that count.
TRACKED: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    Certification: ("id", ("slug", "tier_id", "months_min", "months_max")),
    Lifecycle: ("certification_id", ("reported", "opens_on", "sales_end_on", "closes_on")),
    Price: ("certification_id", ("amount", "currency", "period")),
    Succession: ("certification_id", ("order", "successor_id")),
    Statement: ("certification_id", ("text", "section", "effect", "condition")),
    Correction: ("statement__certification_id", ("text",)),
}


class ChangeKind(StrEnum):
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
class DatedChange:
    """One change of a certification; what is edited several times in a day is one change.

    What was edited on the day on which it was added, but after that, is a change too.
    """

    at: datetime
    certification: int
    slug: str
    name: str
    kind: ChangeKind
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
        return reverse("catalog:certification_detail", kwargs={"slug": self.slug})


class RecordedEdit(NamedTuple):
    """One version of a row of a certification; without values if readers did not see it then."""

    at: datetime
    model: type[Model]
    row: int
    is_new: bool
    values: dict[str, Any] | None


class CertificationState(NamedTuple):
    """What readers saw of a certification at the end of a day.

    Its facts in words, and its sentences.
    """

    facts: dict[ChangeKind, str]
    is_closed: bool
    ends: str
    sentences: dict[str, dict[str, Any]]


Rows = dict[type[Model], dict[int, dict[str, Any]]]
Names = dict[int, str]  # by primary key
Said = tuple[ChangeKind, str, str]  # the kind of a change, its words, and which sentence it is of


def changes_since(day: date, keys: Iterable[int], *, today: date) -> list[DatedChange]:
    """What changed in the certifications with these primary keys after a day, newest first.

    A certification that was there before the records began has no “added”.
    """
    touched = Certification.objects.published().filter(pk__in=_touched(day, set(keys), today))
    certifications = {
        pk: (slug, name) for pk, slug, name in touched.values_list("pk", "slug", "name")
    }
    edits = edits_of(certifications, TRACKED)
    seen = (edit.values for mine in edits.values() for edit in mine if edit.model is Succession)
    successors = {values["successor_id"] for values in seen if values}
    names = _last_names(Tier), _last_names(Certification, id__in=successors)
    changes = [
        DatedChange(at, key, *certifications[key], kind, words, row)
        for key, mine in edits.items()
        for at, (kind, words, row) in _said(mine, today, *names)
        if day < localdate(at)
    ]
    changes.sort(key=lambda each: (each.name.casefold(), [*ChangeKind].index(each.kind), each.row))
    return sorted(changes, key=lambda each: each.date, reverse=True)


def _touched(day: date, keys: set[int], today: date) -> set[int]:
    """Those of these certifications that were edited, or that a date has opened or closed.

    After a day.
    """
    if len(keys) <= FEW:
        return keys
    passed = (day, today)
    turned = (
        Q(closes_on__gte=day, closes_on__lt=today)
        | Q(sales_end_on__range=passed)
        | Q(opens_on__range=passed)
    )
    after = midnight(day + ONE_DAY)
    edited = (
        history_of(model).filter(history_date__gte=after).order_by().values_list(owner)
        for model, (owner, _) in TRACKED.items()
    )
    touched = Lifecycle.objects.filter(turned).values_list("certification_id").union(*edited)
    return keys.intersection(key for (key,) in touched)


def edits_of(keys: Iterable[int], models: Iterable[type[Model]]) -> dict[int, list[RecordedEdit]]:
    """The edits of rows of these models of each certification that has any, the oldest first."""
    edits: dict[int, list[RecordedEdit]] = defaultdict(list)
    for model in models:
        owner, columns = TRACKED[model]
        versions = (
            history_of(model)
            .filter(~hidden(model, by_itself=False), **{f"{owner}__in": keys})
            .order_by("history_date", "history_id")
            .values_list(owner, "history_date", "id", "history_type", draft_mark(model), *columns)
        )
        for key, at, row, kind, is_draft, *values in versions:
            is_seen = kind != "-" and not is_draft
            seen = dict(zip(columns, values, strict=True)) if is_seen else None
            edits[key].append(RecordedEdit(at, model, row, kind == "+", seen))
    return {key: sorted(mine, key=lambda edit: edit.at) for key, mine in edits.items()}


def _last_names(model: type[Model], **which: Collection[int]) -> Names:
    """The names readers knew last; of all that there ever were, or of these."""
    versions = history_of(model).alias(draft=draft_mark(model)).filter(draft=False, **which)
    return dict(versions.order_by("history_date", "history_id").values_list("id", "name"))


def _said(
    edits: list[RecordedEdit], today: date, tiers: Names, successors: Names
) -> Iterator[tuple[datetime, Said]]:
    """Every change of a certification that readers saw.

    Each day is compared with the one before.
    """
    rows: Rows = {model: {} for model in TRACKED}
    for edit in reversed(edits):  # before the records: what was there when first edited
        _write(rows, edit, None if edit.is_new else edit.values)
    if all(edit.model is not Certification for edit in edits):
        rows[Certification][0] = {}
    by_day = {day: list(those) for day, those in groupby(edits, lambda each: localdate(each.at))}
    turns = {turn for day, mine in by_day.items() for edit in mine for turn in _turns(edit, day)}
    before = _seen(rows, min(by_day) - ONE_DAY, tiers, successors)
    for day in sorted(day for day in {*by_day, *turns} if day <= today):
        for at, edits_at_once in groupby(by_day.get(day, ()), lambda each: each.at):
            for edit in edits_at_once:
                _write(rows, edit, edit.values)
            if before is None:
                before = _seen(rows, day, tiers, successors)
                if before is not None:
                    yield at, (ChangeKind.ADDED, "Added to the catalogue", "")
        after = _seen(rows, day, tiers, successors)
        at = by_day[day][-1].at if day in by_day else midnight(day)
        yield from ((at, said) for said in _differences(before, after))
        before = after


def _write(rows: Rows, edit: RecordedEdit, values: dict[str, Any] | None) -> None:
    rows[edit.model].pop(edit.row, None)
    if values is not None:
        rows[edit.model][edit.row] = values


def _turns(edit: RecordedEdit, day: date) -> list[date]:
    """The later days on which the status is another, by the dates that an edit gives it."""
    if edit.model is not Lifecycle or edit.values is None:
        return []
    last, sales_end = edit.values["closes_on"], edit.values["sales_end_on"]
    turns = (edit.values["opens_on"], last and last + ONE_DAY, sales_end)
    return [turn for turn in turns if turn and turn > day]


def _seen(rows: Rows, day: date, tiers: Names, names: Names) -> CertificationState | None:
    """What readers saw of a certification at the end of a day; None if it was not there."""
    if not rows[Certification]:
        return None
    certification: Certification = _only(Certification, rows)
    lifecycle: Lifecycle = _only(Lifecycle, rows)
    order = sorted(rows[Succession].values(), key=itemgetter("order"))
    successors = (names.get(each["successor_id"]) for each in order)
    ends = dates_words(lifecycle, day)
    status = lifecycle.status_on(day)
    is_closed = status is Status.CLOSED and not is_ahead(lifecycle.opens_on, day)
    facts = {
        ChangeKind.STATUS: f"{status} ({ends})" if ends else status,
        ChangeKind.TIER: tiers.get(certification.tier_id or 0, "not rated"),
        ChangeKind.STUDY_TIME: certification.study_time,
        ChangeKind.PRICE: str(_only(Price, rows)),
        ChangeKind.SUCCESSOR: " and ".join(filter(None, successors)) or "none",
    }
    sentences = {
        f"{model.__name__} {row}": values
        for model in (Statement, Correction)
        for row, values in rows[model].items()
    }
    return CertificationState(facts, is_closed, ends, sentences)


def _only(model: type[M], rows: Rows) -> M:
    """The one row, or one in which nothing is known."""
    return model(**next(iter(rows[model].values()), {}))


def _differences(old: CertificationState | None, new: CertificationState | None) -> Iterator[Said]:
    """What readers are told of two days, on both of which the certification was there."""
    if old is None or new is None:
        return
    for kind, words in new.facts.items():
        if words == old.facts[kind]:
            continue
        if kind is ChangeKind.STATUS and new.is_closed and not old.is_closed:
            yield ChangeKind.CLOSED, f"Closed: {new.ends}" if new.ends else "Closed", ""
        else:
            is_reopened = kind is ChangeKind.STATUS and old.is_closed and not new.is_closed
            said = ChangeKind.REOPENED if is_reopened else kind
            yield said, f"{said.capitalize()}: {words}, before {old.facts[kind]}", ""
    for row in new.sentences.keys() | old.sentences.keys():
        words = _sentence(new.sentences.get(row, {}), old.sentences.get(row, {}))
        if words:
            yield ChangeKind.JUDGEMENT, f"{row.partition(' ')[0]}{words}", row


def _sentence(new: dict[str, Any], old: dict[str, Any]) -> str:
    if new == old:
        return ""
    if not new:
        return f" removed: “{old['text']}”"
    if not old:
        return f": “{new['text']}”"
    if new["text"] == old["text"]:
        return f" now applies otherwise: “{new['text']}”"
    return f": “{new['text']}”, before “{old['text']}”"


def history_of(model: type[Any]) -> HistoryManager:
    """The versions of all rows of a model."""
    return model.history


def draft_mark(model: type[Model]) -> Value | F:
    """The column that says of a version whether it is a draft; some rows can't be one."""
    return F("is_draft") if issubclass(model, Draftable) else Value(value=False)


def midnight(day: date) -> datetime:
    """The beginning of a day."""
    return make_aware(datetime.combine(day, time.min))
