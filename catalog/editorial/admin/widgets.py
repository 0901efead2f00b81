"""Widgets of the forms: rows found by typing, and fields as long as what stands in them."""

from collections.abc import Callable
from typing import Any, ClassVar
from zlib import crc32

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.forms import Field, Select, URLInput, Widget
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.editorial.admin.dates import DayField
from catalog.editorial.admin.permissions import DraftFieldMixin
from catalog.editorial.admin.safe_keys import SafeChoicesMixin
from catalog.editorial.past_states import keys_in

# Another widget for the fields of a kind, made anew for every form.
FIELD_WIDGETS: dict[type[models.Field[Any, Any]], Callable[[], Widget]] = {
    models.TextField: lambda: AdminTextareaWidget(attrs={"rows": 3}),
}


def help_id(place: str, label: str, words: str) -> str:
    """The id of a field's help text in the list of help texts of one part of a form."""
    return f"help-{place}-{crc32(f'{label}: {words}'.encode()):08x}"


class RowPicker(AutocompleteSelect):
    """A row found by typing; what was sent that can be no row is refused, where Django fails."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, list(map(str, keys_in(value))), attr)


class RowsPicker(AutocompleteSelectMultiple):
    """Several of them."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, list(map(str, keys_in(value))), attr)


class ChoicePicker(Select):
    """A value chosen from a short list, written without templates.

    A form has some hundred options, and Django's template for each of them takes most of its time.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                ("" if key is None else key, flatatt({"selected": str(key or "") in chosen}), label)
                for key, label in self.choices
            ),
        )
        shown = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", shown, options)


class ContentFormMixin(SafeChoicesMixin, DraftFieldMixin):
    """A mixin for the forms of rows and of the rows under them.

    Where many rows have the same fields, their help texts stand once in a list, `helps_place`.
    """

    helps_place: ClassVar[str] = ""

    class Media:
        css = {"all": ["css/admin_forms.css"]}
        js = [Script("js/admin.js", defer=True), Script("js/unsaved.js", defer=True)]

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        kwargs |= self._wanted(db_field, request)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # One button beside a choice, not four: the rest is a click away in its own list.
            field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        if field and self.helps_place and field.help_text:
            described = help_id(self.helps_place, str(field.label), str(field.help_text))
            field.widget.attrs["aria-describedby"] = described
        return field

    def _wanted(self, db_field: models.Field[Any, Any], request: HttpRequest) -> dict[str, Any]:
        """The widget, or what else the form field of a kind of column is made with."""
        if type(db_field) in FIELD_WIDGETS:
            return {"widget": FIELD_WIDGETS[type(db_field)]()}
        if db_field.name in self.get_autocomplete_fields(request):
            is_several = isinstance(db_field, models.ManyToManyField)
            return {"widget": (RowsPicker if is_several else RowPicker)(db_field, self.admin_site)}
        if db_field.choices:
            return {"widget": ChoicePicker()}
        if type(db_field) is models.DateField:
            return {"form_class": DayField}
        if isinstance(db_field, models.URLField):  # https for an address that is typed without
            return {"assume_scheme": "https", "widget": URLInput(attrs={"class": "vURLField"})}
        return {}
