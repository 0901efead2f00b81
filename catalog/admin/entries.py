"""The catalogue in the admin: judgement and facts of an entry on one form, apart."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest

from catalog.admin.base import ContentAdmin
from catalog.admin.ordering import OrderedForm, OrderedFormSet
from catalog.admin.permissions import DraftMark
from catalog.admin.preview import PreviewAdmin
from catalog.desk import checked_today
from catalog.models import (
    Certification,
    Chapter,
    Correction,
    Exam,
    Guide,
    Lifecycle,
    Price,
    Provider,
    Source,
    Statement,
    Succession,
    Tier,
    Trait,
)

FACT_FIELDS = ["confidence", "checked_on", "sources", "note", "to_confirm"]


class StatementInline(DraftMark, admin.StackedInline[Statement, Certification | Chapter]):
    """The guide's sentences under their entry or chapter."""

    model = Statement
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    fields = [
        ("order", "section", "form", "is_draft"),
        "heading",
        "text",
        ("effect", "condition"),
        "no_condition_reason",
        "anchor",
    ]
    readonly_fields = ["anchor"]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}


class LifecycleInline(admin.StackedInline[Lifecycle, Certification]):
    """Fact: state and dates."""

    model = Lifecycle
    autocomplete_fields = ["sources"]
    fields = [
        "reported",
        ("opens_on", "sales_end_on", "closes_on"),
        ("validity", "valid_years"),
        *FACT_FIELDS,
    ]


class PriceInline(admin.StackedInline[Price, Certification]):
    """Fact: price."""

    model = Price
    autocomplete_fields = ["sources", "free_with"]
    fields = [("amount", "currency", "period"), "free_with", *FACT_FIELDS]


class ExamInline(admin.StackedInline[Exam, Certification]):
    """Facts: exams."""

    model = Exam
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    autocomplete_fields = ["sources"]
    fields = [
        ("order", "code", "format"),
        ("minutes_min", "minutes_max", "questions_min", "questions_max", "pass_mark"),
        ("opens_on", "closes_on"),
        *FACT_FIELDS,
    ]


class SuccessionInline(admin.StackedInline[Succession, Certification]):
    """Facts: named successors."""

    model = Succession
    form = OrderedForm
    formset = OrderedFormSet
    fk_name = "certification"
    extra = 0
    autocomplete_fields = ["successor", "sources"]
    fields = [("order", "successor"), *FACT_FIELDS]


@admin.register(Certification)
class CertificationAdmin(PreviewAdmin[Certification]):
    """One entry: its judgement first, then the facts."""

    actions = ["publish", "make_draft", checked_today]

    list_display = ["name", "tier", "provider", "kind", "platform", "order"]
    list_filter = ["tier", "kind", "platform", "provider", "lifecycle__reported"]
    list_select_related = ["tier", "provider"]
    search_fields = ["name", "slug", "provider__name"]
    autocomplete_fields = ["provider"]
    inlines = [StatementInline, LifecycleInline, PriceInline, ExamInline, SuccessionInline]
    fieldsets = [
        (
            None,
            {"fields": ["is_draft", "name", "slug", "heading", ("kind", "provider", "platform")]},
        ),
        ("Judgement: the guide's", {"fields": [("tier", "order"), ("months_min", "months_max")]}),
        ("Facts: the world's", {"fields": ["page_url"]}),
    ]


@admin.register(Chapter)
class ChapterAdmin(PreviewAdmin[Chapter]):
    """One essay part of the guide with its sentences."""

    list_display = ["heading", "order", "place_on_home"]
    search_fields = ["heading"]
    inlines = [StatementInline]


@admin.register(Statement)
class StatementAdmin(PreviewAdmin[Statement]):
    """All sentences of the guide, to search and to filter."""

    list_display = ["text", "certification", "chapter", "section", "effect", "condition"]
    list_filter = ["section", "effect", "certification", "chapter"]
    list_select_related = ["certification", "chapter"]
    search_fields = ["text", "condition", "certification__name", "chapter__heading"]
    autocomplete_fields = ["certification", "chapter"]
    readonly_fields = ["anchor"]


@admin.register(Correction)
class CorrectionAdmin(PreviewAdmin[Correction]):
    """Notes beside statements."""

    actions = ["publish", "make_draft", checked_today]

    list_display = ["text", "statement", "noted_on", "confidence", "checked_on"]
    list_select_related = ["statement"]
    search_fields = ["text", "statement__text"]
    autocomplete_fields = ["statement", "sources"]


@admin.register(Tier)
class TierAdmin(ContentAdmin[Tier]):
    """The scale of signal."""

    list_display = ["name", "order", "bars"]


@admin.register(Provider, Source)
class NamedAdmin(ContentAdmin[Provider | Source]):
    """Rows with little more than a name."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


@admin.register(Trait)
class TraitAdmin(ContentAdmin[Trait]):
    """The vocabulary; a trait that a condition names is neither renamed nor deleted."""

    list_display = ["slug", "label"]
    search_fields = ["slug", "label"]

    def get_readonly_fields(self, request: HttpRequest, obj: Trait | None = None) -> list[str]:
        """The slug can be chosen once."""
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Trait | None = None) -> bool:
        """Only while no condition names it."""
        return super().has_delete_permission(request, obj) and not (obj and obj.conditions())


@admin.register(Guide)
class GuideAdmin(ContentAdmin[Guide]):
    """The guide's title; there is one guide."""

    readonly_fields = ["content_version", "changed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not Guide.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        """Never: the site can't do without it."""
        return False
