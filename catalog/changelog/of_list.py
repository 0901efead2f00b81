"""What has changed in a list since a day: it is rebuilt from the history as it was then."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Min, Model
from django.utils.timezone import localdate

from catalog.changelog.days import DatedChange, changes_since
from catalog.changelog.edits import ONE_DAY, history_of, midnight
from catalog.changelog.states import ChangeKind
from catalog.listing.facet_index import Index, rows_of, sets_by_choice
from catalog.listing.list_page import Listing
from catalog.models import Certification, Lifecycle, Price


@dataclass(frozen=True, slots=True)
class Moved:
    """A certification that came into a list or left it, with its own changes, which may say why."""

    slug: str
    name: str
    is_in_catalogue: bool
    changes: tuple[DatedChange, ...]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What has changed in a list since a day; nothing if that lies before our records."""

    day: date
    records_begin: date
    added: tuple[Moved, ...] = ()
    gone: tuple[Moved, ...] = ()
    changes: tuple[DatedChange, ...] = ()

    @property
    def is_before_records(self) -> bool:
        """Whether nobody can say what the list was then."""
        return self.day < self.records_begin


def list_changes(listing: Listing, day: date) -> ListChanges:
    """What has changed in a list since the end of a day.

    Search words are looked up in the texts of today; everything else is as it was then.
    """
    first = history_of(Certification).aggregate(first=Min("history_date"))["first"]
    begin = localdate(first) if first else listing.index.day
    if day < begin:
        return ListChanges(day, begin)
    then = Listing(index_as_of(listing.index, day), listing.query)
    keys_then, keys_now = then.keys, listing.keys
    changes = changes_since(day, {*keys_then, *keys_now}, today=listing.index.day)
    both = set(keys_then) & set(keys_now)

    def moved(keys: list[int], index: Index) -> tuple[Moved, ...]:
        rows = (index.rows[index.position[key]] for key in keys if key not in both)
        return tuple(
            Moved(
                row.slug,
                row.name,
                row.pk in listing.index.position,
                tuple(each for each in changes if each.certification == row.pk),
            )
            for row in rows
        )

    kept = (each for each in changes if each.certification in both)
    return ListChanges(
        day,
        begin,
        added=moved(keys_now, listing.index),
        gone=moved(keys_then, then.index),
        changes=tuple(each for each in kept if each.kind is not ChangeKind.JUDGEMENT),
    )


def index_as_of(index: Index, day: date) -> Index:
    """The index of the content as it was at the end of a day, with the choices of `index`.

    Tiers, providers and renamed certifications go by their slugs of today.
    """
    certifications = _as_of(Certification, day)
    lifecycles = {row.certification_id: row for row in _as_of(Lifecycle, day)}
    prices = {row.certification_id: row for row in _as_of(Price, day)}
    for certification in certifications:
        # Set even where there was none then: else Django would look up today's.
        lifecycles.get(certification.pk, Lifecycle()).certification = certification
        prices.get(certification.pk, Price()).certification = certification
        if certification.pk in index.position:
            today = index.rows[index.position[certification.pk]]
            certification.slug, certification.name = today.slug, today.name
    chosen = sets_by_choice(certifications, index.chosen, day=day)
    return replace(index, day=day, rows=rows_of(certifications), chosen=chosen)


def _as_of(model: type[Model], day: date) -> list[Any]:
    """The rows as they were at the end of a day, without drafts."""
    versions = history_of(model).filter(history_date__lt=midnight(day + ONE_DAY)).latest_of_each()
    # Versions of the same moment are all the latest: the last one counts.
    last = {version.id: version for version in versions.order_by("history_id")}
    rows = [version.instance for version in last.values() if version.history_type != "-"]
    return [row for row in rows if not getattr(row, "is_draft", False)]
