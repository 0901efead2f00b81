"""The review lists of the admin's start page, and the action that marks facts as checked.

They are no part of the admin package, which registers with the site that shows them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from catalog.certification_table import CERTIFICATION
from catalog.content_checks import SOURCED
from catalog.editorial.records import content_models
from catalog.fact_words import exam_words, lifecycle_words, validity_words
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

CHECK_EVERY = timedelta(days=180)
LOOK_AHEAD = timedelta(days=180)
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
    """A row in the words of the desk, with the day that matters."""
    if isinstance(row, Correction):
        return f"{owner_of(row)}: “{row.statement}”: {row} (checked on {day_of(row)})"
    if isinstance(row, Sourced):
        return f"{owner_of(row)}: {kind_of(row)}, checked on {day_of(row)}"
    return f"{owner_of(row)}: “{row}”" if isinstance(row, Statement) else str(row)


def still_to_confirm(fact: Any) -> str:
    """The words for what somebody should look up."""
    return f"{owner_of(fact)}: {kind_of(fact)}: {fact.to_confirm}"


def owner_of(row: Any) -> Model:
    """The certification, or chapter, that a fact or sentence is of."""
    if isinstance(row, Correction):
        return owner_of(row.statement)
    owner: Model = row.certification or row.chapter
    return owner


def kind_of(row: Model) -> str:
    """The kind of a row, e.g. “price”."""
    return str(row._meta.verbose_name)


def day_of(fact: Sourced) -> str:
    """The day on which a fact was checked, e.g. “22 November 2026”."""
    return str(date_format(fact.checked_on, "j F Y"))


@dataclass(frozen=True)
class ReviewList:
    """One list of the desk: rows of one or more kinds, and the words for an empty one."""

    key: str
    title: str
    none: str
    rows: tuple[QuerySet[Any], ...]
    part: str = ""  # of the certification's form
    words: Callable[[Any], str] = said

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return sum(rows.count() for rows in self.rows)

    def items(self, limit: int | None = SHOWN) -> list[tuple[str, str]]:
        """The words for each row, and the address of its form."""
        rows = [
            row
            for rows in self.rows
            for row in rows.select_related(*OWNERS.get(rows.model, ()))[:limit]
        ]
        return [(self.words(row), form_of(row) + self.part) for row in rows[:limit]]


def concerns(today: date) -> Iterator[ReviewList]:
    """Every list of the desk on a day."""
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
    yield ReviewList("closing", "Closings ahead", none, (closing,), "#lifecycle-group")
    links = (Source.objects.filter(url__in=broken), certifications.filter(page_url__in=broken))
    yield ReviewList("links", "Broken links", "No link was found broken.", links)
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


class MarkCheckedForm(forms.Form):
    """Where the facts were read today."""

    source = forms.ModelChoiceField(
        Source.objects.all(),
        empty_label="Choose the source",
        help_text="What you have read today. A new one: add it under Sources first.",
    )


@admin.action(description="Checked today …", permissions=["change"])
def mark_checked(
    model_admin: Any,
    request: HttpRequest,
    queryset: Iterable[Certification | Correction],
) -> HttpResponse | None:
    """Ask which facts were read where, then note that these were checked today."""
    form = MarkCheckedForm(request.POST if "source" in request.POST else None)
    facts = {f"{kind_of(fact)}-{fact.pk}": fact for row in queryset for fact in facts_of(row)}
    ticked = request.POST.getlist("fact") if "listed" in request.POST else [*facts]
    if not form.is_valid():
        context = {
            "form": form,
            "facts": [
                {"key": key, "fact": fact, "owner": owner_of(fact), "is_ticked": key in ticked}
                | {"words": value_of(fact), "address": form_of(fact)}
                for key, fact in facts.items()
            ],
            "keys": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "title": "Checked today",
        }
        response: HttpResponse = model_admin.show(request, "admin/checked_today.html", context)
        return response
    checked = [fact for key, fact in facts.items() if key in ticked]
    for fact in checked:
        fact.checked_on = timezone.localdate()
        fact.sources.add(form.cleaned_data["source"])
        fact.save()
    count = "1 fact is" if len(checked) == 1 else f"{len(checked)} facts are"
    model_admin.message_user(request, f"{count} marked as checked today.", messages.SUCCESS)
    return None


def facts_of(row: Model) -> list[Any]:
    """The facts of a certification; a correction is one itself."""
    if isinstance(row, Sourced):
        return [row]
    models = [model for model in FACTS if model is not Correction]
    return [fact for model in models for fact in model.objects.filter(**{CERTIFICATION: row})]


def value_of(fact: Any) -> str:
    """The value of a fact in words, e.g. “Price: $100 once”."""
    words = str(fact)
    if isinstance(fact, Lifecycle):
        status = lifecycle_words(fact, timezone.localdate())
        words = f"{status}; validity: {validity_words(fact)}"
    elif isinstance(fact, Exam):
        words = exam_words(fact)
    elif isinstance(fact, Succession):
        words = str(fact.successor)
    return f"{capfirst(kind_of(fact))}: {words}"
