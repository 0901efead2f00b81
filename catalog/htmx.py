"""Requests of htmx: for a whole page, or for one element of it."""

from django.http import HttpRequest
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

vary_on_fragment = vary_on_headers("HX-Request", "HX-Target", "HX-History-Restore-Request")


class HtmxHttpRequest(HttpRequest):
    """A request as the htmx middleware leaves it."""

    htmx: HtmxDetails


def is_for(request: HtmxHttpRequest, element: str) -> bool:
    """True if htmx replaces just the element with this id; for a step back it needs the page."""
    asked = request.htmx
    return bool(asked) and not asked.history_restore_request and asked.target == element
