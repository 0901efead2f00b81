"""The context of every page: the day that it is shown for, the guide and the content version."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from catalog import row_cache
from catalog.editorial.content_version import content_version
from catalog.models import ContentVersion, Guide


def content(request: HttpRequest) -> dict[str, Any]:
    """The guide and the content version, read only if the page shows them, and today."""
    return {
        "the_guide": SimpleLazyObject(_guide),
        "content_version": SimpleLazyObject(_version),
        "today": timezone.localdate(),
    }


def _guide() -> Guide | None:
    try:
        return row_cache.guide(content_version())
    except (ContentVersion.DoesNotExist, Guide.DoesNotExist):
        return None


def _version() -> str:
    try:
        return content_version()
    except ContentVersion.DoesNotExist:
        return ""
