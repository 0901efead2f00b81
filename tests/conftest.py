"""Fixtures for all tests: a data folder of their own, the shipped content, a site, a browser."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import django
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key
from whitenoise.base import WhiteNoise

from advisor.domain.rulebook import Rulebook
from certguide.granian import COLLECTED_AFTER
from certguide.page_cache.store import VERSION_SECONDS
from tests.database import PROJECT, digest_of, load_guide_if_missing, shipped_database

STATIC_FILES = PROJECT / ".pytest_cache" / "static"  # compressed: that takes seconds each time
DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
DEBIAN_FIREFOX = Path("/usr/bin/firefox-esr")
TABLES_ARE_EMPTY = pytest.StashKey[bool]()
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

# Before the settings are read: no setting of the developer's shell but the two
# that the suite is meant to run with, and no data folder but a new one.
if not IS_WORKER:
    for setting in (
        "ALLOWED_HOSTS",
        "HOST",
        "HTTPS",
        "PORT",
        "PROXIES",
        "REPORT_URL",
        "SECRET_KEY",
        "THREADS",
        "WORKERS",
    ):
        os.environ.pop(setting, None)
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="certguide-tests-")
os.environ["DJANGO_SETTINGS_MODULE"] = "certguide.settings"
# Playwright keeps an event loop in the thread of the tests, in which Django would refuse every
# query from the first test with a browser on. No test awaits anything.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()
# As in production but for their number, which is there to take time, for every user of every test.
PBKDF2PasswordHasher.iterations = 1_000
expect.set_options(timeout=20_000)  # a machine at work on much else is no fault of a page


def pytest_sessionstart(session: pytest.Session) -> None:
    """Collect the static files once, so that the tests use the real, hashed storage."""
    if IS_WORKER:
        return
    collected = STATIC_FILES / digest_of(
        ("static/**/*", "certguide/settings.py", "requirements.txt")
    )
    if not collected.exists():
        call_command("collectstatic", interactive=False, verbosity=0)
        shutil.rmtree(STATIC_FILES, ignore_errors=True)
        shutil.copytree(settings.STATIC_ROOT, collected)
    shutil.copytree(collected, settings.STATIC_ROOT, dirs_exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Put the tests that need no database first.

    One worker runs them while another, which has the second half of the list, makes the database.
    """
    items.sort(
        key=lambda item: (
            bool({"db", "django_db_setup"} & {*item.fixturenames})
            or item.get_closest_marker("django_db") is not None
        )
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the garbage collector from what was imported, and let it run as rarely as in a worker.

    It took a ninth of the time of the tests.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Bring back the shipped content before the transaction of a test, or each would load it."""
    if item.config.stash.get(TABLES_ARE_EMPTY, False) and "guide" in item.fixturenames:
        with item.config.stash[blocking_manager_key].unblock():
            load_guide_if_missing()
        item.config.stash[TABLES_ARE_EMPTY] = False


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Remember that a test with transactions has emptied the tables."""
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        item.config.stash[TABLES_ARE_EMPTY] = True


def in_large_frame(call: Callable[[], object]) -> None:
    """Make a call with room for the frames of all calls below it.

    Python has 16 KB for frames. Calls that go in and out of the last of it take 16 KB more from the
    system and give it back, thousands of times for a page: a quarter of the time of a test. A large
    frame gets 1 MB, and leaves half of it to those above.
    """
    call()


in_large_frame.__code__ = in_large_frame.__code__.replace(co_stacksize=70_000)  # of 8 bytes


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Call the test in a large frame."""
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    in_large_frame(lambda: pyfuncitem.obj(**arguments))
    return True


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder of this run."""
    if not IS_WORKER:
        shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def no_kept_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page that another test has made, and none after a test has changed the content."""
    for cache in caches.all():
        cache.clear()
    monkeypatch.setitem(VERSION_SECONDS, "postgresql", 0)


@pytest.fixture(autouse=True, scope="session")
def static_files_found_once() -> Iterator[None]:
    """Static files as WhiteNoise finds them, looked for once and not by each test's client."""
    look_for, found = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def remember(self: Any, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            look_for(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", remember)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The test database with the shipped content in it."""
    # Not pytest-django's: that makes none for tests with nothing but a browser, and the site that
    # they look at would then be on the real database.
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(shipped_database())
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def guide(db: None) -> None:
    """The shipped content, also after a test with transactions has emptied the tables."""
    load_guide_if_missing()


@pytest.fixture
def rulebook(guide: None) -> Rulebook:
    """The shipped rulebook."""
    from advisor.rulebook_loader import current_rulebook  # noqa: PLC0415  as above

    return current_rulebook()


@pytest.fixture
def unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save without the proof of all verdicts, which is not the point and takes its time."""
    monkeypatch.setattr("catalog.editorial.admin.submission.reviewers", [])
    monkeypatch.setattr("catalog.editorial.checks.CHECKS", [])


@pytest.fixture
def short_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show five of the fourteen lists in the form of a certification, in a third of the time."""
    from catalog.admin.certifications import CertificationAdmin  # noqa: PLC0415  as above

    names = ("lifecycle", "price", "exam", "succession", "statement")
    lists = [each for each in CertificationAdmin.inlines if each.model._meta.model_name in names]
    monkeypatch.setattr(CertificationAdmin, "inlines", lists)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it noon of 23 November 2026, the day after the facts were checked."""
    noon = datetime(2026, 11, 23, 18, tzinfo=UTC)  # of a day that began at 12 in UTC
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture(scope="session")
def site_thread(django_db_setup: None) -> Iterator[LiveServerThread]:
    """A server on a free port that serves the test database as production does."""
    # Not pytest-django's live_server: that empties the tables after every test,
    # and serves static files past WhiteNoise and the security headers.
    as_it_is = cast(type[WSGIHandler], lambda application: application)
    thread = LiveServerThread("127.0.0.1", as_it_is)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield thread
    thread.terminate()


@pytest.fixture
def site(site_thread: LiveServerThread, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address, without a slash at the end, of a site with the shipped content; read it only."""
    with django_db_blocker.unblock():
        load_guide_if_missing()
        yield f"http://127.0.0.1:{site_thread.port}"


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Headless Chromium, Debian's if it is installed; with BROWSER=firefox Debian's Firefox."""
    with sync_playwright() as playwright:
        is_firefox = os.environ.get("BROWSER") == "firefox"
        browser = firefox(playwright) if is_firefox else chromium(playwright)
        yield browser
        browser.close()


def chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium, or Playwright's own."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=DEBIAN_CHROMIUM if DEBIAN_CHROMIUM.exists() else None,
        args=["--disable-background-networking", *(["--no-sandbox"] if is_root else [])],
    )


def firefox(playwright: Playwright) -> Browser:
    """Debian's Firefox, driven by WebDriver BiDi."""
    # With pages kept in memory Playwright waits in vain for a step back to load one.
    kept: dict[str, str | float | bool] = {"browser.sessionhistory.max_total_viewers": 0}
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path=DEBIAN_FIREFOX, firefox_user_prefs=kept
    )


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh browser page; page.goto("/") opens the site's first page."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(page: Page) -> list[str]:
    """The errors and warnings of the browser on this page, with those of the security policy."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console",
        lambda line: found.append(line.text) if line.type in {"error", "warning"} else None,
    )
    return found
