"""The store of cached pages, and the content version that they were made of."""

import logging
import time
from collections.abc import Callable
from pickle import UnpicklingError
from typing import TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, connection
from django.utils.module_loading import import_string
from redis import RedisError

LIFETIME_SECONDS = 60 * 60  # a page that nobody asks for leaves the caches
LARGEST_PAGE = 256 * 1024  # bytes; together with MAX_ENTRIES this bounds the memory
PAUSE_SECONDS = 5  # between questions to a cache that does not answer
# How long another process may go on with the version that it has. SQLite, on the same
# machine, is asked for each page (13 µs); PostgreSQL would halve the pages per second.
VERSION_SECONDS = {"sqlite": 0.0, "postgresql": 1.0}

# What pickle may raise, by its documentation, on what another program wrote.
UNREADABLE = (UnpicklingError, AttributeError, EOFError, ImportError, IndexError, ValueError)

Page = tuple[dict[str, str], bytes]  # headers and content
T = TypeVar("T")
log = logging.getLogger(__name__)


class VersionCache:
    """The version of the content; right at once in the process that makes an edit."""

    def __init__(self) -> None:
        self._version: str | None = None
        self._known_until = 0.0
        self._edits = 0

    def current(self) -> str | None:
        """The version; None if there is no content, or no database."""
        if time.monotonic() < self._known_until:
            return self._version
        edits, version = self._edits, _read_version()
        if edits == self._edits:  # else an editor saved while we read
            self._version = version
            self._known_until = time.monotonic() + VERSION_SECONDS[connection.vendor]
        return version

    def is_still(self, version: str | None) -> bool:
        """True if this is the version now: the database is asked anew."""
        self.forget()
        return self.current() == version

    def forget(self) -> None:
        """Ask the database next time: this process may have made an edit."""
        self._edits += 1
        self._known_until = 0.0


def _read_version() -> str | None:
    try:
        return str(import_string(settings.PAGE_CACHE["VERSION"])())
    except (Error, ObjectDoesNotExist):
        return None  # the page says what is wrong, if it needs the database


class Store:
    """A cache in the process and, where there is one, the shared cache behind it.

    The shared one may be gone: then a page is made once in each process, and a line says so.
    """

    def __init__(self) -> None:
        self._own: BaseCache = caches["default"]
        self._shared = caches["shared"] if "shared" in caches.settings else None
        self._asked_again_at = 0.0

    def get(self, key: str) -> Page | None:
        """The cached page, or None."""
        page: Page | None = self._own.get(key)
        if page is None:
            page = self._ask(lambda shared: shared.get(key))
            if page is not None:
                self._own.set(key, page, LIFETIME_SECONDS)
        return page

    def set(self, key: str, page: Page) -> None:
        """Cache the page, here and in the shared cache, unless it is too large."""
        if len(page[1]) > LARGEST_PAGE:
            return
        self._own.set(key, page, LIFETIME_SECONDS)
        self._ask(lambda shared: shared.set(key, page, LIFETIME_SECONDS))

    def _ask(self, question: Callable[[BaseCache], T]) -> T | None:
        if self._shared is None or time.monotonic() < self._asked_again_at:
            return None
        try:
            return question(self._shared)
        except (RedisError, OSError) as error:
            self._asked_again_at = time.monotonic() + PAUSE_SECONDS
            log.warning("The cache of CACHE_URL does not answer, pages are slower: %s", error)
        except UNREADABLE as error:
            log.warning(
                "A page in the cache of CACHE_URL can't be read, it is made anew: %r", error
            )
        return None
