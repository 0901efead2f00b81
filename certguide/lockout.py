"""The lockout after repeated wrong passwords: whom it counts, and what it answers."""

from http import HTTPStatus
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from certguide.middleware import address_of

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


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: object = None,
) -> HttpResponse:
    """The page for a name that is locked for this address."""
    minutes = settings.AXES_COOLOFF_TIME.seconds // 60
    page = render_to_string("429.html", {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT})
    response = HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(settings.AXES_COOLOFF_TIME.seconds)
    return response
