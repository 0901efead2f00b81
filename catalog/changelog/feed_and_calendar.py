"""Feeds of the catalogue: what changed (Atom), and when certifications close (iCalendar)."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from itertools import groupby
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, urlencode
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from catalog.changelog.dated_changes import DatedChange, changes_since
from catalog.changelog.tracked_edits import RecordedEdit, edits_of, midnight
from catalog.fact_words import CLOSING_EVENTS
from catalog.listing.list_page import Listing, read_listing
from catalog.models import Certification, ContentVersion, Guide, Lifecycle
from catalog.url_parameters import Problem

NEWEST = 50
NAMESPACE = UUID("a6f0ba6c-9f4d-4a0a-8a5e-4f3c0b1c2d7e")  # of all ids; it never changes
LOOK_BACK = (timedelta(days=30), timedelta(days=365))
# The end of an event's identifier, by the date of the lifecycle on which it is.
SUFFIXES = {"closes_on": "closes", "sales_end_on": "sales-end"}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Build = Callable[[HttpRequest, Listing, datetime], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]


def _of_a_list(build: Build) -> View:
    """A view that reads the catalogue's parameters and says when its answer last changed."""

    @require_safe
    @wraps(build)
    def view(request: HttpRequest) -> HttpResponse:
        listing, problems = read_listing(request.GET)
        index = listing.index
        if problems:
            lines = [_problem_line(problem) for problem in problems]
            return HttpResponse(lines, status=400, content_type="text/plain; charset=utf-8")
        changed_at = ContentVersion.objects.get().changed_at
        query = listing.query.replace(sort=(), as_of=())
        response = build(request, Listing(index, query), changed_at)
        modified = max(changed_at, midnight(index.day))
        response.headers["Last-Modified"] = http_date(modified.timestamp())
        return response

    return view


def _problem_line(problem: Problem) -> str:
    # A line break in the value would make the next line look like another problem.
    value = " ".join(problem.value.split())
    return f"{problem.parameter}={value}: {problem.reason}\n"


@_of_a_list
def changes_atom(request: HttpRequest, listing: Listing, changed_at: datetime) -> HttpResponse:
    """The newest changes of the certifications in a list."""
    address = f"{request.path}?{urlencode(listing.query.pairs)}".removesuffix("?")
    feed = _Atom(
        title=_printable(f"Changes: {listing.description}"),
        link=request.build_absolute_uri(listing.query.url()),
        description=None,
        language="en",
        author_name=str(Guide.objects.get()),
        feed_url=request.build_absolute_uri(address),
        feed_guid=uuid5(NAMESPACE, urlencode(listing.query.pairs)).urn,
        changed_at=changed_at,
    )
    for change in sorted(_newest(listing), key=lambda change: change.at, reverse=True):
        feed.add_item(
            title=_printable(f"{change.name}: {change.words}"),
            link=request.build_absolute_uri(change.get_absolute_url()),
            description=_printable(change.words),
            unique_id=uuid5(NAMESPACE, change.identity).urn,
            pubdate=midnight(change.date),
            updateddate=change.at,
            categories=[change.kind.value],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@_of_a_list
def closings_ics(request: HttpRequest, listing: Listing, changed_at: datetime) -> HttpResponse:
    """An event for each end of each certification in a list."""
    calendar = Calendar()
    calendar.add("prodid", "-//certguide//closings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _printable(f"Closings: {listing.description}"))
    ending = Lifecycle.objects.filter(certification__in=listing.keys)
    ending = ending.select_related("certification").prefetch_related("sources")
    edits = edits_of(listing.keys, (Certification, Lifecycle))
    for lifecycle in ending.order_by("certification__slug"):
        own_edits = edits.get(lifecycle.certification_id, [])
        for end in CLOSING_EVENTS:
            if getattr(lifecycle, end):
                event = _event(request, lifecycle, end)
                _identify(event, lifecycle, end, own_edits, changed_at)
                calendar.add_component(event)
    content = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    content.headers["Content-Disposition"] = 'inline; filename="closings.ics"'
    return content


def _identify(
    event: Event, lifecycle: Lifecycle, end: str, edits: list[RecordedEdit], changed_at: datetime
) -> None:
    """Give an event what lets a calendar move it: the same id for ever, and a growing number."""
    slugs, dates, revised = [], [], None
    for edit in edits:
        if edit.values is not None:
            revised = edit.at
            if edit.model is Certification:
                slugs.append(edit.values["slug"])
            else:
                dates.append(edit.values[end])
    # The first slug that readers saw: a certification that is renamed keeps its event.
    slug = slugs[0] if slugs else lifecycle.certification.slug
    moves = len(list(groupby(dates))) - 1
    event.add("uid", f"{slug}-{SUFFIXES[end]}@certguide")
    event.add("sequence", max(moves, 0))
    event.add("dtstamp", revised or changed_at)
    event.add("last-modified", revised or changed_at)


def _event(request: HttpRequest, lifecycle: Lifecycle, end: str) -> Event:
    certification, day = lifecycle.certification, getattr(lifecycle, end)
    sources = ", ".join(source.name for source in lifecycle.sources.all()) or "no source named"
    event = Event()
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _printable(f"{CLOSING_EVENTS[end]}: {certification.name}"))
    event.add("description", _printable(f"{sources}; checked on {lifecycle.checked_on}"))
    event.add("url", request.build_absolute_uri(certification.get_absolute_url()))
    return event


def _newest(listing: Listing) -> list[DatedChange]:
    """The newest changes; the whole history is read only where recent months have too few."""
    today = listing.index.day
    for since in (*(today - span for span in LOOK_BACK), date.min):
        changes = changes_since(since, listing.keys, today=today)
        if len(changes) >= NEWEST:
            break
    return changes[:NEWEST]


def _printable(text: str) -> str:
    """The text without what XML and calendars can't hold."""
    return UNPRINTABLE.sub("", text)


class _Atom(Atom1Feed):
    """An Atom feed whose date is the content's, even when it has no entry."""

    def latest_post_date(self) -> datetime:
        latest: datetime = super().latest_post_date() if self.items else self.feed["changed_at"]
        return latest
