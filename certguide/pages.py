"""Readers' pages: each is made once for a state of the content and a day, then kept, compressed."""

import gzip
import hashlib
import logging
import time
from collections.abc import Callable
from functools import cache as computed_once
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard, TypeVar

import brotli
from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe
from django_htmx.middleware import HtmxDetails
from redis import RedisError

from certguide.middleware import GetResponse, is_for_editors

KEPT_SECONDS = 60 * 60  # what nobody asks for leaves a shared cache
LONGEST_ADDRESS = 2_000
LARGEST_PAGE = 256 * 1024  # bytes; together with MAX_ENTRIES this bounds the memory
SMALLEST_COMPRESSED = 256
PAUSE_SECONDS = 5  # between questions to a cache that does not answer
MADE_BY = ("*/**/*.py", "templates/**/*", "static/**/*", "requirements.txt")
FOR_MACHINES = ("/healthz", "/readyz")  # they must not depend on the content
KNOWN_VARIATIONS = {"accept-encoding", "hx-request", "hx-target"}  # what _key() tells apart

# Whoever keeps a page asks each time whether it still stands: an edit shows at once.
CACHE_CONTROL = "public, max-age=0, must-revalidate"

# A readers' page holds no secret (no cookie is read, no token written), so that its
# length tells nothing; the admin's pages do and are never compressed (BREACH).
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}

Page = tuple[dict[str, str], bytes]  # headers and content
T = TypeVar("T")
log = logging.getLogger(__name__)


def cached_pages(get_response: GetResponse) -> GetResponse:
    """Middleware that answers readers from the cache, and only with what they have not got yet."""
    store = Store()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_read = request.method in ("GET", "HEAD") and request.path_info not in FOR_MACHINES
        if is_for_editors(request) or not is_read:
            return get_response(request)
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        key = _key(request, coding)
        kept = store.get(key) if key else None
        if kept is None:
            response = get_response(request)
            if not _is_for_everybody(response):
                return response
            kept = _page(response, coding)
            if key and len(kept[1]) <= LARGEST_PAGE:
                store.set(key, kept)
        return _answer(request, kept)

    return middleware


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """Which of our codings a client likes best, by its Accept-Encoding; "" for none."""
    weights = dict(_weight(part) for part in accepted.lower().split(",")[:20])
    anything = weights.get("*", 0.0)
    # Uncompressed is what nobody has to ask for, and nobody prefers without saying so.
    best, plain = max(CODINGS, key=lambda each: weights.get(each, anything)), "identity"
    weight = weights.get(best, anything)
    return best if weight > 0 and weight >= weights.get(plain, 0.0) else ""


def _weight(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        return name.strip(), float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


@computed_once
def code_version() -> str:
    """Changes with the code: a new release does not show the pages of the one before it."""
    digest = hashlib.blake2b(digest_size=8)
    base: Path = settings.BASE_DIR
    sources = [path for each in MADE_BY for path in base.glob(each) if path.is_file()]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Store:
    """The cache, which may be gone: then each page is made anew, and one line a pause says so."""

    def __init__(self) -> None:
        self.asked_again_at = 0.0

    def get(self, key: str) -> Page | None:
        """The page, if it is kept."""
        return self._ask(lambda: cache.get(key))

    def set(self, key: str, page: Page) -> None:
        """Keep the page."""
        self._ask(lambda: cache.set(key, page, KEPT_SECONDS))

    def _ask(self, question: Callable[[], T]) -> T | None:
        if time.monotonic() < self.asked_again_at:
            return None
        try:
            return question()
        except (RedisError, OSError) as error:
            self.asked_again_at = time.monotonic() + PAUSE_SECONDS
            log.warning("The cache of CACHE_URL does not answer, pages are slower: %s", error)
            return None


def _key(request: HttpRequest, coding: str) -> str | None:
    """All that a page depends on; None if it is not to be kept."""
    meta, host = request.META, request.get_host()
    query = meta.get("QUERY_STRING", "")
    version = _content_version()
    if version is None or len(request.path_info) + len(query) > LONGEST_ADDRESS:
        return None
    target = HtmxDetails(request).target if "HTTP_HX_TARGET" in meta else ""
    asked = (request.scheme, host, request.path_info, query, target, meta.get("HTTP_HX_REQUEST"))
    made_of = (code_version(), version, timezone.localdate())
    return hashlib.blake2b(repr((*made_of, *asked, coding)).encode(), digest_size=16).hexdigest()


def _content_version() -> str | None:
    """Asked for each request, past the ORM: a tenth of its time, and right in every process."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT content_version FROM catalog_guide")
            row = cursor.fetchone()
    except Error:
        return None  # the page says what is wrong, if it needs the database
    return row[0] if row else None


def _is_for_everybody(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    control = response.get("Cache-Control", "")
    return (
        response.status_code == 200  # noqa: PLR2004  OK
        and isinstance(response, HttpResponse)
        and not response.cookies
        and "no-store" not in control
        and "private" not in control
        and vary <= KNOWN_VARIATIONS
    )


def _page(response: HttpResponse, coding: str) -> Page:
    """What is kept of a response: compressed, with an ETag that is the same in every coding."""
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
