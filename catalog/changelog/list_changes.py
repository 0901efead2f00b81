"""The changes of a list since a day: the list of that day is rebuilt from the history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Min
from django.utils.timezone import localdate

from catalog.changelog.change_words import ChangeKind
from catalog.changelog.dated_changes import DatedChange, changes_since
from catalog.changelog.tracked_edits import ONE_DAY, midnight
from catalog.editorial.rows import ContentRow
from catalog.listing.facet_index import Index, index_row, sets_by_choice
from catalog.listing.list_page import Listing
from catalog.models import Certification, Lifecycle, Membership, Price, Provider, Tier


@dataclass(frozen=True, slots=True)
class MovedCertification:
    """A certification that came into a list or left it, with its own changes, which may say why."""

    slug: str
    name: str
    is_in_catalogue: bool
    changes: tuple[DatedChange, ...]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """The changes of a list since a day; none if the day lies before our records."""

    day: date
    records_begin: date
    added: tuple[MovedCertification, ...] = ()
    gone: tuple[MovedCertification, ...] = ()
    changes: tuple[DatedChange, ...] = ()

    @property
    def is_before_records(self) -> bool:
        """True if nobody can say what the list was then."""
        return self.day < self.records_begin


def list_changes(listing: Listing, day: date) -> ListChanges:
    """The changes of a list since the end of a day.

    Search words are looked up in the texts of today; everything else is as it was then.
    """
    first = Certification.history.aggregate(first=Min("history_date"))["first"]
    begin = localdate(first) if first else listing.index.day
    if day < begin:
        return ListChanges(day, begin)
    then = Listing(index_as_of(listing.index, day), listing.query)
    keys_then, keys_now = then.keys, listing.keys
    changes = changes_since(day, {*keys_then, *keys_now}, today=listing.index.day)
    in_both = set(keys_then) & set(keys_now)

    def moved(keys: list[int], index: Index) -> tuple[MovedCertification, ...]:
        found = []
        for key in keys:
            if key not in in_both:
                row = index.rows[index.position[key]]
                own = tuple(change for change in changes if change.certification == key)
                is_there = key in listing.index.position
                found.append(MovedCertification(row.slug, row.name, is_there, own))
        return tuple(found)

    # A sentence that changed says nothing about why a list is another: only facts are told.
    facts = (change for change in changes if change.kind is not ChangeKind.JUDGEMENT)
    return ListChanges(
        day,
        begin,
        added=moved(keys_now, listing.index),
        gone=moved(keys_then, then.index),
        changes=tuple(change for change in facts if change.certification in in_both),
    )


def index_as_of(index: Index, day: date) -> Index:
    """The index of the content as it was at the end of a day, with the choices of `index`.

    Tiers, providers and renamed certifications go by their slugs of today.
    """
    certifications = _as_of(Certification, day)
    lifecycles = {row.certification_id: row for row in _as_of(Lifecycle, day)}
    prices = {row.certification_id: row for row in _as_of(Price, day)}
    memberships = {row.certification_id: row for row in _as_of(Membership, day)}
    for certification in certifications:
        # Set even where there was none then: else Django would look up today's.
        lifecycles.get(certification.pk, Lifecycle()).certification = certification
        prices.get(certification.pk, Price()).certification = certification
        memberships.get(certification.pk, Membership()).certification = certification
        if certification.pk in index.position:
            today = index.rows[index.position[certification.pk]]
            certification.slug, certification.name = today.slug, today.name
    _share_what_they_refer_to(certifications)
    rows = tuple(index_row(certification, day) for certification in certifications)
    return replace(index, day=day, rows=rows, chosen=sets_by_choice(rows, index.chosen))


def _share_what_they_refer_to(certifications: Sequence[Certification]) -> None:
    # Versions from the history have no join: without this, each would ask the database.
    tiers, providers = Tier.objects.in_bulk(), Provider.objects.in_bulk()
    by_key = {certification.pk: certification for certification in certifications}
    for certification in certifications:
        certification.tier = tiers.get(certification.tier_id or 0)
        certification.provider = providers.get(certification.provider_id or 0)
        membership = certification.membership
        if membership.category_id in by_key:
            membership.category = by_key[membership.category_id]


def _as_of(model: type[ContentRow], day: date) -> list[Any]:
    """The rows as they were at the end of a day, without drafts."""
    versions = model.history.filter(history_date__lt=midnight(day + ONE_DAY)).latest_of_each()
    # Versions of the same moment are all the latest: the last one counts.
    last = {version.id: version for version in versions.order_by("history_id")}
    rows = [version.instance for version in last.values() if version.history_type != "-"]
    return [row for row in rows if not getattr(row, "is_draft", False)]
