"""Dates in forms: typed as 2027-06-07 or 7 June 2027, and said back in words."""

from datetime import date
from typing import Any

from django.forms import DateField, DateInput
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.safestring import SafeString

# Never with the month as a number between slashes or dots: 07/06 is a day in June, or in July.
FORMATS = [
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %b %Y",
    "%d. %B %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
]
REFUSED = "Write this day as 2027-06-07 or as 7 June 2027."


class DayInput(DateInput):
    """A text field with its day in words beside it, e.g. “Monday, 7 June 2027”."""

    def __init__(self) -> None:
        super().__init__(
            attrs={"class": "vDayField", "size": 16, "placeholder": "2027-06-07"},
            format="%Y-%m-%d",
        )

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        day = value if isinstance(value, date) else _day(value)
        words = date_format(day, "l, j F Y") if day else ""
        context = {"field": field, "day": words, "is_check": name.endswith("checked_on")}
        return render_to_string("admin/_day.html", context)


class DayField(DateField):
    """A day, in a notation that can be read in one way only."""

    widget = DayInput
    default_error_messages = {"invalid": REFUSED}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "input_formats": FORMATS, "widget": DayInput()})


def _day(value: object) -> date | None:
    try:
        return parse_date(str(value)) if value else None
    except ValueError:  # well-formed, but no day
        return None
