"""The client of a request (through which proxy, reader or editor), and headers of our own."""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from certguide.environment import Network, address_of
from certguide.open_data import FOR_OTHER_ORIGINS, PREFLIGHT, is_open_data

GetResponse = Callable[[HttpRequest], HttpResponseBase]

A_PAGE_OF_ALL = re.compile("page=[0-9]+")  # a query
UNDECLARED_PROXY = "certguide.undeclared_proxy"  # in META: headers of a proxy were not believed
NAMING_THE_CLIENT = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
OF_A_PROXY = ("HTTP_X_FORWARDED_", "HTTP_X_REQUEST_ID")  # headers that it sets, and nobody else

MOST_PARAMETERS = 1_000  # of a reader's address

FOR_EDITORS: tuple[str, ...] = ("/admin/",)  # all other addresses are for readers

FOR_MACHINES = ("/healthz", "/readyz")  # they depend neither on the content nor on the host


def health_checks(get_response: GetResponse) -> GetResponse:
    """Middleware that answers health checks whatever their host: a balancer asks by address."""
    own_name = settings.ALLOWED_HOSTS[0].removeprefix(".")

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info.rstrip("/")
        if path in FOR_MACHINES:
            request.path = request.path_info = path
            request.META["HTTP_HOST"] = own_name
        return get_response(request)

    return middleware


def trusted_proxies(get_response: GetResponse) -> GetResponse:
    """Middleware that believes X-Forwarded headers of the proxies in PROXIES and of nobody else.

    From here on REMOTE_ADDR is the client's: the nearest address that none of our proxies has.
    """
    is_proxy = lru_cache(maxsize=1000)(partial(_is_within, settings.ENVIRONMENT.proxies))

    def middleware(request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        if not is_proxy(meta.get("REMOTE_ADDR", "")):
            meta[UNDECLARED_PROXY] = any(name in meta for name in NAMING_THE_CLIENT)
            for name in [name for name in meta if name.startswith(OF_A_PROXY)]:
                del meta[name]
        forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while forwarded and is_proxy(meta.get("REMOTE_ADDR", "")):
            address = address_of(forwarded.pop().strip())
            if address is None:
                break
            meta["REMOTE_ADDR"] = str(address)
        return get_response(request)

    return middleware


def _is_within(networks: tuple[Network, ...], text: str) -> bool:
    address = address_of(text)
    return address is not None and any(address in network for network in networks)


def is_for_editors(request: HttpRequest) -> bool:
    """True for URLs of the admin."""
    return request.path_info.startswith(FOR_EDITORS)


class ReadersOnlyRead:
    """Middleware that knows no reader and lets readers change nothing.

    Their cookies, those of an editor who reads included, are dropped before anything sees them.
    So a page can't depend on one, and none is ever set or deleted. Of an editor's, those that
    cannot be ours are dropped.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Drop cookies that say nothing to this site."""
        if is_for_editors(request):
            # PostgreSQL looks up no text with a NUL in it, and the session is looked up by one.
            broken = [name for name, value in request.COOKIES.items() if "\0" in value]
            for name in broken:
                del request.COOKIES[name]
        else:
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Refuse to write, before a form's token is asked for that readers never get."""
        if is_for_editors(request):
            if "%00" in request.META["QUERY_STRING"]:  # PostgreSQL would fail on it, see above
                raise BadRequest("An address has a NUL in it.")
            return None
        if request.META["QUERY_STRING"].count("&") >= MOST_PARAMETERS:
            raise TooManyFieldsSent("An address has too many parameters.")
        if request.method in ("GET", "HEAD"):
            return None
        if request.method == "OPTIONS" and is_open_data(request):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        return HttpResponseNotAllowed(["GET", "HEAD"])


def is_one_of_many(request: HttpRequest) -> bool:
    """True for pages without end: answer sheets, and combinations of filters.

    The pages of the whole list are not: a search engine finds every certification by them.
    """
    query = request.META.get("QUERY_STRING", "")
    return bool(query) and not A_PAGE_OF_ALL.fullmatch(query)


def own_headers(get_response: GetResponse) -> GetResponse:
    """Middleware that sets headers for caches, crawlers and other origins on every response."""
    headers = {
        "Cache-Control": "no-cache",
        # SecurityMiddleware sets these, but not where it refuses the host of a request itself.
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if is_open_data(request):
            for name, value in FOR_OTHER_ORIGINS.items():
                response.headers[name] = value
        if is_for_editors(request) or is_one_of_many(request):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware
