"""The start page of the admin: each list names what it should, a click from its form."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from catalog.models import Certification, Correction, Lifecycle, LinkCheck, Price, Source
from catalog.review_queue import FACTS, SHOWN, ReviewList, review_lists
from tests.factories.drafts import add_drafts
from tests.factories.people import client_of
from tests.factories.rows import a_certification, new_lifecycle, new_price, new_statement
from tests.html import read_page, texts

pytestmark = pytest.mark.usefixtures("guide")

TODAY = date(2026, 11, 23)
A_CERTIFICATION = "aws-certified-ai-practitioner"


def lists_by_key(today: date = TODAY) -> dict[str, ReviewList]:
    return {review.key: review for review in review_lists(today)}


def words(key: str, today: date = TODAY) -> list[str]:
    return [said for said, _ in lists_by_key(today)[key].items(None)]


def newly_listed(key: str, act: Callable[[], object]) -> list[str]:
    before = set(words(key))
    act()
    return sorted(set(words(key)) - before)


@pytest.fixture
def editor() -> Client:
    return client_of("Editor")


@pytest.mark.parametrize(("days", "is_old"), [(180, False), (181, True)])
def test_fact_is_old_after_180_days(days: int, *, is_old: bool) -> None:
    for model in FACTS:
        model.objects.update(checked_on=TODAY)
    row = Price.objects.get(certification__slug=A_CERTIFICATION)
    Price.objects.filter(pk=row.pk).update(checked_on=TODAY - timedelta(days))
    day = TODAY - timedelta(days)
    assert (
        words("old")
        == [f"{row.certification}: price, checked on {date_format(day, 'j F Y')}"] * is_old
    )


@pytest.mark.parametrize(("days", "is_ahead"), [(-1, False), (0, True), (180, True), (181, False)])
@pytest.mark.parametrize("field", ["closes_on", "sales_end_on"])
def test_closing_is_ahead_for_180_days(days: int, field: str, *, is_ahead: bool) -> None:
    fields = {field: TODAY + timedelta(days), "certification": a_certification(slug="soon")}
    assert newly_listed("closing", new_lifecycle(**fields).save) == ["Soon"] * is_ahead


def test_unknown_price_and_state_are_those_without_a_row_or_a_value() -> None:
    one, two = a_certification(slug="one"), a_certification(slug="two", order=51)
    new_price(certification=two).save()
    new_lifecycle(certification=two).save()
    a_certification(slug="all", order=52, kind="category")
    assert {"One", "Two"} < set(words("prices"))
    assert {"One", "Two"} < set(words("states"))
    new_price(certification=one, amount="0", currency="USD", period="once").save()
    Lifecycle.objects.filter(certification=two).update(closes_on=TODAY)
    assert "One" not in words("prices")
    assert not {"Two", "All"} & set(words("states"))


def test_statement_that_argues_without_a_condition_is_listed() -> None:
    fields = {"effect": "for", "no_condition_reason": "Nobody asks.", "text": "Bare."}
    assert newly_listed("conditions", new_statement(**fields).save) == [
        "AWS Certified AI Practitioner: “Bare.”"
    ]


def test_rated_certification_of_which_nothing_argues_is_listed() -> None:
    tier = Certification.objects.get(slug=A_CERTIFICATION).tier
    new = a_certification(slug="mute", tier=tier)
    assert "Mute" in words("conditions")
    new_statement(certification=new, effect="for", condition="uses-gcp").save()
    assert "Mute" not in words("conditions")


def test_broken_link_leads_to_every_row_that_has_it() -> None:
    url, now = "https://example.org/gone", timezone.now()
    Source.objects.create(slug="gone", name="Gone source", url=url)
    a_certification(slug="gone", page_url=url)
    for status, is_broken in ((404, True), (None, True), (403, False), (200, False)):
        LinkCheck.objects.update_or_create(url=url, defaults={"status": status, "checked_at": now})
        assert words("links") == ["Gone source", "Gone"] * is_broken


def test_drafts_of_every_kind_wait() -> None:
    assert words("drafts") == []
    add_drafts()
    assert len(words("drafts")) == lists_by_key()["drafts"].count == 5


def test_corrections_are_listed_with_the_sentence_that_each_is_of() -> None:
    assert len(set(words("corrections"))) == Correction.objects.count() > 0
    (chapters,) = (said for said in words("corrections") if "Two of these three" in said)
    assert chapters.startswith("The Honest Recommendation: “Choose high-signal options (Google ML")


def test_what_is_still_to_confirm_comes_first_with_its_words() -> None:
    assert next(review_lists(TODAY)).key == "confirm"
    price = Price.objects.still_to_confirm()[0]
    waiting = (model.objects.still_to_confirm().count() for model in FACTS)
    assert len(words("confirm")) == sum(waiting) > 0
    assert f"{price.certification}: price: {price.to_confirm}" in words("confirm")
    Price.objects.update(to_confirm="")
    assert not [said for said in words("confirm") if ": price: " in said]
    correction = Correction.objects.get(slug="free-audit-is-doubtful")
    correction.to_confirm = "Whether it has ended."
    assert newly_listed("confirm", correction.save) == [
        "IBM AI Engineering Professional Certificate: correction: Whether it has ended."
    ]


def test_every_item_leads_to_the_form_that_holds_it(editor: Client) -> None:
    add_drafts()
    opened = set()  # one form of each kind from each list: there are hundreds of rows
    for review in review_lists(TODAY + timedelta(400)):  # when all facts are old
        for said, address in review.items():
            kind = (review.key, re.sub(r"\d+", "N", address))
            if kind in opened:
                continue
            opened.add(kind)
            page = read_page(editor.get(address).content)
            _, _, part = address.partition("#")
            assert page.find_all(f"#{part}" if part else ".submit-row"), said
    assert len(opened) > len(list(review_lists(TODAY)))


def test_start_page_counts_and_says_so_where_there_is_nothing(editor: Client) -> None:
    page = read_page(editor.get("/admin/").content).find(".review")
    for review in review_lists(timezone.localdate()):
        part = page.find(f"#{review.key}")
        assert part.find(".count").text == review.tally
        assert len(texts(part, "li")) == min(review.count, SHOWN)
        assert (texts(part, "p") == [review.none]) is (review.count == 0)


def test_long_list_is_shown_whole_when_asked_for(editor: Client) -> None:
    for number in range(SHOWN + 3):
        a_certification(slug=f"more-{number}", order=9000 + number)
    count = lists_by_key()["prices"].count
    short = read_page(editor.get("/admin/").content).find("#prices")
    assert (len(texts(short, "li")), texts(short, "p")) == (SHOWN, [f"Show all {count}"])
    whole = read_page(editor.get("/admin/?all=prices").content).find("#prices")
    assert (len(texts(whole, "li")), texts(whole, "p")) == (count, [])


def test_start_page_asks_as_many_queries_for_more_rows(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Price.objects.update(checked_on=date(2020, 1, 1))
    editor.get("/admin/")  # what is read once for a version of the content
    with CaptureQueriesContext(connection) as before:
        editor.get("/admin/")
    needed = len(before)
    for number in range(30):
        a_certification(slug=f"more-{number}", order=9000 + number)
    editor.get("/admin/")
    with django_assert_max_num_queries(needed):
        editor.get("/admin/")


def test_person_without_a_role_sees_no_list() -> None:
    client = client_of("Nobody")
    assert texts(read_page(client.get("/admin/").content).find(".review"), "li") == []
