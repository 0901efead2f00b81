"""Follows the addresses in the content, politely, and never into the machines behind the site."""

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from django.db import models
from django.utils import timezone

from catalog.incoming import content_models
from catalog.models import LinkCheck

TIMEOUT_SECONDS = 10
PAUSE_SECONDS = 1.0  # between two requests to one host
HOSTS_AT_ONCE = 8
MOST_REDIRECTS = 5


class Visit(NamedTuple):
    """What came of following an address: a status, or the reason why there is none."""

    url: str
    status: int | None = None
    error: str = ""


class NotPublicError(OSError):
    """An address leads to a machine that is not on the public internet."""


def check_links(
    *, agent: str, allow_private: bool, pause: float = PAUSE_SECONDS
) -> list[LinkCheck]:
    """Visit every address in the content, and keep what came of it; those that failed."""
    urls = set(addresses())
    LinkCheck.objects.exclude(url__in=urls).delete()
    by_host = defaultdict(list)
    for url in sorted(urls):
        by_host[urlsplit(url).netloc].append(url)
    opener = _opener(allow_private=allow_private)
    opener.addheaders = [("User-Agent", agent)]
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for visits in pool.map(lambda of: list(_visits(opener, of, pause)), by_host.values()):
            for visit in visits:
                LinkCheck.objects.update_or_create(
                    url=visit.url,
                    defaults={
                        "status": visit.status,
                        "error": visit.error[:200],
                        "checked_at": timezone.now(),
                    },
                )
    return list(LinkCheck.objects.broken())


def addresses() -> Iterator[str]:
    """Every address in the content."""
    for model in content_models():
        for field in model._meta.fields:  # noqa: SLF001 - public API
            if isinstance(field, models.URLField):
                yield from model.objects.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                )


def _visits(opener: OpenerDirector, urls: Iterable[str], pause: float) -> Iterator[Visit]:
    for number, url in enumerate(urls):
        if number:
            time.sleep(pause)
        visit = _visit(opener, url, "HEAD")
        if visit.status is None or visit.status >= HTTPStatus.BAD_REQUEST:
            time.sleep(pause)
            visit = _visit(opener, url, "GET")  # some answer nothing else rightly
        yield visit


def _visit(opener: OpenerDirector, url: str, method: str) -> Visit:
    try:
        with opener.open(Request(url, method=method), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - only handlers for http and https
            return Visit(url, answer.status)
    except HTTPError as error:
        error.close()
        if error.code < HTTPStatus.BAD_REQUEST:
            return Visit(url, error="It redirects without end, or to what is no web page.")
        return Visit(url, error.code)
    except (OSError, HTTPException, ValueError) as error:
        return Visit(url, error=str(getattr(error, "reason", error)) or type(error).__name__)


def _opener(*, allow_private: bool) -> OpenerDirector:
    """One that knows http and https only, and asks no proxy."""
    opener = OpenerDirector()
    plain, secure = (
        (HTTPHandler(), HTTPSHandler()) if allow_private else (_PublicHTTP(), _PublicHTTPS())
    )
    for handler in (plain, secure, _Redirects(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    for last in (HTTPDefaultErrorHandler(), UnknownHandler()):
        opener.add_handler(last)
    return opener


class _Redirects(HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS


def _connect_in_public(
    address: tuple[str, int],
    timeout: float,
    source_address: tuple[str, int] | None,
) -> socket.socket:
    """Connect to a host whose every address is public; to the address that was looked at."""
    host, port = address
    found = [each[4][0] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(ipaddress.ip_address(ip).is_global for ip in found):
        raise NotPublicError(f"{host} is not on the public internet")
    return socket.create_connection((str(found[0]), port), timeout, source_address)


class _PublicConnection(HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - its parent's
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_in_public


class _PublicSecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - its parent's
        super().__init__(*args, **kwargs)
        self._create_connection = _connect_in_public


class _PublicHTTP(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_PublicConnection, req)


class _PublicHTTPS(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_PublicSecureConnection, req)
