"""Follows the addresses in the content, politely, and never into the machines behind the site."""

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    AbstractHTTPHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from django.db import models, transaction
from django.utils import timezone

from catalog.editorial.records import content_models
from catalog.models import LinkCheck

TIMEOUT_SECONDS = 10
PAUSE_SECONDS = 1.0  # between two requests to one host
HOSTS_AT_ONCE = 8
MOST_REDIRECTS = 5


class NotPublicError(OSError):
    """An address leads to a machine that is not on the public internet."""


def check_links(
    *, agent: str, allow_private: bool, pause: float = PAUSE_SECONDS
) -> list[LinkCheck]:
    """Visit every address in the content, and keep what came of it; those that failed."""
    by_host = defaultdict(list)
    for url in sorted(set(addresses())):
        by_host[urlsplit(url).netloc].append(url)
    opener = _opener(agent, allow_private=allow_private)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        visits = pool.map(lambda urls: list(_visits(opener, urls, pause)), by_host.values())
        checks = [check for found in visits for check in found]
    with transaction.atomic():
        LinkCheck.objects.all().delete()
        LinkCheck.objects.bulk_create(checks)
    return list(LinkCheck.objects.broken())


def addresses() -> Iterator[str]:
    """Every address in the content."""
    for model in content_models():
        for field in model._meta.fields:
            if isinstance(field, models.URLField):
                yield from model.objects.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                )


def _visits(opener: OpenerDirector, urls: Iterable[str], pause: float) -> Iterator[LinkCheck]:
    for number, url in enumerate(urls):
        if number:
            time.sleep(pause)
        visit = _visit(opener, url, "HEAD")
        if visit.status is None or visit.status >= HTTPStatus.BAD_REQUEST:
            time.sleep(pause)
            visit = _visit(opener, url, "GET")  # some answer nothing else rightly
        yield visit


def _visit(opener: OpenerDirector, url: str, method: str) -> LinkCheck:
    """What came of following an address: a status, or the reason why there is none."""
    check = LinkCheck(url=url, checked_at=timezone.now())
    try:
        with opener.open(Request(url, method=method), timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - only handlers for http and https
            check.status = answer.status
    except HTTPError as error:
        error.close()
        if error.code >= HTTPStatus.BAD_REQUEST:
            check.status = error.code
        else:
            check.error = "It redirects without end, or to what is no web page."
    except (OSError, HTTPException, ValueError) as error:
        check.error = (str(getattr(error, "reason", error)) or type(error).__name__)[:200]
    return check


def _opener(agent: str, *, allow_private: bool) -> OpenerDirector:
    """One that knows http and https only, and asks no proxy."""
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", agent)]
    http = (HTTPHandler, HTTPSHandler) if allow_private else (_PublicHTTP, _PublicHTTPS)
    others = (_Redirects, HTTPErrorProcessor, HTTPDefaultErrorHandler, UnknownHandler)
    for handler in (*http, *others):
        opener.add_handler(handler())
    return opener


class _Redirects(HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS


class _InPublic(AbstractHTTPHandler):
    """Goes to hosts whose every address is public, and to the address that was looked at."""

    def do_open(self, http_class: Any, req: Request, **kwargs: Any) -> HTTPResponse:
        def connection(*args: Any, **options: Any) -> Any:
            made = http_class(*args, **options)
            made._create_connection = _connect  # noqa: SLF001 - there is no other way in
            return made

        return super().do_open(connection, req, **kwargs)


class _PublicHTTP(_InPublic, HTTPHandler):
    pass


class _PublicHTTPS(_InPublic, HTTPSHandler):
    pass


def _connect(address: tuple[str, int], *rest: Any) -> socket.socket:
    host, port = address
    found = [each[4][0] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(ipaddress.ip_address(ip).is_global for ip in found):
        raise NotPublicError(f"{host} is not on the public internet")
    return socket.create_connection((str(found[0]), port), *rest)
