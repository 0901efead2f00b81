"""Conflicts: what an editor sent meets a version that the editor has not seen.

Three versions of each field meet: as it was when the editor opened the page, as others left it
since, and as the editor sent it. What the editor changed stays; what only others changed is taken
over; and all that differs is shown before anything is saved.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.forms import BaseModelForm, BaseModelFormSet, CheckboxInput, ModelChoiceField
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.text import Truncator, capfirst

from catalog.editorial.edit_tokens import FIELD, moment_of
from catalog.editorial.normalized_text import LINE_ENDS
from catalog.editorial.past_states import keys_in, links_at, newer, said_by, state_at
from catalog.editorial.rows import ContentRow

Form = BaseModelForm[Any]
FormSet = BaseModelFormSet[Any, Any]
Sheet = dict[str, list[str]]  # what a browser sends for each field of a row

GONE = "deleted"


@dataclass(frozen=True)
class Difference:
    """One field in three versions, in words."""

    row: str
    field: str
    was: str
    theirs: str
    yours: str

    @property
    def is_contested(self) -> bool:
        """True if both changed the field, and not to the same value."""
        return self.was not in (self.theirs, self.yours) and self.theirs != self.yours


@dataclass(frozen=True)
class ConflictRow:
    """One row in three versions; None where there was no such row."""

    form: Form  # has the row as it is now, or as it was
    was: Sheet | None
    theirs: Sheet | None
    yours: Sheet | None

    @property
    def is_stale(self) -> bool:
        """True if others changed, added or deleted the row since the editor opened the page."""
        return self.was != self.theirs

    @property
    def is_edited(self) -> bool:
        return self.yours is not None and self.yours != self.was

    def carried(self) -> Sheet:
        """The editor's changes on top of what is there now."""
        if self.theirs is None or self.yours is None:
            return self.theirs or self.yours or {}
        was = self.was or {}
        mine = {name for name, values in self.yours.items() if values != was.get(name)}
        return {name: (self.yours if name in mine else self.theirs)[name] for name in self.theirs}

    def differences(self) -> Iterator[Difference]:
        """Every field that others or the editor changed."""
        for name in self.theirs or self.was or ():
            was = self._words(name, self.was, absent="")
            absent = GONE if was else ""
            theirs = self._words(name, self.theirs, absent=absent)
            yours = self._words(name, self.yours, absent=absent)
            if not was == theirs == yours:
                yield Difference(self._title, str(self.form[name].label), was, theirs, yours)

    @property
    def _title(self) -> str:
        kind = str(capfirst(self.form.instance._meta.verbose_name))
        try:
            name = Truncator(str(self.form.instance)).chars(60)
        except ObjectDoesNotExist:  # a row to be added, which refers to nothing yet
            return kind
        return f"{kind} “{name}”"

    def _words(self, name: str, sheet: Sheet | None, *, absent: str) -> str:
        if sheet is None:
            return absent
        field, values = self.form.fields[name], sheet[name]
        if isinstance(field.widget, CheckboxInput):
            return "yes" if values else "no"
        if isinstance(field, ModelChoiceField):
            rows: Any = field.queryset
            return ", ".join(map(str, rows.filter(pk__in=keys_in(values))))
        choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return ", ".join(choices.get(value, value) for value in values)


@dataclass(frozen=True)
class Conflict:
    """The versions that stop a save, and the input on top of what is there now."""

    rows: list[ConflictRow]
    newer: list[Any]  # versions that the editor has not seen
    data: QueryDict
    is_unknown: bool = False  # the page did not say what it showed

    @property
    def is_stale(self) -> bool:
        """True if there is a difference that the editor has to see first."""
        return self.is_unknown or any(row.is_stale for row in self.rows)

    @property
    def keys(self) -> list[int]:
        """The primary keys of the rows that are still there."""
        return [row.form.instance.pk for row in self.rows if row.theirs is not None]

    @property
    def differences(self) -> list[Difference]:
        return [difference for row in self.rows for difference in row.differences()]

    @property
    def authors(self) -> str:
        return said_by(self.newer)


class RefusedForm(BaseModelForm[Any]):
    """A form that is shown again with all that was sent, and never saved."""

    reasons: Sequence[str]

    def clean(self) -> dict[str, Any]:
        self.add_error(None, [*self.reasons])
        return super().clean() or self.cleaned_data


def find_conflict(
    model_admin: ModelAdmin[Any], request: HttpRequest, row: ContentRow
) -> Conflict | None:
    """The conflict between the submitted form and newer versions of the row, or None.

    A page that does not say what it showed is in the way itself.
    """
    model, moment = type(row), moment_of(request.POST.get(FIELD, ""))
    versions = newer(model, [row.pk], moment) if moment else []
    if moment and not versions:
        return None
    state = state_at(model, [row.pk], moment or timezone.now())
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, row))
    form = model_admin.get_form(request, row, change=True, fields=fields)
    sent, data = request.POST, request.POST.copy()
    rows = [_row(form, state.get((model, row.pk)), form(instance=row), sent, "")]
    for name, values in rows[0].carried().items():
        data.setlist(name, values)
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, row):
        formset: Any = formset_class(instance=row, queryset=inline.get_queryset(request))
        was = {
            str(key): version
            for (of, key), version in state.items()
            if of is formset.model and getattr(version, formset.fk.attname) == row.pk
        }
        listed = _rows(formset, sent, was)
        _fill(data, formset, listed)
        rows += listed
    conflict = Conflict(rows, versions, data, is_unknown=moment is None)
    return conflict if conflict.is_stale else None


def as_new(model_admin: ModelAdmin[Any], request: HttpRequest) -> QueryDict:
    """The submitted data of a deleted row, changed to that of a new one."""
    data = request.POST.copy()
    for formset_class, _ in model_admin.get_formsets_with_inlines(request, None):
        formset: Any = formset_class()
        _fill(data, formset, _rows(formset, request.POST, {}))
    return data


def find_conflict_in_list(
    formset_class: type[FormSet], queryset: QuerySet[Any], sent: QueryDict
) -> Conflict:
    """The conflict of a list, with the submitted rows that the editor changed.

    Nothing stands in the way unless it `is_stale`.
    """
    prefix, model = formset_class.get_default_prefix(), queryset.model
    ids = re.compile(rf"{prefix}-[0-9]+-id")
    keys = keys_in(key for name, key in sent.items() if ids.fullmatch(name))
    moment = moment_of(sent.get(FIELD, ""))
    state = state_at(model, keys, moment or timezone.now())
    was = {str(key): version for (of, key), version in state.items() if of is model}
    formset = formset_class(queryset=queryset.filter(pk__in=keys))
    rows = [row for row in _rows(formset, sent, was) if row.is_edited]
    data = sent.copy()
    _fill(data, formset, [row for row in rows if row.theirs is not None])
    stale = [row.form.instance.pk for row in rows if row.is_stale]
    versions = newer(model, stale, moment) if moment else []
    return Conflict(rows, versions, data, is_unknown=moment is None)


def _rows(formset: FormSet, sent: QueryDict, was: dict[str, Any]) -> list[ConflictRow]:
    """The rows of a list: those there now (`formset`) in their order, then the others sent.

    `was` holds the versions that the editor's page had, by primary key.
    """
    (total,) = keys_in([sent.get(f"{formset.prefix}-TOTAL_FORMS")]) or [0]
    count = min(total, formset.absolute_max)
    prefixes = [f"{formset.prefix}-{number}" for number in range(count)]
    named = {str(sent.get(f"{prefix}-id") or prefix): prefix for prefix in prefixes}
    now = {str(form.instance.pk): form for form in formset.initial_forms}
    if formset.max_num == 1 and now and named and not {*now} & {*named, *was}:
        named = {next(iter(now)): prefixes[0]}  # both added the only row that there can be
    return [
        _row(formset.form, was.get(key), now.get(key), sent, named.get(key))
        for key in dict.fromkeys([*now, *named])
    ]


def _row(
    form: type[Form], was: Any, now: Form | None, sent: QueryDict, prefix: str | None
) -> ConflictRow:
    """A row: its version when the page was opened, a form of it now, and what was sent, if any."""
    then = {"instance": was.instance, "initial": links_at(was)} if was else {}
    shown = form(prefix=prefix, **then)
    blank = _sheet(shown, shown.fields)
    yours = opened = blank if was or (now and prefix is not None) else None
    if prefix is not None:
        found = {name: sent.getlist(shown.add_prefix(name)) for name in blank}
        yours = {
            name: blank[name] if _plain(values) == _plain(blank[name]) else values
            for name, values in found.items()
        }
    is_dropped = f"{prefix}-DELETE" in sent
    theirs = _sheet(now, shown.fields) if now else None
    return ConflictRow(now or shown, opened, theirs, None if is_dropped else yours)


def _sheet(form: Form, names: Iterable[str]) -> Sheet:
    """The data that a browser sends for these fields of an untouched form."""
    sheet: Sheet = {}
    for name in names:
        field, value = form.fields[name], form[name].value()
        if isinstance(field.widget, CheckboxInput):
            sheet[name] = ["on"] if value else []
        else:
            # The admin puts a widget with buttons around the one that chooses a row.
            widget: Any = getattr(field.widget, "widget", field.widget)
            shown = widget.format_value(value)
            # Linked rows are a set: a version lists them as they were linked, a form by name.
            listed = sorted(shown) if isinstance(shown, list) else [shown]
            sheet[name] = ["" if value is None else str(value) for value in listed]
    return sheet


def _plain(values: list[str]) -> list[str]:
    """Values normalised for comparison: line endings, outer blanks, selection order."""
    return sorted(LINE_ENDS.sub("\n", value).strip() for value in values)


def _fill(data: QueryDict, formset: FormSet, rows: list[ConflictRow]) -> None:
    """Put a list into what a browser sends: the rows that are there, then those to be added."""
    for name in [name for name in data if name.startswith(f"{formset.prefix}-")]:
        del data[name]
    kept = [row for row in rows if row.theirs is not None or row.is_edited]
    for number, row in enumerate(kept):
        values = {**row.carried()}
        if row.theirs is not None:
            values["id"] = [str(row.form.instance.pk)]
            if row.yours is None and row.was is not None:
                values["DELETE"] = ["on"]
        for name, listed in values.items():
            data.setlist(f"{formset.prefix}-{number}-{name}", listed)
    counts = {
        "TOTAL_FORMS": len(kept),
        "INITIAL_FORMS": sum(row.theirs is not None for row in kept),
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": formset.max_num,
    }
    for name, count in counts.items():
        data[f"{formset.prefix}-{name}"] = str(count)
