"""Link checker: visits the addresses in the content, politely, and in the public internet only."""

import errno
import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from itertools import chain
from ssl import SSLError
from threading import Timer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    AbstractHTTPHandler,
    HTTPCookieProcessor,
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
from django.utils.encoding import iri_to_uri

from catalog.editorial.records import content_models
from catalog.models import LinkCheck

TIMEOUT_SECONDS = 10  # without a byte
LONGEST_SECONDS = 30  # for one address, however steadily it drips
MOST_BYTES = 256 * 1024  # read of a page: whether it comes, not what it says
PAUSE_SECONDS = 1.0  # between two requests to one host
HOSTS_AT_ONCE = 8
MOST_REFUSALS = 2  # of a host that says 429, then it has rest until the next run
MOST_REDIRECTS = 20  # as browsers follow them

# The server was slow or broke off: another day it may answer. Of a certificate that we can't
# follow browsers often find the missing link.
MAY_BE_THERE = (TimeoutError, ConnectionResetError, BrokenPipeError, HTTPException, SSLError)
# No way out of our own network, or no answer about any name.
NETWORK_IS_AWAY = {errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH, socket.EAI_AGAIN}


class NotPublicError(OSError):
    """An address leads to a machine that is not on the public internet."""


def check_links(
    *, agent: str, allow_private: bool, pause: float = PAUSE_SECONDS
) -> list[LinkCheck]:
    """Visit every address in the content and keep the results; returns the broken ones."""
    by_host = defaultdict(list)
    for url in sorted(set(addresses())):
        by_host[_host(url)].append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        visit = partial(_visits, agent=agent, pause=pause, allow_private=allow_private)
        checks = [*chain.from_iterable(pool.map(visit, by_host.values()))]
    with transaction.atomic():
        LinkCheck.objects.exclude(url__in=[check.url for check in checks]).delete()
        LinkCheck.objects.bulk_create(  # another run may be at the same
            checks,
            update_conflicts=True,
            unique_fields=["url"],
            update_fields=["checked_at", "status", "error", "is_unclear"],
        )
    return list(LinkCheck.objects.broken())


def addresses() -> Iterator[str]:
    for model in content_models():
        for field in model._meta.fields:
            if isinstance(field, models.URLField):
                yield from model.objects.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                )


def _host(url: str) -> str:
    """The host of an address, however its letters and port are written; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _visits(
    urls: Iterable[str], *, agent: str, pause: float, allow_private: bool
) -> list[LinkCheck]:
    """The results of one host's addresses, one at a time; it is left alone once it says so."""
    checks: list[LinkCheck] = []
    for url in urls:
        refusals = sum(check.status == HTTPStatus.TOO_MANY_REQUESTS for check in checks)
        if refusals >= MOST_REFUSALS:
            words = "Not asked: its server had too many requests of us."
            check = LinkCheck(url=url, checked_at=timezone.now(), error=words, is_unclear=True)
            checks.append(check)
            continue
        if checks:
            time.sleep(pause)
        checks.append(_visit(agent, url, allow_private=allow_private))
    return checks


def _visit(agent: str, url: str, *, allow_private: bool) -> LinkCheck:
    """The result of asking for a page: a status, or the reason why there is none."""
    check = LinkCheck(url=url, checked_at=timezone.now())
    deadline = _Deadline(LONGEST_SECONDS)
    opener = _opener(agent, deadline, allow_private=allow_private)
    try:
        with opener.open(_request(url), timeout=TIMEOUT_SECONDS) as answer:
            check.status = answer.status
            if not _is_whole(answer):
                check.error, check.is_unclear = "The page broke off.", True
            elif _is_start(answer.url) and not _is_start(url):
                check.error, check.is_unclear = "It leads to the start page of a site.", True
    except HTTPError as error:
        error.close()
        if error.code >= HTTPStatus.BAD_REQUEST:
            check.status = error.code
        elif error.code < HTTPStatus.MULTIPLE_CHOICES:  # 103 says that an answer will follow
            check.error, check.is_unclear = "The answer is not one that we know.", True
        else:
            check.error = "It redirects without end, or to what is no web page."
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        check.status = None
        check.error = (str(reason) or type(reason).__name__)[:200]
        is_away = getattr(reason, "errno", None) in NETWORK_IS_AWAY
        check.is_unclear = deadline.has_passed or is_away or isinstance(reason, MAY_BE_THERE)
    finally:
        deadline.cancel()
    return check


def _is_start(url: str) -> bool:
    """True for the start page of a site, to which servers send who asks for what is gone."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _request(url: str) -> Request:
    """The request for an address, with letters beyond ASCII as the codes that browsers send."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].encode("idna").decode()
    return Request(iri_to_uri(parts._replace(netloc=host).geturl()))  # noqa: S310 - only handlers for http and https


def _is_whole(answer: HTTPResponse) -> bool:
    """True if as much of a page came as was announced, as far as it is read."""
    rest = MOST_BYTES
    while rest > 0:
        part = answer.read(min(rest, 16 * 1024))
        if not part:
            return not answer.length
        rest -= len(part)
    return True


class _Deadline:
    """The end of a visit: connections that are watched are shut when it comes."""

    def __init__(self, seconds: float) -> None:
        self.has_passed = False
        self._watched: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection too, over TLS as well."""
        self._watched.append(connection.dup())

    def cancel(self) -> None:
        self._timer.cancel()
        for connection in self._watched:
            connection.close()

    def _end(self) -> None:
        self.has_passed = True
        for connection in self._watched:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _opener(agent: str, deadline: _Deadline, *, allow_private: bool) -> OpenerDirector:
    """An opener for http and https only, which asks no proxy and keeps cookies for one visit."""
    opener = OpenerDirector()
    # As a browser asks: some servers refuse whoever does not say what it takes.
    opener.addheaders = [("User-Agent", agent), ("Accept", "text/html,*/*;q=0.8")]
    connect = partial(_connect, deadline=deadline, allow_private=allow_private)
    handlers = (
        *(_HTTP(connect), _HTTPS(connect), _Redirects(), HTTPCookieProcessor()),
        *(HTTPErrorProcessor(), HTTPDefaultErrorHandler(), UnknownHandler()),
    )
    for handler in handlers:
        opener.add_handler(handler)
    return opener


class _Redirects(HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS


class _Connecting(AbstractHTTPHandler):
    """A handler whose connections are made by a function of ours."""

    def __init__(self, connect: Callable[..., socket.socket]) -> None:
        super().__init__()
        self._connect = connect

    def do_open(self, http_class: Any, req: Request, **kwargs: Any) -> HTTPResponse:
        def connection(*args: Any, **options: Any) -> Any:
            made = http_class(*args, **options)
            made._create_connection = self._connect  # noqa: SLF001 - there is no other way in
            return made

        return super().do_open(connection, req, **kwargs)


class _HTTP(_Connecting, HTTPHandler):
    pass


class _HTTPS(_Connecting, HTTPSHandler):
    pass


def _connect(
    address: tuple[str, int], *rest: Any, deadline: _Deadline, allow_private: bool
) -> socket.socket:
    """A connection to the very machine that was looked at, if all of its host's are public."""
    host, port = address
    machines = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [machine[4][0] for machine in machines]
    if not allow_private and not all(ipaddress.ip_address(ip).is_global for ip in found):
        raise NotPublicError(f"{host} is not on the public internet")
    connection = socket.create_connection((str(found[0]), port), *rest)
    deadline.watch(connection)
    return connection
