"""Health of the server, and the pages shown when something went wrong."""

import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.models import ContentVersion
from certguide.health import what_is_missing
from certguide.kept_forms import is_from_this_site, kept_form, page_with
from certguide.logs import request_id
from certguide.middleware import is_for_editors

RETRY_AFTER_SECONDS = 10
OUT_OF_REACH = OperationalError | InterfaceError  # of the database


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without touching anything."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Able to serve, or 503 and what is missing for it."""
    missing = what_is_missing()
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return JsonResponse({"ready": not missing, "missing": missing}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page, or the JSON, for a request that Django refused to read."""
    # To Django a session that can't be written looks like one that somebody has deleted.
    if any(isinstance(error, OUT_OF_REACH) for error in _leading_to(exception)):
        return database_unavailable(request)
    if request.path.endswith(".json"):
        error = "The request can’t be read: it is broken, or has too many parameters."
        return _error_json(HTTPStatus.BAD_REQUEST, error)
    if isinstance(exception, TooManyFieldsSent) and is_for_editors(request):
        return _error_page(HTTPStatus.BAD_REQUEST, limit=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    if isinstance(exception, RequestDataTooBig) and is_for_editors(request):
        return _error_page(HTTPStatus.BAD_REQUEST, largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return _error_page(HTTPStatus.BAD_REQUEST)


def _leading_to(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__context__


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is not the browser's; one of this site is kept."""
    if not is_for_editors(request):
        return _error_page(HTTPStatus.FORBIDDEN)
    kept = kept_form(request) if is_from_this_site(request) else None
    sentences = [
        "The form was opened before you signed in or out in another tab, or its cookie is gone.",
        "Your input is kept: go on, and it is sent again."
        if kept
        else "Go back to the form, reload it, and send it again.",
    ]
    heading = "Nothing is saved yet"
    response = page_with(
        request, kept, status=HTTPStatus.FORBIDDEN, heading=heading, sentences=sentences
    )
    add_never_cache_headers(response)
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; plain text if the page itself is at fault."""
    try:
        if isinstance(sys.exception(), OUT_OF_REACH | ContentVersion.DoesNotExist):
            return database_unavailable(request)
        return _error_page(HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # noqa: BLE001  the last resort must not fail, whatever is broken
        return HttpResponse(
            "Something went wrong on our side.",
            content_type="text/plain",
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
        )


def database_unavailable(request: HttpRequest) -> HttpResponse:
    """The page, or the JSON, for when the database cannot be read or written just now."""
    response: HttpResponse
    if request.path.endswith(".json"):
        error = "The site can’t reach its data just now: try again in a moment."
        response = _error_json(HTTPStatus.SERVICE_UNAVAILABLE, error)
    else:
        response = _error_page(HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    add_never_cache_headers(response)
    return response


def _error_json(status: HTTPStatus, error: str) -> JsonResponse:
    return JsonResponse({"error": error, "missing": [], "invalid": []}, status=status)


def _error_page(status: HTTPStatus, **context: Any) -> HttpResponse:
    # Without the request: context processors could ask the database, and a
    # malformed request raises again when it is looked at.
    page = render_to_string(f"{status.value}.html", {"request_id": request_id.get(), **context})
    return HttpResponse(page, status=status)
