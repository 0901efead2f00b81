"""The site's addresses, and bare views that return the bytes of its pages."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from certguide.urls import handler400, handler403, handler404, handler500
from certguide.urls import urlpatterns as site_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of a page, and nothing done for them."""
    return HttpResponse(_content(name))


@cache
def _content(name: str) -> bytes:
    return Path(settings.STATIC_ROOT, "bench", name).read_bytes()


urlpatterns = [path("bench/<name>", bare), *site_urlpatterns]
