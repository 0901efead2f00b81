"""Drafts: no reader sees one, wherever it stands, and none leaks later through the history."""

from datetime import date, timedelta

import pytest
from django.test import Client

from advisor.models import Citation
from catalog.changelog.dated_changes import changes_since
from catalog.changelog.list_changes import index_as_of
from catalog.listing.facet_index import current_index
from catalog.models import Certification, Correction, Statement
from catalog.models.certification import renamed_slugs
from tests.advisor.sheets import READY, answered, query
from tests.catalog.listing.searching import found_keys
from tests.factories.drafts import PUBLISHED, WORD, add_drafts
from tests.factories.edits import begin_records, edit
from tests.factories.rows import new_statement

pytestmark = pytest.mark.usefixtures("guide")

MAY_4 = date(2026, 5, 4)
JUNE_1 = date(2026, 6, 1)
TODAY = date(2026, 11, 23)

LISTS = ("certifications/", "certifications.json", "certifications.csv", "feeds/changes.atom")
ADDRESSES = [
    *("/", "/guide/", "/sitemap.xml", "/advisor/", "/calendar/closings.ics"),
    *(f"/{name}" for name in LISTS),
    "/certifications/?as_of=2026-02-01",
    f"/certifications/{PUBLISHED}/",
    f"/certifications/compare/?cert={PUBLISHED}&cert=aws-certified-ai-practitioner",
    "/advisor/?mandate=yes&role=builder",
    f"/advisor/result/?{query(READY)}",
    f"/advisor/result.json?{query(READY)}",
    f"/advisor/result.json?{query(answered(READY, mandate='yes', required='other'))}",
]


def test_no_reader_sees_a_draft(client: Client) -> None:
    begin_records()
    add_drafts()
    found = {}
    for address in ADDRESSES:
        response = client.get(address)
        found[address] = (response.status_code, WORD in response.content.decode().lower())
    assert found == dict.fromkeys(ADDRESSES, (200, False))


def test_draft_can_not_be_asked_for(client: Client) -> None:
    add_drafts()
    found = {
        address: client.get(address).status_code
        for address in (
            f"/certifications/{WORD}/",
            f"/certifications/{WORD}-first/",
            f"/certifications.json?cert={WORD}",
            f"/certifications.json?cert={WORD}-first",
            f"/certifications.json?provider={WORD}",
            f"/advisor/result.json?{query(answered(READY, mandate='yes', required=WORD))}",
        )
    }
    assert list(found.values()) == [404, 404, 400, 400, 400, 400]
    assert client.get(f"/certifications.json?q={WORD}").json()["count"] == 0


def test_everything_is_seen_once_it_is_published(client: Client) -> None:
    certification = add_drafts()
    for model in (Certification, Statement, Correction):
        model._default_manager.filter(is_draft=True).update(is_draft=False)
    certification.refresh_from_db()
    certification.save()
    page = client.get(f"/certifications/{WORD}/").content.decode()
    assert (f"A {WORD} says so." in page, f"No {WORD} says so." in page) == (True, True)
    page = client.get(f"/certifications/{PUBLISHED}/").content.decode()
    assert f"A {WORD} corrects." in page
    assert client.get(f"/certifications.json?provider={WORD}").json()["count"] == 1


def said(key: int) -> list[str]:
    changes = changes_since(MAY_4 - timedelta(days=90), [key], today=TODAY)
    return [f"{each.date} {each.words}" for each in changes]


def test_draft_has_no_history_and_is_added_when_it_is_published() -> None:
    begin_records()
    certification = Certification(slug="a", name="A", kind="exam", order=50, is_draft=True)
    edit(certification, MAY_4)
    statement = new_statement(certification=certification)
    edit(statement, MAY_4)
    edit(certification, MAY_4 + timedelta(days=1), months_min=1, months_max=2)
    assert said(certification.pk) == []
    edit(certification, JUNE_1, is_draft=False)
    assert said(certification.pk) == [f"{JUNE_1} Added to the catalogue"]
    edit(certification, JUNE_1 + timedelta(days=1), is_draft=True)
    assert said(certification.pk) == []
    edit(certification, JUNE_1 + timedelta(days=2), is_draft=False)
    edit(statement, JUNE_1 + timedelta(days=3), text="Now.")
    assert said(certification.pk) == [
        "2026-06-04 Statement: “Now.”, before “It is what it is.”",
        "2026-06-03 Added to the catalogue",
        f"{JUNE_1} Added to the catalogue",
    ]


def test_sentence_is_new_on_the_day_when_it_is_published() -> None:
    begin_records()
    statement = new_statement(text="One.", is_draft=True)
    edit(statement, MAY_4)
    edit(statement, MAY_4 + timedelta(days=1), text="Two.")
    assert statement.certification_id is not None
    assert said(statement.certification_id) == []
    edit(statement, JUNE_1, is_draft=False)
    assert said(statement.certification_id) == [f"{JUNE_1} Statement: “Two.”"]


def test_deleted_draft_leaves_no_name() -> None:
    begin_records()
    certification = add_drafts()
    old = Certification.objects.get(slug=PUBLISHED)
    Citation.objects.filter(statement__certification=certification).delete()
    certification.delete()
    assert [words for words in said(old.pk) if WORD in words.lower()] == []


def test_slug_of_a_draft_is_not_remembered_and_that_of_a_published_certification_is() -> None:
    certification = add_drafts()
    edit(certification, JUNE_1, is_draft=False)
    edit(certification, JUNE_1, slug="third")
    assert renamed_slugs([f"{WORD}-first", WORD]) == {WORD: "third"}
    edit(certification, JUNE_1, is_draft=True)
    assert renamed_slugs([WORD]) == {}


def test_list_as_it_was_has_no_draft() -> None:
    begin_records()
    certification = Certification(slug="a", name="A", kind="exam", order=50, is_draft=True)
    edit(certification, MAY_4)
    edit(certification, JUNE_1, is_draft=False)
    index = current_index(TODAY)
    there = [
        certification.pk in index_as_of(index, day).position
        for day in (MAY_4, JUNE_1 - timedelta(1), JUNE_1)
    ]
    assert there == [False, False, True]


def test_search_forgets_a_sentence_that_becomes_a_draft() -> None:
    statement = new_statement(text="A theremin.")
    statement.save()
    assert found_keys("theremin") == [statement.certification_id]
    statement.is_draft = True
    statement.save()
    assert found_keys("theremin") == []
