"""The catalogue in the admin: judgement and facts of a certification on one form, apart."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.forms.models import construct_instance
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format

from catalog.admin.condition_widget import labels_of_traits, reading_of
from catalog.admin.preview import PreviewAdmin
from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.editorial.admin.ordering import OrderedInline, WholeForm
from catalog.editorial.admin.permissions import ACTIONS
from catalog.editorial.admin.widgets import ContentFormMixin
from catalog.models import (
    AboutSection,
    Alias,
    Assessment,
    Certification,
    Chapter,
    Correction,
    Exam,
    Expectation,
    Guide,
    Independence,
    Lifecycle,
    Membership,
    Price,
    Provider,
    Quotation,
    Recognition,
    Renewal,
    Requirement,
    Source,
    Statement,
    Succession,
    Tier,
    Trait,
    Workload,
)
from catalog.models.sources import BESIDE_THE_VALUE
from catalog.review_queue import mark_checked


class SourcedForm(WholeForm):
    """A fact that is refused without a source."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse what says something and names no source."""
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("DELETE"):
            self.instance = construct_instance(self, self.instance, self._meta.fields)
            if self.instance.needs_source and not self.cleaned_data["sources"]:
                self.add_error("sources", "Name the source that says so, or say it is unknown.")
        return cleaned


class CriterionInline(ContentFormMixin, admin.StackedInline[Any, Certification]):
    """A fact under the guide's criteria."""

    form = SourcedForm
    autocomplete_fields = ["sources"]


class StatementInline(OrderedInline):
    """The guide's sentences under their certification or chapter."""

    model = Statement
    fields = [
        ("order", "section", "form", "is_draft"),
        "heading",
        "text",
        ("effect", "condition"),
        "no_condition_reason",
        "anchor",
    ]
    readonly_fields = ["anchor"]


class LifecycleInline(ContentFormMixin, admin.StackedInline[Lifecycle, Certification]):
    """Fact: state and dates."""

    model = Lifecycle
    autocomplete_fields = ["sources"]
    fields = [
        "reported",
        ("opens_on", "sales_end_on", "closes_on"),
        ("validity", "valid_years"),
        *BESIDE_THE_VALUE,
    ]


class PriceInline(ContentFormMixin, admin.StackedInline[Price, Certification]):
    """Fact: price."""

    model = Price
    autocomplete_fields = ["sources", "free_with"]
    fields = [("amount", "currency", "period"), "free_with", *BESIDE_THE_VALUE]


class ExamInline(OrderedInline):
    """Facts: exams."""

    model = Exam
    autocomplete_fields = ["sources"]
    fields = [
        ("order", "code", "format"),
        ("minutes_min", "minutes_max", "questions_min", "questions_max", "pass_mark"),
        ("opens_on", "closes_on"),
        *BESIDE_THE_VALUE,
    ]


class AliasInline(ContentFormMixin, admin.TabularInline[Alias, Certification]):
    """Other names."""

    model = Alias
    extra = 0
    fields = ["name"]


class MembershipInline(ContentFormMixin, admin.StackedInline[Membership, Certification]):
    """The kind that the guide judges, and why it is one of it."""

    model = Membership
    form = SourcedForm
    fk_name = "certification"
    autocomplete_fields = ["sources"]
    fields = ["category", "reason", *BESIDE_THE_VALUE]


class AssessmentInline(CriterionInline):
    """Fact: how it is assessed."""

    model = Assessment
    fields = [Assessment.METHODS, "proctored", *BESIDE_THE_VALUE]


class RequirementInline(CriterionInline):
    """Fact: what has to be there first."""

    model = Requirement
    fields = ["binding", "text", *BESIDE_THE_VALUE]


class IndependenceInline(CriterionInline):
    """Fact: whose products it is about."""

    model = Independence
    fields = ["about", "products", *BESIDE_THE_VALUE]


class WorkloadInline(CriterionInline):
    """Fact: how long it takes."""

    model = Workload
    fields = [("hours_min", "hours_max"), *BESIDE_THE_VALUE]


class RecognitionInline(OrderedInline):
    """Facts: who recognises it."""

    model = Recognition
    form = SourcedForm
    autocomplete_fields = ["sources"]
    fields = [("order", "by"), "text", *BESIDE_THE_VALUE]


class RenewalInline(CriterionInline):
    """Fact: how it is renewed."""

    model = Renewal
    fields = ["how", ("amount", "currency"), "after_closing", *BESIDE_THE_VALUE]


class ExpectationInline(OrderedInline):
    """Facts: what an exam is known to expect."""

    model = Expectation
    autocomplete_fields = ["sources"]
    fields = ["order", "text", "condition", *BESIDE_THE_VALUE]


class SuccessionInline(OrderedInline):
    """Facts: named successors."""

    model = Succession
    fk_name = "certification"
    autocomplete_fields = ["successor", "sources"]
    fields = [("order", "successor"), *BESIDE_THE_VALUE]


@admin.register(Certification)
class CertificationAdmin(PreviewAdmin[Certification]):
    """One certification: its judgement first, then the facts."""

    actions = [*ACTIONS, mark_checked]

    change_form_template = "admin/certification_form.html"
    save_on_top = True
    ordered_within = ("tier",)
    list_display = ["name", "tier", "order", "status_today", "price", "checked_on"]
    list_filter = [
        "is_draft",
        "tier",
        "kind",
        "platform",
        "provider",
        "lifecycle__reported",
        "membership__category",
    ]
    list_select_related = ["tier", "lifecycle", "price"]
    ordering = [F("tier__order").asc(nulls_last=True), "order"]
    search_fields = ["name", "slug", "provider__name"]
    autocomplete_fields = ["provider"]
    inlines = [
        *(AliasInline, MembershipInline, StatementInline, LifecycleInline, PriceInline, ExamInline),
        *(AssessmentInline, RequirementInline, IndependenceInline, WorkloadInline),
        *(RecognitionInline, RenewalInline, ExpectationInline, SuccessionInline),
    ]
    fieldsets = [
        (
            None,
            {"fields": ["is_draft", "name", "slug", "heading", ("kind", "provider", "platform")]},
        ),
        ("Tier and study time", {"fields": [("tier", "order"), ("months_min", "months_max")]}),
        ("Where it is offered", {"fields": ["page_url"]}),
    ]

    @admin.display(description="status today")
    def status_today(self, certification: Certification) -> str:
        """What readers see today, and whether they see it; a category has no status."""
        is_category = certification.kind == Certification.Kind.CATEGORY
        status = "" if is_category else certification.status_on(timezone.localdate())
        return ", ".join(filter(None, (self.draft(certification), status)))

    @admin.display(description="price", ordering="price__amount")
    def price(self, certification: Certification) -> Price | None:
        """What it costs."""
        return certification.price_or_none

    @admin.display(description="checked on")
    def checked_on(self, certification: Certification) -> str | None:
        """When status and price were checked."""
        return date_format(certification.checked_on, "j M Y") if certification.checked_on else None

    @admin.action(description="Move up within its tier", permissions=["move"])
    def move_up(self, request: HttpRequest, queryset: QuerySet[Certification]) -> None:
        """Let each chosen certification change places with the one before it."""
        super().move_up(request, queryset)

    @admin.action(description="Move down within its tier", permissions=["move"])
    def move_down(self, request: HttpRequest, queryset: QuerySet[Certification]) -> None:
        """Let each chosen certification change places with the one after it."""
        super().move_down(request, queryset)


@admin.register(Chapter)
class ChapterAdmin(PreviewAdmin[Chapter]):
    """One essay part of the guide with its sentences."""

    list_display = ["heading", "order", "place_on_home"]
    search_fields = ["heading"]
    save_on_top = True
    inlines = [StatementInline]


@admin.register(Statement)
class StatementAdmin(PreviewAdmin[Statement]):
    """All sentences of the guide, to search and to filter."""

    ordered_within = ("certification", "chapter")
    list_display = [
        "text",
        "draft",
        "certification",
        "chapter",
        "section",
        "effect",
        "condition",
    ]
    list_editable = ["effect", "condition"]
    list_filter = ["is_draft", "effect", "section", "chapter"]
    list_select_related = ["certification", "chapter"]
    search_fields = ["text", "condition", "certification__name", "chapter__heading"]
    autocomplete_fields = ["certification", "chapter"]
    readonly_fields = ["anchor"]


@admin.register(Correction)
class CorrectionAdmin(PreviewAdmin[Correction]):
    """Notes beside statements."""

    actions = [*ACTIONS, mark_checked]

    list_display = ["text", "draft", "statement", "noted_on", "confidence", "checked_on"]
    list_filter = ["is_draft", "confidence"]
    list_select_related = ["statement"]
    search_fields = ["text", "statement__text"]
    autocomplete_fields = ["statement", "sources"]


@admin.register(AboutSection)
class AboutSectionAdmin(ContentAdmin[AboutSection]):
    """The page about the site, part by part."""

    list_display = ["heading", "order"]


@admin.register(Quotation)
class QuotationAdmin(ContentAdmin[Quotation]):
    """Sentences of the guide on the pages of entries."""

    list_display = ["place", "statement"]
    list_select_related = ["statement"]
    autocomplete_fields = ["statement"]


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

    def get_urls(self) -> list[URLPattern]:
        """Also what the fields of conditions ask for."""
        view = self.admin_site.admin_view(self.words_view)
        return [path("words/", view, name="catalog_trait_words"), *super().get_urls()]

    def words_view(self, request: HttpRequest) -> JsonResponse:
        """The traits with their labels, and the reading of a condition."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        labels = labels_of_traits()
        reading = reading_of(request.GET.get("condition", ""), labels)
        return JsonResponse({"traits": list(labels.items()), "reading": reading})

    def get_readonly_fields(self, request: HttpRequest, obj: Trait | None = None) -> list[str]:
        """The slug can be chosen once."""
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Trait | None = None) -> bool:
        """Only while no condition names it."""
        return super().has_delete_permission(request, obj) and not (obj and obj.conditions())


@admin.register(Guide)
class GuideAdmin(ContentAdmin[Guide]):
    """The guide's title; there is one guide."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only while there is none."""
        return super().has_add_permission(request) and not Guide.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        """Never: the site can't do without it."""
        return False
