"""Parts of pages that are made once: they show what a page made from scratch would."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from catalog import row_cache
from catalog.models import Certification, Lifecycle
from catalog.templatetags.catalog_tags import cached_include
from tests.advisor.sheets import GOOGLE, READY, query
from tests.factories.people import client_of
from tests.factories.rows import new_statement

pytestmark = pytest.mark.usefixtures("guide", "today")

LIST, CERTIFICATION = "/certifications/", f"/certifications/{GOOGLE}/"
PAGES = [
    "/",
    "/guide/",
    LIST,
    f"{LIST}?tier=high&platform=gcp",
    f"{LIST}?tier=high&sort=name",
    f"{LIST}?q=google",
    CERTIFICATION,
    f"/advisor/result/?{query(READY)}",
]
OF_A_DAY = [page for page in PAGES if not page.startswith("/advisor/")]


def made(address: str) -> str:
    """The page, past the cache of whole pages."""
    for cache in caches.all():
        cache.clear()
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def made_from_scratch(address: str) -> str:
    """The page, past the cache of its parts and of the rows that have some, too."""
    for cached in (cached_include, row_cache.chapters, row_cache.guide, row_cache.quotations):
        cached.cache_clear()
    row_cache._cached_rows.cache_clear()
    return made(address)


def test_pages_are_the_same_with_and_without_kept_parts() -> None:
    from_scratch = {address: made_from_scratch(address) for address in PAGES}
    assert {address: made(address) for address in PAGES} == from_scratch
    # Once more: what any page has kept is there now for all others.
    assert {address: made(address) for address in PAGES} == from_scratch


def test_edit_shows_at_once_where_parts_are_kept() -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    before = {address: made(address) for address in PAGES}
    certification.name = "Google & Another Name"
    certification.save()
    after = {address: made(address) for address in PAGES}
    told = [
        {address: "Google &amp; Another Name" in page for address, page in pages.items()}
        for pages in (before, after)
    ]
    assert told == [dict.fromkeys(PAGES, False), dict.fromkeys(PAGES, True)]


def test_status_changes_with_the_day_where_parts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    lifecycle = Lifecycle.objects.get(certification__slug=GOOGLE)
    lifecycle.closes_on = date(2026, 11, 23)
    lifecycle.save()
    last, closed = "Closing on 23 November 2026</span>", "Closed on 23 November 2026</span>"
    shown: dict[str, list[tuple[bool, bool]]] = {}
    # The 23rd is over in the last place on Earth at noon of the 24th in UTC.
    for moment in ((11, 59), (12, 0)):
        now = datetime(2026, 11, 24, *moment, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        for address in OF_A_DAY:
            page = made(address)
            shown.setdefault(address, []).append((last in page, closed in page))
            assert f"As of {now.day - (moment < (12, 0))} November 2026, a day" in page
    assert shown == {address: [(True, False), (False, True)] for address in OF_A_DAY}


def test_preview_leaves_nothing_of_a_draft_in_kept_parts() -> None:
    certification = Certification.objects.get(slug=GOOGLE)
    new_statement(certification=certification, text="A sentence to come.", is_draft=True).save()
    preview = f"/admin/catalog/certification/{certification.pk}/preview/"
    editor = client_of("Editor")
    drafted = editor.get(preview).content.decode()
    seen = made(CERTIFICATION)
    again = editor.get(preview).content.decode()
    assert ["A sentence to come." in page for page in (drafted, seen, again)] == [True, False, True]


def test_equal_numbers_of_other_kinds_are_told_apart() -> None:
    assert cached_include("catalog/_signal.html", level=1, words="") != cached_include(
        "catalog/_signal.html", level=1.0, words=""
    )
