"""What every page shows of the content: the day it is shown for and its version."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from catalog.models import Guide


def content(request: HttpRequest) -> dict[str, date | SimpleLazyObject[Guide | None]]:
    """The guide (title and content version), read only if the page shows it, and today."""
    return {"the_guide": SimpleLazyObject(Guide.objects.first), "today": timezone.localdate()}
