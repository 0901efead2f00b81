"""The feed of changes and the calendar of closings."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import timezone
from icalendar import Calendar

from catalog.changelog.dated_changes import changes_since
from catalog.changelog.feed_and_calendar import changes_atom, closings_ics
from catalog.models import Certification, Lifecycle, Price
from certguide.page_cache.middleware import cached_pages
from tests.factories.edits import LOADED_ON, begin_records, edit, noon
from tests.factories.rows import a_certification, a_source, new_lifecycle, new_statement

ATOM = "{http://www.w3.org/2005/Atom}"
VIEWS = {"/feeds/changes.atom": changes_atom, "/calendar/closings.ics": closings_ics}
MAY_4 = date(2026, 5, 4)
NAME = "Fünf; “Sechs”, sieben\\acht & <neun> " * 4

both = pytest.mark.parametrize("path", VIEWS)


@pytest.fixture(autouse=True)
def _records(guide: None, today: None) -> None:
    begin_records()


@pytest.fixture
def lifecycle() -> Lifecycle:
    """The facts of a certification with an awkward name.

    Which ends for new buyers and then for all.
    """
    certification = a_certification(name=NAME.strip())
    certification.history.update(history_date=noon(LOADED_ON))
    row = new_lifecycle(
        certification=certification, closes_on=date(2026, 8, 31), sales_end_on=date(2026, 7, 1)
    )
    edit(row, LOADED_ON)
    return row


def get(path: str, query: str = "", **headers: str) -> Any:
    request = RequestFactory().get(f"{path}?{query}" if query else path, headers=headers)
    response: HttpResponseBase = VIEWS[path](request)
    return response


def certifications(query: str = "") -> list[ET.Element]:
    return ET.fromstring(get("/feeds/changes.atom", query).content).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def events(query: str = "") -> dict[str, Any]:
    calendar = Calendar.from_ical(get("/calendar/closings.ics", query).content)
    found = list(calendar.walk("VEVENT"))
    assert len({str(each["UID"]) for each in found}) == len(found)
    return {str(each["UID"]): each for each in found}


# --- Both ------------------------------------------------------------------------


@both
def test_same_content_gives_the_same_bytes(
    path: str, lifecycle: Lifecycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = get(path).content
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert get(path).content == before


@both
@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("tier=best", "tier=best: There is no such choice.\n"),
        ("tier=high&tier=best", "tier=best: There is no such choice.\n"),
        ("cost_max=ten", "cost_max=ten: Give US dollars in digits, such as 250, or “unknown”.\n"),
        ("colour=red", "colour=: The catalogue has no such filter.\n"),
        ("kind=a%0D%0Ab", "kind=a b: There is no such choice.\n"),
    ],
)
def test_invalid_value_is_named(path: str, query: str, line: str) -> None:
    response = get(path, query)
    assert (response.status_code, response.content.decode()) == (400, line)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@both
def test_unchanged_content_is_not_sent_again(path: str) -> None:
    def ask(**headers: str) -> Any:
        return cached_pages(VIEWS[path])(RequestFactory().get(path, headers=headers))

    first = ask()
    assert first["Last-Modified"] == "Mon, 23 Nov 2026 12:00:00 GMT"
    again = ask(**{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert ask(**{"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    a_source()
    assert ask(**{"If-Modified-Since": first["Last-Modified"]}).status_code == 200


@both
def test_empty_list_is_a_valid_feed(path: str) -> None:
    response = get(path, "q=zyzzyva")
    assert response.status_code == 200
    if path.endswith("atom"):
        feed = ET.fromstring(response.content)
        assert feed.findall(f"{ATOM}entry") == []
        assert text(feed, "updated") == f"{LOADED_ON}T12:00:00+00:00"
    else:
        assert Calendar.from_ical(response.content).walk("VEVENT") == []


@both
def test_characters_that_cannot_be_sent_are_left_out(path: str) -> None:
    response = get(path, "q=a%01b%0Cc")
    assert response.status_code in (200, 400)
    if path.endswith("atom") and response.status_code == 200:
        ET.fromstring(response.content)


@both
def test_renamed_certification_is_found_by_its_former_slug(path: str, lifecycle: Lifecycle) -> None:
    before = get(path, "cert=a-new-one").content.decode()
    edit(lifecycle.certification, MAY_4, slug="renamed")
    after = get(path, "cert=a-new-one").content.decode()
    assert before.count("/certifications/a-new-one/") > 0
    assert after.count("/certifications/renamed/") == before.count("/certifications/a-new-one/")


@both
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_allowed(path: str, method: str) -> None:
    assert VIEWS[path](getattr(RequestFactory(), method)(path)).status_code == 405


# --- Atom ------------------------------------------------------------------------


def test_feed_is_complete(lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 9, 30))
    response = get("/feeds/changes.atom", "sort=name&cert=a-new-one")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    assert text(feed, "id").startswith("urn:uuid:")
    assert text(feed, "title") == "Changes: 1 entry, chosen"
    assert text(feed, "updated") == "2026-07-01T00:00:00-12:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")} == {
        "alternate": "http://testserver/certifications/?cert=a-new-one",
        "self": "http://testserver/feeds/changes.atom?cert=a-new-one",
    }
    newest, *_ = certifications("cert=a-new-one")
    link = newest.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/certifications/a-new-one/"
    ends = "last day 30 September 2026, no longer sold from 1 July 2026"
    assert text(newest, "title") == f"{NAME.strip()}: Closed: {ends}"
    assert text(newest, "published") == text(newest, "updated") == "2026-07-01T00:00:00-12:00"


def test_feed_has_the_newest_fifty() -> None:
    certification = Certification.objects.all()[0]
    for order in range(60):
        edit(
            new_statement(certification=certification, text=f"No. {order}.", order=order + 100),
            MAY_4 + timedelta(days=order),
        )
    titles = [text(each, "summary") for each in certifications(f"cert={certification.slug}")]
    assert titles == [f"Statement: “No. {order}.”" for order in range(59, 9, -1)]


def test_feed_reaches_back_to_the_first_load() -> None:
    keys = Certification.objects.values_list("pk", flat=True)
    expected = changes_since(date.min, keys, today=date(2026, 11, 23))
    titles = [text(each, "title") for each in certifications()]
    assert titles == [f"{each.name}: {each.words}" for each in expected[:50]]
    assert len(titles) >= 17


def test_ids_stay_when_words_and_names_change(lifecycle: Lifecycle) -> None:
    price = Price.objects.get(certification__slug="ai-plus-individual-certification")
    morning, evening = (datetime(2026, 5, 4, hour, tzinfo=UTC) for hour in (13, 20))
    edit(price, MAY_4, at=morning, amount=1, currency="USD", period="once")
    named = "rated=by-name"  # fewer than the feed has room for: none goes for the new ones
    before = {text(each, "id"): text(each, "updated") for each in certifications(named)}
    edit(price, MAY_4, at=evening, amount=2)
    edit(price.certification, MAY_4, at=evening, slug="renamed", name="Renamed")
    after = {text(each, "id"): text(each, "updated") for each in certifications(named)}
    assert list(after) != []
    assert after.keys() == before.keys()
    changed = {each for each in after if after[each] != before[each]}
    assert {after[each] for each in changed} == {"2026-05-04T20:00:00+00:00"}
    assert len(changed) == 1


@pytest.mark.parametrize("query", ["tier=high", "platform=aws", "status=closed", "q=azure"])
def test_feed_takes_the_filters_of_the_catalogue(
    query: str,
    client: Client,
    today: None,
) -> None:
    listed = client.get(f"/certifications.json?{query}").json()["certifications"]
    slugs = {each["slug"] for each in listed}
    links = (each.find(f"{ATOM}link") for each in certifications(query))
    assert {link.get("href", "").split("/")[-2] for link in links if link is not None} == slugs
    assert slugs


# --- iCalendar -------------------------------------------------------------------


def test_event_is_complete(lifecycle: Lifecycle) -> None:
    found = events("cert=a-new-one")
    assert list(found) == ["a-new-one-closes@certguide", "a-new-one-sales-end@certguide"]
    closes, sales_end = found.values()
    assert (str(closes["SUMMARY"]), closes["DTSTART"].dt, closes["DTEND"].dt) == (
        f"Last day: {NAME.strip()}",
        date(2026, 8, 31),
        date(2026, 9, 1),
    )
    assert (str(sales_end["SUMMARY"]), sales_end["DTSTART"].dt) == (
        f"No longer sold: {NAME.strip()}",
        date(2026, 7, 1),
    )
    for event in found.values():
        assert str(event["URL"]) == "http://testserver/certifications/a-new-one/"
        assert str(event["DESCRIPTION"]) == "no source named; checked on 2026-11-22"
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == noon(LOADED_ON)
        assert event["SEQUENCE"] == 0


def test_calendar_has_every_end_and_no_other() -> None:
    expected = {
        f"{each.certification.slug}-{suffix}@certguide": day
        for each in Lifecycle.objects.all()
        for suffix, day in (("closes", each.closes_on), ("sales-end", each.sales_end_on))
        if day
    }
    assert {uid: event["DTSTART"].dt for uid, event in events().items()} == expected
    assert expected


def test_corrected_date_moves_the_event(lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, closes_on=date(2026, 12, 31))
    edit(lifecycle, date(2026, 5, 5), note="Nothing of the dates.")
    edit(lifecycle.certification, date(2026, 5, 6), slug="renamed")
    closes, sales_end = events("cert=renamed").values()
    assert str(closes["UID"]) == "a-new-one-closes@certguide"
    assert (closes["DTSTART"].dt, closes["SEQUENCE"]) == (date(2026, 12, 31), 1)
    assert (sales_end["DTSTART"].dt, sales_end["SEQUENCE"]) == (date(2026, 7, 1), 0)
    assert closes["LAST-MODIFIED"].dt == noon(date(2026, 5, 6))


def test_date_that_goes_takes_its_event_along_and_comes_back_newer(lifecycle: Lifecycle) -> None:
    edit(lifecycle, MAY_4, closes_on=None)
    assert list(events("cert=a-new-one")) == ["a-new-one-sales-end@certguide"]
    edit(lifecycle, date(2026, 6, 1), closes_on=date(2026, 8, 31))
    assert events("cert=a-new-one")["a-new-one-closes@certguide"]["SEQUENCE"] == 2


def test_certification_without_history_has_its_event(lifecycle: Lifecycle) -> None:
    before = list(events("cert=a-new-one"))
    Lifecycle.history.all().delete()
    Certification.history.all().delete()
    assert list(events("cert=a-new-one")) == before


@pytest.mark.parametrize(
    "query", ["", "status=closed", "tier=high&status=closed", "platform=azure"]
)
def test_calendar_takes_the_filters_of_the_catalogue(
    query: str,
    client: Client,
    today: None,
) -> None:
    listed = client.get(f"/certifications.json?{query}").json()["certifications"]
    closing = {each["slug"] for each in listed if each["closes_on"]}
    closes = {uid for uid in events(query) if uid.endswith("-closes@certguide")}
    assert closes == {f"{slug}-closes@certguide" for slug in closing}
    assert closing


def test_calendar_keeps_to_the_standard(lifecycle: Lifecycle) -> None:
    response = get("/calendar/closings.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    unfolded = response.content.replace(b"\r\n ", b"").decode()
    escaped = NAME.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:Last day: {escaped}\r\n" in unfolded
    assert unfolded.count("\r\nDTSTART;VALUE=DATE:") == unfolded.count("BEGIN:VEVENT")
    for required in ("PRODID", "VERSION"):
        assert unfolded.count(f"\r\n{required}:") == 1
    for required in ("UID", "DTSTAMP"):
        assert unfolded.count(f"\r\n{required}:") == unfolded.count("BEGIN:VEVENT")
    assert unfolded.count("\r\nDTSTAMP:20260110T120000Z\r\n") == unfolded.count("BEGIN:VEVENT")


def test_number_of_queries_does_not_grow(
    lifecycle: Lifecycle, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for query in ("cert=a-new-one", "", "tier=none"):
        get("/calendar/closings.ics", query)  # builds the index
        with django_assert_num_queries(6):
            get("/calendar/closings.ics", query)
