"""An editor's input, carried over to the newer version of what it was written for.

Three versions of each field meet: as it was when the editor opened the page, as others left it
since, and as the editor sent it. What the editor changed stays; what only others changed is taken
over; and all that differs is shown before anything is saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import (
    BaseInlineFormSet,
    BaseModelForm,
    BaseModelFormSet,
    CheckboxInput,
    ModelChoiceField,
)
from django.http import QueryDict
from django.utils.text import Truncator, capfirst

from catalog.admin.versions import links_at

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
        """Whether both changed it, and not to the same."""
        return self.was not in (self.theirs, self.yours) and self.theirs != self.yours


@dataclass(frozen=True)
class Row:
    """One row in three versions; None where there was no such row."""

    form: Form  # has the row as it is now, or as it was
    was: Sheet | None
    theirs: Sheet | None
    yours: Sheet | None

    @property
    def is_stale(self) -> bool:
        """Whether others changed, added or deleted it since the editor opened the page."""
        return self.was != self.theirs

    @property
    def is_edited(self) -> bool:
        """Whether the editor changed or added it."""
        return self.yours is not None and self.yours != self.was

    @property
    def is_dropped(self) -> bool:
        """Whether the editor deleted it."""
        return self.yours is None and self.was is not None

    @property
    def title(self) -> str:
        """What it is, in words."""
        row = self.form.instance
        return f"{capfirst(row._meta.verbose_name)} “{Truncator(row).chars(60)}”"  # noqa: SLF001 - public API

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
                yield Difference(self.title, str(self.form[name].label), was, theirs, yours)

    def _words(self, name: str, sheet: Sheet | None, *, absent: str) -> str:
        if sheet is None:
            return absent
        field, values = self.form.fields[name], sheet[name]
        if isinstance(field.widget, CheckboxInput):
            return "yes" if values else "no"
        if isinstance(field, ModelChoiceField):
            keys = [value for value in values if value.isdigit()]
            rows: Any = field.queryset
            return ", ".join(map(str, rows.filter(pk__in=keys)))
        choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return ", ".join(choices.get(value, value) for value in values)


def sheet_of(form: Form) -> Sheet:
    """What a browser sends for a form that is left as it was opened."""
    sheet: Sheet = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field.widget, CheckboxInput):
            sheet[name] = ["on"] if value else []
        else:
            # The admin puts a widget with buttons around the one that chooses a row.
            widget: Any = getattr(field.widget, "widget", field.widget)
            shown = widget.format_value(value)
            listed = shown if isinstance(shown, list) else [shown]
            sheet[name] = ["" if each is None else str(each) for each in listed]
    return sheet


def sheet_sent(form: Form, opened: Sheet) -> Sheet:
    """What was sent for a form; where only line ends or blanks differ, as it was opened."""
    data: Any = form.data
    sent = {name: data.getlist(form.add_prefix(name)) for name in opened}
    changed = {name for name in form.changed_data if _lines(sent[name]) != _lines(opened[name])}
    return {name: sent[name] if name in changed else opened[name] for name in opened}


def row_of(
    form: type[Form],
    *,
    was: Any,  # noqa: ANN401 - simple_history has no types
    theirs: Form | None,
    sent: QueryDict | None,
    prefix: str = "",
    is_dropped: bool = False,
) -> Row:
    """A row: its version when the page was opened, a form of it now, and what was sent."""
    then: dict[str, Any] = {"prefix": prefix, "instance": form._meta.model()}  # noqa: SLF001 - public API
    if was:
        then |= {"instance": was.instance, "initial": links_at(was)}
    blank = sheet_of(form(**then))
    opened = blank if was or (theirs and sent) else None
    yours = sheet_sent(form(sent, **then), blank) if sent else opened
    # In a list, the forms of saved rows have fields more, for the list's own use.
    now = sheet_of(theirs) if theirs else {}
    return Row(
        form=theirs or form(**then),
        was=opened,
        theirs={name: now[name] for name in blank} if theirs else None,
        yours=None if is_dropped else yours,
    )


def rows_of(formset: FormSet, sent: QueryDict, was: dict[int, Any]) -> list[Row]:
    """The rows of a list: those there now (`formset`) in their order, then the others sent.

    `was` holds the versions that the editor's page had, by primary key.
    """
    count = min(int(sent.get(f"{formset.prefix}-TOTAL_FORMS") or 0), formset.absolute_max)
    prefixes = [f"{formset.prefix}-{number}" for number in range(count)]
    saved = {int(key): each for each in prefixes if (key := sent.get(f"{each}-id"))}
    new = [each for each in prefixes if each not in saved.values()]
    found = [
        (form, form.instance.pk, saved.pop(form.instance.pk, "")) for form in formset.initial_forms
    ]
    if formset.max_num == 1 and new and found and found[0][1] not in was:
        found = [(*found[0][:2], new.pop())]  # both added the only row that there can be
    left = [(None, key, prefix) for key, prefix in saved.items()]
    added = [(None, None, prefix) for prefix in new]
    return [
        row_of(
            formset.form,
            was=was.get(key),
            theirs=theirs,
            sent=sent if prefix else None,
            prefix=prefix,
            is_dropped=bool(prefix) and f"{prefix}-DELETE" in sent,
        )
        for theirs, key, prefix in (*found, *left, *added)
    ]


def fill(data: QueryDict, formset: FormSet, rows: list[Row]) -> None:
    """Put a list into what a browser sends: the rows that are there, then those to be added."""
    for name in [name for name in data if name.startswith(f"{formset.prefix}-")]:
        del data[name]
    kept = [row for row in rows if row.theirs is not None or row.is_edited]
    for number, row in enumerate(kept):
        prefix = f"{formset.prefix}-{number}"
        for name, values in row.carried().items():
            data.setlist(f"{prefix}-{name}", values)
        if row.theirs is not None:
            data[f"{prefix}-id"] = str(row.form.instance.pk)
        if row.is_dropped:
            data[f"{prefix}-DELETE"] = "on"
        if isinstance(formset, BaseInlineFormSet):
            data[f"{prefix}-{formset.fk.name}"] = str(formset.instance.pk or "")
    counts = {
        "TOTAL_FORMS": len(kept),
        "INITIAL_FORMS": sum(row.theirs is not None for row in kept),
        "MIN_NUM_FORMS": 0,
        "MAX_NUM_FORMS": formset.max_num,
    }
    for name, count in counts.items():
        data[f"{formset.prefix}-{name}"] = str(count)


def _lines(values: list[str]) -> list[str]:
    return ["\n".join(value.split("\r\n")).strip() for value in values]
