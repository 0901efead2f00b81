"""The parts of a form of the admin: its errors, the lines of its statements, its help texts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst

from catalog.conditions import ConditionError, in_words, parse_known
from catalog.editorial.admin.proposed_change_views import PROPOSAL
from catalog.editorial.admin.widgets import help_id
from catalog.fact_summary import words_of
from catalog.models import Chapter, Lifecycle, Price, Statement, Trait
from catalog.models.statement import USUAL_EFFECTS

register = template.Library()

FieldError = tuple[str, str]  # the id of the place, and the words
Helps = dict[str, dict[str, str]]  # by label: the words, by the ids that fields refer to


@register.simple_tag
def problems_on(form: BaseForm, inlines: Iterable[InlineAdminFormSet]) -> list[FieldError]:
    """Every error but those of the form as a whole, which stand above it."""
    return [*_of_fields(form, ""), *(error for inline in inlines for error in _of_list(inline))]


def _of_list(inline: InlineAdminFormSet) -> Iterator[FieldError]:
    formset, kind = inline.formset, capfirst(inline.opts.verbose_name)
    whole = kind if formset.max_num == 1 else capfirst(inline.opts.verbose_name_plural)
    yield from ((f"{formset.prefix}-group", f"{whole}: {e}") for e in formset.non_form_errors())
    for number, form in enumerate(formset.forms):
        is_known = form.instance.pk is not None
        which = f"“{Truncator(form.instance).chars(50)}”" if is_known else f"#{number + 1}"
        row = kind if formset.max_num == 1 else f"{kind} {which}"
        yield from ((form.prefix, f"{row}: {error}") for error in form.non_field_errors())
        yield from _of_fields(form, f"{row}: ")


def _of_fields(form: BaseForm, row: str) -> Iterator[FieldError]:
    for field in form:
        yield from ((field.auto_id, f"{row}{field.label}: {error}") for error in field.errors)


EFFECTS = {
    Statement.Effect.FOR: "for",
    Statement.Effect.AGAINST: "against",
    Statement.Effect.EITHER: "for, or against",
    Statement.Effect.PREREQUISITE: "must hold",
}


@dataclass(frozen=True)
class StatementLine:
    """One statement in the form: what its line says, and the form below it."""

    admin_form: Any
    text: str
    effect: str
    condition: str
    is_open: bool


@dataclass(frozen=True)
class SectionLines:
    """The lines of one section."""

    value: str
    lines: list[StatementLine]

    @property
    def label(self) -> str:
        """The heading of the section in the form."""
        section = Statement.Section(self.value)
        return "Sentences" if section == section.CHAPTER else section.label.rstrip(":")

    @property
    def usual_effect(self) -> str:
        """The effect that is proposed for a new sentence."""
        return USUAL_EFFECTS.get(Statement.Section(self.value), Statement.Effect.NONE)


@dataclass(frozen=True)
class StatementTable:
    """The statements of a form: sections with lines, the other sections, and the empty line."""

    sections: list[SectionLines]
    others: list[SectionLines]
    last: Any  # the empty form, if rows may be added


@register.simple_tag
def statement_table(inline: Any) -> StatementTable:
    """The statements of a form by section, in the order in which readers see the sections."""
    found: dict[str, list[StatementLine]] = {}
    labels = dict(Trait.objects.values_list("slug", "label"))
    forms, is_chapter = [*inline], inline.formset.fk.related_model is Chapter
    for admin_form in forms:
        if "__prefix__" not in admin_form.form.prefix:
            line = _line(admin_form, labels)
            found.setdefault(_value(admin_form.form, "section"), []).append(line)
    if is_chapter:
        found.setdefault(Statement.Section.CHAPTER, [])
    rest = {*Statement.Section.values} - {*found, Statement.Section.CHAPTER}
    others = [] if is_chapter else [value for value in Statement.Section.values if value in rest]
    sections = [SectionLines(value, lines) for value, lines in found.items()]
    empty = [SectionLines(value, []) for value in others]
    return StatementTable(sections, empty, forms[-1] if forms else None)


def _line(admin_form: Any, labels: Mapping[str, str]) -> StatementLine:
    form = admin_form.form
    try:
        condition = in_words(parse_known(_value(form, "condition"), frozenset(labels)), labels)
    except ConditionError as error:
        condition = str(error)
    effect = EFFECTS.get(Statement.Effect(_value(form, "effect")), "")
    reason = _value(form, "no_condition_reason")
    is_open = bool(form.errors) or form.instance.pk is None
    words = f"who {condition}" if condition else reason
    return StatementLine(admin_form, _value(form, "text"), effect, words, is_open)


def _value(form: Any, name: str) -> str:
    """The value of a field of a form, also where the editor may only look at it."""
    value = form[name].value() if name in form.fields else getattr(form.instance, name)
    return "" if value is None else str(value)


@dataclass(frozen=True)
class FactLine:
    """One fact in the form: what its line says, and the form below it."""

    admin_form: Any
    words: str
    is_new: bool
    is_open: bool
    is_template: bool  # the form that a script copies for each new row


@register.simple_tag
def fact_lines(inline: Any, *, is_adding: bool) -> list[FactLine]:
    """The facts of one kind in a form; on a new certification's the first kinds are open."""
    return [_fact_line(form, is_adding=is_adding) for form in inline]


def _fact_line(admin_form: Any, *, is_adding: bool) -> FactLine:
    form, fact = admin_form.form, admin_form.form.instance
    is_new = fact.pk is None
    is_template = "__prefix__" in form.prefix
    is_wanted = is_adding and isinstance(fact, (Lifecycle, Price))
    is_sent = is_new and form.is_bound and form.has_changed()
    is_open = bool(form.errors) or is_wanted or is_template or is_sent
    return FactLine(admin_form, "" if is_new else words_of(fact), is_new, is_open, is_template)


@register.simple_tag
def proposal_of(request: HttpRequest) -> str:
    """The proposed change that a form was filled in from; empty if there is none."""
    return str(request.POST.get(PROPOSAL, ""))


@register.simple_tag
def helps_in(fieldsets: Iterable[Any], place: str) -> Helps:
    """The help texts of the fields of some fieldsets, each once."""
    found: Helps = {}
    for fieldset in fieldsets:
        for line in fieldset:
            for field in line:
                label, words = _help(field.field)
                if words:
                    found.setdefault(capfirst(label), {})[help_id(place, label, words)] = words
    return found


@register.simple_tag
def helps_of_facts(inlines: Iterable[Any]) -> Helps:
    """The help texts of the fields of all inlines but the last, which holds the statements."""
    forms = [form for inline in [*inlines][:-1] for form in [*inline][-1:]]
    return helps_in((fieldset for form in forms for fieldset in form), "facts")


def _help(field: Any) -> tuple[str, str]:
    if isinstance(field, dict):  # of a field that is only shown
        return str(field["label"]), str(field["help_text"])
    return str(field.label), str(field.help_text)
