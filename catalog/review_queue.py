"""The lists of rows that an editor should look at, each row in words with its form's address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from catalog.content_checks import SOURCED
from catalog.editorial.records import content_models
from catalog.fact_summary import kind_of
from catalog.models import (
    Certification,
    Correction,
    Draftable,
    Exam,
    Expectation,
    Lifecycle,
    LinkCheck,
    Price,
    Source,
    Sourced,
    Statement,
    Succession,
)
from catalog.models.sources import BESIDE_THE_VALUE

CHECK_EVERY = timedelta(days=180)
LOOK_AHEAD = timedelta(days=180)
NEVER_CHECKED = "No link was ever checked: “manage.py checklinks” does it."
SHOWN = 10  # of each list, unless all are asked for
FACTS: tuple[type[Sourced], ...] = (
    *(Lifecycle, Price, Exam, Expectation, Succession),
    *SOURCED,
    Correction,
)
# What a sentence stands under can be missing, and what can be missing has to be asked for by name.
OWNERS = {
    Statement: ("certification", "chapter"),
    Correction: ("statement__certification", "statement__chapter"),
}


def said(row: Any) -> str:
    """The words for a row in a list, with the day that matters."""
    if isinstance(row, Correction):
        return f"{owner_of(row)}: “{row.statement}”: {row} (checked on {day_of(row)})"
    if isinstance(row, Sourced):
        return f"{owner_of(row)}: {kind_of(row)}, checked on {day_of(row)}"
    return f"{owner_of(row)}: “{row}”" if isinstance(row, Statement) else str(row)


def still_to_confirm(fact: Any) -> str:
    """The words for a fact of which something is still to be looked up."""
    return f"{owner_of(fact)}: {kind_of(fact)}: {fact.to_confirm}"


def owner_of(row: Any) -> Model:
    """The certification, or chapter, that a fact or sentence is of."""
    if isinstance(row, Correction):
        return owner_of(row.statement)
    owner: Model = row.certification or row.chapter
    return owner


def day_of(fact: Sourced) -> str:
    """The day on which a fact was checked, e.g. “22 November 2026”."""
    return str(date_format(fact.checked_on, "j F Y"))


@dataclass(frozen=True)
class ReviewList:
    """One list of the start page: rows of one or more kinds, and the words for an empty one."""

    key: str
    title: str
    none: str
    rows: tuple[QuerySet[Any], ...]
    part: str = ""  # of the certification's form
    words: Callable[[Any], str] = said
    is_looked_for: bool = True  # else nobody knows whether there are any

    @cached_property
    def count(self) -> int:
        return sum(rows.count() for rows in self.rows)

    @property
    def tally(self) -> str:
        """The number of rows in words, e.g. “12” or “never checked”."""
        return str(self.count) if self.is_looked_for else "never checked"

    def items(self, limit: int | None = SHOWN) -> list[tuple[str, str]]:
        """The words for each row, and the address of its form."""
        rows = [
            row
            for rows in self.rows
            for row in rows.select_related(*OWNERS.get(rows.model, ()))[:limit]
        ]
        return [(self.words(row), form_of(row) + self.part) for row in rows[:limit]]


def review_lists(today: date) -> Iterator[ReviewList]:
    doubtful = tuple(model.objects.still_to_confirm() for model in FACTS)
    old = tuple(model.objects.unchecked_since(today - CHECK_EVERY) for model in FACTS)
    certifications = Certification.objects
    broken = LinkCheck.objects.broken().values("url")
    drafts = tuple(
        model.objects.filter(is_draft=True)
        for model in content_models()
        if issubclass(model, Draftable)
    )
    none = "Nothing is left to confirm."
    yield ReviewList("confirm", "Still to confirm", none, doubtful, words=still_to_confirm)
    yield ReviewList("drafts", "Drafts waiting", "No draft is waiting.", drafts)
    yield ReviewList("old", "Facts not checked for 180 days", "All were checked since.", old)
    closing = certifications.closing_between(today, today + LOOK_AHEAD)
    none = "Nothing closes in the next 180 days."
    yield ReviewList(
        "closing", "Closings in the next 180 days", none, (closing,), "#lifecycle-group"
    )
    links = (Source.objects.filter(url__in=broken), certifications.filter(page_url__in=broken))
    is_checked = LinkCheck.objects.exists()
    none = "No link was found broken." if is_checked else NEVER_CHECKED
    yield ReviewList("links", "Broken links", none, links, is_looked_for=is_checked)
    unknown = certifications.with_unknown_price()
    yield ReviewList(
        "prices", "Unknown prices", "Every price is known.", (unknown,), "#price-group"
    )
    unknown, none = certifications.with_unknown_state(), "Every state is known."
    yield ReviewList("states", "Unknown states", none, (unknown,), "#lifecycle-group")
    silent = Statement.objects.filter(~Q(effect=""), condition="")
    mute = certifications.without_conditions()
    none = "Every statement that argues says when, and every rated entry has one."
    yield ReviewList("conditions", "Without a condition", none, (mute, silent))
    corrections = (Correction.objects.all(),)
    yield ReviewList("corrections", "Corrections", "No sentence has a correction.", corrections)


def form_of(row: Any) -> str:
    """The address of the form in which a row is edited; a fact's is its certification's."""
    if admin.site.is_registered(type(row)):
        options = row._meta
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    link = row._meta.get_field("certification").remote_field
    return f"{form_of(row.certification)}#{link.get_accessor_name()}-group"


def field_address(fact: Any) -> str:
    """The address of the form field that holds the value of a fact."""
    name = _value_field(type(fact))
    if admin.site.is_registered(type(fact)):
        return f"{form_of(fact)}#id_{name}"
    link = fact._meta.get_field("certification")
    siblings = type(fact).objects.filter(certification=fact.certification_id)
    place = [*siblings.values_list("pk", flat=True)].index(fact.pk)
    prefix = link.remote_field.get_accessor_name()
    return f"{form_of(fact.certification)}#id_{prefix}-{place}-{name}"


def _value_field(model: type[Sourced]) -> str:
    beside = {"id", "certification", "statement", "order", "slug", "is_draft", "noted_on"}
    names = (field.name for field in model._meta.concrete_fields)
    return next(name for name in names if name not in beside | {*BESIDE_THE_VALUE})
