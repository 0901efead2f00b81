"""The errors of a form of the admin in one list, each with the place of its field."""

from collections.abc import Iterable, Iterator

from django import template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.forms import BaseForm
from django.utils.text import Truncator, capfirst

register = template.Library()

FieldError = tuple[str, str]  # the id of the place, and the words


@register.simple_tag
def problems_on(form: BaseForm, inlines: Iterable[InlineAdminFormSet]) -> list[FieldError]:
    """Every error but those of the form as a whole, which stand above it."""
    return [*_of_fields(form, ""), *(each for inline in inlines for each in _of_list(inline))]


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
