"""Whose proxy headers are believed, and response headers that no library sets."""

from collections.abc import Callable
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from certguide.environment import Network

GetResponse = Callable[[HttpRequest], HttpResponseBase]

OF_A_PROXY = ("HTTP_X_FORWARDED_", "HTTP_X_REQUEST_ID")  # headers that it sets, and nobody else

# The site uses none of what a browser guards with a permission.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)


def trusted_proxies(get_response: GetResponse) -> GetResponse:
    """Middleware that believes X-Forwarded headers of the proxies in PROXIES and of nobody else.

    From here on REMOTE_ADDR is the client's: the nearest address that none of our proxies has.
    """
    is_proxy = lru_cache(maxsize=1000)(partial(_is_within, settings.ENVIRONMENT.proxies))

    def middleware(request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        if not is_proxy(meta.get("REMOTE_ADDR", "")):
            for name in [name for name in meta if name.startswith(OF_A_PROXY)]:
                del meta[name]
        forwarded = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while forwarded and is_proxy(meta.get("REMOTE_ADDR", "")):
            address = _address(forwarded.pop().strip())
            if address is None:
                break
            meta["REMOTE_ADDR"] = str(address)
        return get_response(request)

    return middleware


def _is_within(networks: tuple[Network, ...], text: str) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # What a server that listens on :: says of a client with an IPv4 address.
    return getattr(address, "ipv4_mapped", None) or address


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Middleware that forbids every browser feature with a permission of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware
