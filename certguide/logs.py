"""Logs: a line of JSON on stderr for each request and each fault, and nothing about people."""

import json
import logging
import re
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from certguide.middleware import GetResponse

ID_OF_PROXY = re.compile(r"[\w-]{8,64}", re.ASCII)

request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("certguide.requests")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON, with the id of the request at work."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line; its `extra={"fields": {...}}` are keys beside the message."""
        line = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat("T", "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = repr(record.exc_info[1])
            # While a database is away every request fails alike: tracebacks would fill the disk.
            if getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE:
                line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def log_requests(get_response: GetResponse) -> GetResponse:
    """Middleware that gives each request an id, the proxy's if it sent one, and logs the answer.

    The query is left out: it may hold a learner's answers. So are addresses and user names.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")  # a stranger's has been dropped
        token = request_id.set(given if ID_OF_PROXY.fullmatch(given) else uuid4().hex)
        start = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            fields = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - start) * 1000, 1),
            }
            log.info("answered", extra={"fields": fields})
        finally:
            request_id.reset(token)
        return response

    return middleware
