"""Middleware that makes each page once for a content version and a day, and caches it."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import TypeGuard

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django_htmx.middleware import HtmxDetails

from certguide.page_cache.store import Page, Store, VersionCache

LONGEST_ADDRESS = 2_000
SMALLEST_COMPRESSED = 256
KNOWN_VARIATIONS = {  # what _key() tells apart
    "accept-encoding",
    "hx-request",
    "hx-target",
    "hx-history-restore-request",
}
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Browsers and proxies may keep a page, but ask each time: an edit shows at once.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

# A readers' page holds no secret (no cookie is read, no token written), so that its
# length tells nothing; the admin's pages do and are never compressed (BREACH).
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}


def cached_pages(get_response: GetResponse) -> GetResponse:
    """Middleware that answers readers from the cache, or with 304 if they have the page."""
    store, version = Store(), VersionCache()
    never: tuple[str, ...] = settings.PAGE_CACHE["NEVER"]

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            response = get_response(request)
            version.forget()
            return response
        if request.path_info.startswith(never):
            return get_response(request)
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        known = version.current()
        key = _key(request, coding, known)
        page = store.get(key) if key else None
        if page is None:
            response = get_response(request)
            if not _is_for_everybody(response):
                return response
            page = _page(response, coding)
            # If an edit landed while we rendered, don't cache: restoring a backup brings the old
            # version's name back, and would then serve newer content under it.
            if key and version.is_still(known):
                store.set(key, page)
        return _answer(request, page)

    return middleware


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """The coding of CODINGS that an Accept-Encoding header likes best; "" for none."""
    weights = dict(_weight(part) for part in accepted.lower().split(",")[:20])
    anything = weights.get("*", 0.0)
    # Plain content needs no mention in the header; a client prefers it only by a higher weight.
    best, plain = max(CODINGS, key=lambda coding: weights.get(coding, anything)), "identity"
    weight = weights.get(best, anything)
    return best if weight > 0 and weight >= weights.get(plain, 0.0) else ""


def _weight(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        return name.strip(), float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


@cache
def code_version() -> str:
    """A digest of the code, so that a new release does not serve pages of the one before."""
    base: Path = settings.BASE_DIR
    digest = hashlib.blake2b((base / "requirements.txt").read_bytes(), digest_size=8)
    for path in sorted(
        path for part in settings.PAGE_CACHE["CODE"] for path in (base / part).glob("**/*.*")
    ):
        if path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(request: HttpRequest, coding: str, version: str | None) -> str | None:
    """The cache key: a digest of all that a page depends on; None for a page not to cache."""
    meta, host = request.META, request.get_host()
    query = meta.get("QUERY_STRING", "")
    if version is None or len(request.path_info) + len(query) > LONGEST_ADDRESS:
        return None
    target = HtmxDetails(request).target if "HTTP_HX_TARGET" in meta else ""
    htmx = target, meta.get("HTTP_HX_REQUEST"), meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST")
    asked = (request.scheme, host, request.path_info, query, *htmx)
    made_of = (code_version(), version, timezone.localdate())
    return hashlib.blake2b(repr((*made_of, *asked, coding)).encode(), digest_size=16).hexdigest()


def _is_for_everybody(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    control = response.get("Cache-Control", "")
    return (
        response.status_code == HTTPStatus.OK
        and isinstance(response, HttpResponse)
        and not response.cookies
        and "no-store" not in control
        and "private" not in control
        and vary <= KNOWN_VARIATIONS
    )


def _page(response: HttpResponse, coding: str) -> Page:
    """The response to cache: compressed, with an ETag that is the same in every coding."""
    content = response.content
    digest = hashlib.blake2b(content, digest_size=12).hexdigest()
    response.headers["ETag"] = f'W/"{digest}"'
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    patch_vary_headers(response, ["Accept-Encoding"])
    if coding and len(content) >= SMALLEST_COMPRESSED:
        content = CODINGS[coding](content)
        response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(content))
    return dict(response.items()), content


def _answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    headers, content = page
    response = HttpResponse(content, headers=headers)
    modified = parse_http_date_safe(headers.get("Last-Modified", ""))
    conditional = get_conditional_response(request, headers["ETag"], modified, response)
    return conditional or response
