"""Where pages are kept: in the process and behind it; what happens when a part is gone."""

import logging
from collections.abc import Iterator
from pickle import UnpicklingError
from typing import NoReturn

import pytest
from django.core.cache import BaseCache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.editorial.content_version import content_version
from catalog.models import Certification, ContentVersion
from certguide.page_cache import store as page_store
from certguide.page_cache.store import Page, Store, VersionCache

PAGE: Page = ({"ETag": "x"}, b"page")


class SharedCache(LocMemCache):
    """A shared cache that can be gone, and counts how often it was asked."""

    is_gone = False
    asked = 0

    def get(self, *args: object, **more: object) -> object:
        self._ask()
        return super().get(*args, **more)  # type: ignore[arg-type]

    def set(self, *args: object, **more: object) -> None:
        self._ask()
        super().set(*args, **more)  # type: ignore[arg-type]

    def _ask(self) -> None:
        self.asked += 1
        if self.is_gone:
            raise ConnectionRefusedError("nobody listens")


class Machine(Store):
    """The store of a process of its own, before a cache that it shares with others."""

    def __init__(self, shared: SharedCache) -> None:
        super().__init__()
        self._own: BaseCache = LocMemCache(f"own of {id(self)}", {})
        self._shared: BaseCache | None = shared


@pytest.fixture
def shared() -> Iterator[SharedCache]:
    cache = SharedCache("shared", {})
    yield cache
    LocMemCache.clear(cache)


def test_page_is_there_for_another_process(shared: SharedCache) -> None:
    one, other = Machine(shared), Machine(shared)
    one.set("key", PAGE)
    assert [other.get("key") for _ in range(3)] == [PAGE] * 3
    assert shared.asked == 2  # to keep it, and once to find it
    assert other.get("another") is None


def test_shared_cache_that_is_gone_is_said_once_and_left_alone(
    shared: SharedCache, caplog: pytest.LogCaptureFixture
) -> None:
    shared.is_gone = True
    store = Machine(shared)
    store.set("key", PAGE)
    assert [store.get(key) for key in ("key", "other", "third")] == [PAGE, None, None]
    assert shared.asked == 1
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warnings == ["The cache of CACHE_URL does not answer, pages are slower: nobody listens"]


@pytest.mark.parametrize("error", [UnpicklingError("not ours"), AttributeError("of a release")])
def test_page_that_another_program_wrote_is_made_anew(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    class Foreign(SharedCache):
        def get(self, *_: object, **__: object) -> NoReturn:
            raise error

    assert Machine(Foreign("foreign", {})).get("key") is None
    (warning,) = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warning == f"A page in the cache of CACHE_URL can't be read, it is made anew: {error!r}"


def test_shared_cache_that_comes_back_is_used_again(
    shared: SharedCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_store, "PAUSE_SECONDS", 0)
    store = Machine(shared)
    shared.is_gone = True
    store.set("key", PAGE)
    shared.is_gone = False
    store.set("key", PAGE)
    assert Machine(shared).get("key") == PAGE


def test_store_without_a_shared_cache_keeps_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    monkeypatch.setattr(store, "_shared", None)
    store.set("key", PAGE)
    assert store.get("key") == PAGE
    assert caches["default"].get("key") == PAGE


@pytest.fixture
def asked_once_a_minute(guide: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(page_store.VERSION_SECONDS, connection.vendor, 60.0)


@pytest.mark.usefixtures("asked_once_a_minute")
def test_version_is_asked_for_once_in_its_time() -> None:
    version = VersionCache()
    with CaptureQueriesContext(connection) as queries:
        answers = {version.current() for _ in range(5)}
    assert answers == {content_version()}
    assert len(queries) == 1


@pytest.mark.usefixtures("asked_once_a_minute")
def test_version_is_right_at_once_in_the_process_that_edits() -> None:
    version = VersionCache()
    before = version.current()
    Certification.objects.all()[0].save()
    assert version.current() == before  # what another process may still say
    version.forget()
    assert version.current() == content_version() != before


@pytest.mark.usefixtures("asked_once_a_minute")
def test_version_read_while_an_editor_saves_is_not_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version, real = VersionCache(), content_version()

    def read_before_the_edit() -> str:
        version.forget()  # another thread answers the editor meanwhile
        return "old"

    with monkeypatch.context() as patched:
        patched.setattr(page_store, "_read_version", read_before_the_edit)
        assert version.current() == "old"
    assert version.current() == real


@pytest.mark.usefixtures("asked_once_a_minute")
def test_editors_own_edit_shows_at_once(admin_client: Client) -> None:
    page = "/certifications/google-professional-machine-learning-engineer/"
    before = admin_client.get(page).content
    Certification.objects.get(slug=page.split("/")[2]).save()
    assert admin_client.get(page).content == before
    admin_client.post("/admin/logout/")  # any answer to a form may follow an edit
    assert admin_client.get(page).content != before


def test_version_without_content_or_database_is_none(
    guide: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_cursor() -> NoReturn:
        raise OperationalError("the connection is closed")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", no_cursor)
        assert VersionCache().current() is None
    ContentVersion.objects.all().delete()
    assert VersionCache().current() is None
