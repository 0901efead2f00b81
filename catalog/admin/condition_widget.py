"""The widget of a condition: read out in plain words, completed as one types."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.widgets import AdminTextInputWidget
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from catalog.conditions import ConditionError, in_words, parse_known
from catalog.editorial.admin.widgets import FIELD_WIDGETS
from catalog.models import ConditionField, Trait

Labels = Mapping[str, str]


def labels_of_traits() -> dict[str, str]:
    """The words of each trait for a learner, by slug."""
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
        field = super().render(name, value, attrs, renderer)
        reading = reading_of(value or "", self.labels)
        return render_to_string("admin/_condition.html", {"field": field, "reading": reading})


def condition_input() -> ConditionInput:
    """A widget whose labels are looked up once, for all rows of a list."""
    return ConditionInput(SimpleLazyObject(labels_of_traits))  # type: ignore[arg-type]


FIELD_WIDGETS[ConditionField] = condition_input
