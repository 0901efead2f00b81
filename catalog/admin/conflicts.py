"""Conflicts: what an editor sent meets a version that the editor has not seen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from catalog.admin.carrying import Difference, FormSet, Row, fill, row_of, rows_of
from catalog.admin.versions import State, moment_of, newer, said_by, state_at
from catalog.models.keyed import KeyedModel


@dataclass(frozen=True)
class Conflict:
    """Why a save was stopped, and the input on top of what is there now."""

    rows: list[Row]
    newer: list[Any]  # versions that the editor has not seen
    data: QueryDict
    is_unknown: bool = False  # the page did not say what it showed

    @property
    def is_stale(self) -> bool:
        """Whether there is something that the editor has to see first."""
        return self.is_unknown or any(row.is_stale for row in self.rows)

    @property
    def keys(self) -> list[int]:
        """The primary keys of the rows that are still there."""
        return [row.form.instance.pk for row in self.rows if row.theirs is not None]

    @property
    def differences(self) -> list[Difference]:
        """Every field that others or the editor changed."""
        return [each for row in self.rows for each in row.differences()]

    @property
    def authors(self) -> str:
        """Who made the newer versions, and when."""
        return said_by(self.newer)


class RefusedForm(BaseModelForm[Any]):
    """A form that is shown again with all that was sent, and never saved."""

    reasons: Sequence[str]

    def clean(self) -> dict[str, Any]:
        """Refuse."""
        self.add_error(None, [*self.reasons])
        return super().clean() or self.cleaned_data


def find_conflict(
    model_admin: ModelAdmin[Any], request: HttpRequest, row: KeyedModel, token: str
) -> Conflict | None:
    """What stands in the way of saving what was sent for a row; None if it is as it was shown.

    A page that does not say what it showed is in the way itself.
    """
    model, moment = type(row), moment_of(token)
    versions = newer(model, [row.pk], moment) if moment else []
    if moment and not versions:
        return None
    state = state_at(model, [row.pk], moment or timezone.now())
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, row))
    form = model_admin.get_form(request, row, change=True, fields=fields)
    was, theirs = state.get((model, row.pk)), form(instance=row)
    rows, data = [row_of(form, was=was, theirs=theirs, sent=request.POST)], request.POST.copy()
    for name, values in rows[0].carried().items():
        data.setlist(name, values)
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, row):
        formset = formset_class(instance=row, queryset=inline.get_queryset(request))
        listed = rows_of(formset, request.POST, _of(state, formset))
        fill(data, formset, listed)
        rows += listed
    conflict = Conflict(rows, versions, data, is_unknown=moment is None)
    return conflict if conflict.is_stale else None


def find_conflict_in_list(
    formset_class: type[FormSet], queryset: QuerySet[Any], sent: QueryDict, token: str
) -> Conflict:
    """What was sent for the rows of a list, reduced to those that the editor changed.

    Nothing stands in the way unless it `is_stale`.
    """
    prefix, model = formset_class.get_default_prefix(), queryset.model
    ids = re.compile(rf"{prefix}-[0-9]+-id")
    keys = [int(str(key)) for name, key in sent.items() if ids.fullmatch(name) and key]
    moment = moment_of(token)
    state = state_at(model, keys, moment or timezone.now())
    was = {key: version for (of, key), version in state.items() if of is model}
    formset = formset_class(queryset=queryset.filter(pk__in=keys))
    rows = [row for row in rows_of(formset, sent, was) if row.is_edited]
    data = sent.copy()
    fill(data, formset, [row for row in rows if row.theirs is not None])
    stale = [row.form.instance.pk for row in rows if row.is_stale]
    versions = newer(model, stale, moment) if moment else []
    return Conflict(rows, versions, data, is_unknown=moment is None)


def _of(state: State, formset: Any) -> dict[int, Any]:  # noqa: ANN401 - any inline list
    """The versions of the rows of a list, by primary key."""
    return {
        key: version
        for (model, key), version in state.items()
        if model is formset.model and getattr(version, formset.fk.attname) == formset.instance.pk
    }
