"""Forms that help: conditions that can be read, and fields as long as what stands in them."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.db import models
from django.forms import Field
from django.forms.renderers import BaseRenderer
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from catalog.conditions import ConditionError, in_words, parse_known
from catalog.editorial.admin.permissions import DraftFieldMixin
from catalog.editorial.admin.safe_keys import SafeChoicesMixin
from catalog.editorial.versions import keys_in
from catalog.models import ConditionField, Trait

Labels = Mapping[str, str]


def labels_of_traits() -> dict[str, str]:
    """What each trait says of a learner, by its name."""
    return dict(Trait.objects.values_list("slug", "label"))


def reading_of(text: str, labels: Labels) -> str:
    """A condition in plain words, or what is wrong with it; empty if there is none."""
    try:
        condition = parse_known(text, frozenset(labels))
    except ConditionError as error:
        return str(error)
    words = in_words(condition, labels)
    return f"True of a learner who {words}." if words else ""


class ConditionInput(AdminTextInputWidget):
    """A condition, read out in plain words below; the script offers the traits as one types."""

    def __init__(self, labels: Labels) -> None:
        super().__init__(attrs={"class": "vTextField condition"})
        self.labels = labels

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The field with its reading."""
        field = super().render(name, value, attrs, renderer)
        reading = reading_of(value or "", self.labels)
        return render_to_string("admin/_condition.html", {"field": field, "reading": reading})


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
    """What the forms of rows and of the rows under them have in common."""

    class Media:
        css = {"all": ["css/admin.css"]}
        js = [Script("js/admin.js", defer=True)]

    def formfield_for_dbfield(
        self,
        db_field: models.Field[Any, Any],
        request: HttpRequest,
        **kwargs: Any,
    ) -> Field | None:
        """The field of a form: conditions can be read, and texts are as long as sentences."""
        if isinstance(db_field, ConditionField):
            # Every row of a list has the same labels: they are looked up once.
            kwargs["widget"] = ConditionInput(SimpleLazyObject(labels_of_traits))  # type: ignore[arg-type]
        elif db_field.name in self.get_autocomplete_fields(request):
            is_several = isinstance(db_field, models.ManyToManyField)
            kwargs["widget"] = (RowsPicker if is_several else RowPicker)(db_field, self.admin_site)
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        elif isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"  # of an address that is typed without
        return super().formfield_for_dbfield(db_field, request, **kwargs)
