"""What is laid out beside the readers' requests: once for a content, and all that they need."""

from datetime import date

import pytest
from django.db import DatabaseError
from django.test import Client

from advisor.diagram_cache import about_questions, prospects_of
from catalog.editorial.content_version import content_version
from catalog.models import ContentVersion
from certguide import cache_warming
from certguide.cache_warming import lay_out_if_new
from tests.advisor.sheets import GOOGLE, READY, query

pytestmark = pytest.mark.usefixtures("guide", "today")


def laid_out_anew() -> int:
    return about_questions.cache_info().misses + prospects_of.cache_info().misses


def test_pages_after_the_layout_lay_out_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_warming, "REST", 0)
    monkeypatch.setattr(cache_warming, "SETTLE_SECONDS", 0)
    about_questions.cache_clear()
    prospects_of.cache_clear()
    assert lay_out_if_new(None)
    before = laid_out_anew()
    assert before > 0
    for address in (
        f"/certifications/{GOOGLE}/",
        f"/advisor/?about={GOOGLE}",
        f"/advisor/result/?about={GOOGLE}&{query(READY)}",
        "/advisor/?role=builder",
    ):
        assert client.get(address).status_code == 200
    assert laid_out_anew() == before


def test_content_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []
    monkeypatch.setattr(cache_warming, "lay_out", days.append)
    first = lay_out_if_new(None)
    assert first
    assert lay_out_if_new(first) == first
    assert days == [first[1]]
    ContentVersion.objects.update(name="another")
    assert lay_out_if_new(first) == (content_version(), first[1])
    assert len(days) == 2


@pytest.mark.parametrize("fault", [DatabaseError, RuntimeError])
def test_fault_leaves_what_was_laid_out(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fail(today: date) -> None:
        raise fault

    monkeypatch.setattr(cache_warming, "lay_out", fail)
    earlier = ("earlier", date(2026, 1, 1))
    assert lay_out_if_new(earlier) == earlier


def test_without_content_there_is_nothing_to_lay_out() -> None:
    ContentVersion.objects.all().delete()
    assert lay_out_if_new(None) is None
