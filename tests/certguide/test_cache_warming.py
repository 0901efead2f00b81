"""Cache warming beside the readers' requests: once per content, and all that the requests need."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError
from django.test import Client

from advisor import diagram_cache
from advisor.domain.about_certification import AboutQuestions
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.models import Question
from catalog.editorial.content_version import content_version
from catalog.models import ContentVersion
from certguide import cache_warming
from certguide.cache_warming import lay_out_if_new
from tests.advisor.sheets import GOOGLE, READY, query

pytestmark = pytest.mark.usefixtures("guide", "today")

Made = TypeVar("Made")


def counted(kind: Callable[..., Made], made: list[Made]) -> Callable[..., Made]:
    """A maker of these that keeps what it has made."""

    def make(*arguments: Any) -> Made:
        made.append(kind(*arguments))
        return made[-1]

    return make


def test_pages_after_the_layout_lay_out_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_warming, "REST", 0)
    monkeypatch.setattr(cache_warming, "SETTLE_SECONDS", 0)
    laid_out: list[object] = []
    for each in (AboutQuestions, PartialAnswers):
        monkeypatch.setattr(diagram_cache, each.__name__, counted(each, laid_out))
    ContentVersion.objects.update(name="another")
    Question.objects.filter(key="role").update(text="Which role is yours?")
    assert lay_out_if_new(None)
    before = len(laid_out)
    assert before > 0
    for address in (
        f"/certifications/{GOOGLE}/",
        f"/advisor/?about={GOOGLE}",
        f"/advisor/result/?about={GOOGLE}&{query(READY)}",
        "/advisor/?role=builder",
    ):
        assert client.get(address).status_code == 200
    assert len(laid_out) == before


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
