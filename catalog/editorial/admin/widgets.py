"""Widgets of the forms: rows found by typing, and fields as long as what stands in them."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.forms import Field, URLInput, Widget
from django.forms.widgets import Script
from django.http import HttpRequest

from catalog.editorial.admin.dates import DayField
from catalog.editorial.admin.permissions import DraftFieldMixin
from catalog.editorial.admin.safe_keys import SafeChoicesMixin
from catalog.editorial.versions import keys_in

# Another widget for the fields of a kind, made anew for every form.
FIELD_WIDGETS: dict[type[models.Field[Any, Any]], Callable[[], Widget]] = {}


class RowPicker(AutocompleteSelect):
    """A row found by typing; what was sent that can be no row is refused, where Django fails."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The rows that are chosen."""
        return super().optgroups(name, list(map(str, keys_in(value))), attr)


class RowsPicker(AutocompleteSelectMultiple):
    """Several of them."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The rows that are chosen."""
        return super().optgroups(name, list(map(str, keys_in(value))), attr)


class ContentFormMixin(SafeChoicesMixin, DraftFieldMixin):
    """A mixin for the forms of rows and of the rows under them."""

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/admin.js", defer=True), Script("js/unsaved.js", defer=True)]

    def formfield_for_dbfield(
        self,
        db_field: models.Field[Any, Any],
        request: HttpRequest,
        **kwargs: Any,
    ) -> Field | None:
        """The field of a form; texts are as long as sentences."""
        if type(db_field) in FIELD_WIDGETS:
            kwargs["widget"] = FIELD_WIDGETS[type(db_field)]()
        elif db_field.name in self.get_autocomplete_fields(request):
            is_several = isinstance(db_field, models.ManyToManyField)
            kwargs["widget"] = (RowsPicker if is_several else RowPicker)(db_field, self.admin_site)
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        elif type(db_field) is models.DateField:
            kwargs["form_class"] = DayField
        elif isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"  # of an address that is typed without
            kwargs["widget"] = URLInput(attrs={"class": "vURLField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # One button beside a choice, not four: the rest is a click away in its own list.
            field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field
