"""The lockout after repeated wrong passwords: the client it counts for, and its answer."""

import logging
from functools import cache
from http import HTTPStatus
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from certguide.environment import address_of
from certguide.middleware import UNDECLARED_PROXY

log = logging.getLogger(__name__)

IPV6_PREFIX = 64  # whoever has one address of such a network has them all


def client_of(request: HttpRequest) -> str:
    """The address whose wrong passwords are counted together.

    `trusted_proxies` has made REMOTE_ADDR the client's: no header counts here.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    address = address_of(text)
    if not isinstance(address, IPv6Address):
        return str(address or text)
    return str(ip_network((int(address), IPV6_PREFIX), strict=False).network_address)


@cache
def warn_of_undeclared_proxy(address: str) -> None:
    """Log once that a proxy seems to be missing in PROXIES, and what to set.

    The address is named only where it is no visitor's: in a network of one's own.
    """
    found = address_of(address)
    known = address if found and not found.is_global else "the address of your proxy"
    log.warning(
        "A name is locked for everybody who comes through one sender: it sends headers of a "
        "proxy, but is not in PROXIES. If it is your proxy, set PROXIES=%s, and let it send "
        "X-Forwarded-For.",
        known,
    )


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: object = None,
) -> HttpResponse:
    """The page for a name that is locked for this address."""
    if request.META.get(UNDECLARED_PROXY):
        warn_of_undeclared_proxy(request.META["REMOTE_ADDR"])
    minutes = settings.AXES_COOLOFF_TIME.seconds // 60
    page = render_to_string("429.html", {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT})
    response = HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(settings.AXES_COOLOFF_TIME.seconds)
    return response
