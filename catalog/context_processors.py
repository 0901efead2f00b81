"""What every page shows of the content: the day it is shown for and its version."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from catalog import row_cache
from catalog.models import Guide
from catalog.models.guide import content_version


def content(request: HttpRequest) -> dict[str, date | SimpleLazyObject[Guide | None]]:
    """The guide (title and content version), read only if the page shows it, and today."""
    return {"the_guide": SimpleLazyObject(_guide), "today": timezone.localdate()}


def _guide() -> Guide | None:
    try:
        return row_cache.guide(content_version())
    except Guide.DoesNotExist:
        return None
