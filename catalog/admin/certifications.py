"""Certifications in the admin: one form that reads like the page, and the list to work by."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce, Least
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.default_values import CertificationForm
from catalog.admin.facts import FACT_INLINES
from catalog.admin.filters import (
    OWN_FACTS,
    AgeFilter,
    ConfidenceFilter,
    PriceFilter,
    RatedFilter,
    ToConfirmFilter,
    saved_views,
)
from catalog.admin.preview import PREVIEW, PreviewAdmin
from catalog.admin.publishing import WAIVER, checklist, refuse_gaps
from catalog.admin.statements import StatementInline
from catalog.editorial.admin.permissions import may_publish
from catalog.editorial.admin.submission import REASON
from catalog.models import Certification, Price

# In the order of the money it takes; over the shortest study time where it is paid by the month.
TOTAL = Case(
    When(price__period=Price.Period.MONTH, then=F("price__amount") * F("months_min")),
    default=F("price__amount"),
)
OLDEST_CHECK = Coalesce(
    Least("lifecycle__checked_on", "price__checked_on"),
    "lifecycle__checked_on",
    "price__checked_on",
)


def is_window(request: HttpRequest) -> bool:
    """True if a form stands in a small window beside another form."""
    return IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST


class CertificationList(ChangeList):
    """The list of certifications, each with the number of its facts still to confirm."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = {row.pk: row for row in self.result_list}
        for row in rows.values():
            row.open_points = 0
        for model in OWN_FACTS:
            facts = model.objects.still_to_confirm().filter(certification__in=rows)
            for key in facts.values_list("certification", flat=True):
                rows[key].open_points += 1


@admin.register(Certification)
class CertificationAdmin(PreviewAdmin[Certification]):
    """One certification: its judgement first, then the facts."""

    change_form_template = "admin/certification_form.html"
    ordered_within = ("tier",)
    change_list_template = "admin/certification_list.html"
    list_display = [
        "name",
        "signal",
        "provider",
        "status_today",
        "cost",
        "open_points",
        "checked_on",
    ]
    list_filter = [
        PriceFilter,
        ToConfirmFilter,
        ConfidenceFilter,
        AgeFilter,
        RatedFilter,
        "is_draft",
        "tier",
        "kind",
        "platform",
        "provider",
        "lifecycle__reported",
        "membership__category",
    ]
    list_select_related = ["tier", "lifecycle", "price", "provider"]
    ordering = [F("tier__order").asc(nulls_last=True), "order"]
    search_fields = ["name", "slug", "provider__name", "exams__code", "aliases__name"]
    autocomplete_fields = ["provider"]
    inlines = [*FACT_INLINES, StatementInline]
    form = CertificationForm
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", ("kind", "provider", "platform"), ("page_url", "is_draft")]}),
        ("Tier and study time", {"fields": [("tier", "months_min", "months_max")]}),
        (
            "Address, heading and place",
            {"fields": [("slug", "order"), "heading", "asked_as"], "classes": ["collapse"]},
        ),
    ]

    @admin.display(description="signal", ordering="tier__order")
    def signal(self, certification: Certification) -> SafeString:
        tier = certification.tier
        context = {"level": tier.bars if tier else "none", "words": tier or "Not rated"}
        return render_to_string("catalog/_signal.html", context)

    @admin.display(description="status today")
    def status_today(self, certification: Certification) -> str:
        status = "" if certification.is_category else certification.status_on(timezone.localdate())
        return ", ".join(filter(None, (self.draft(certification), status)))

    @admin.display(description="price", ordering=TOTAL)
    def cost(self, certification: Certification) -> str:
        return "" if certification.is_category else str(certification.price_or_none or "unknown")

    @admin.display(description="to confirm")
    def open_points(self, certification: Certification) -> SafeString | str:
        number = getattr(certification, "open_points", 0)
        address = f"{reverse('admin:confirm')}?certification={certification.slug}"
        return format_html('<a href="{}">{}</a>', address, number) if number else ""

    @admin.display(description="checked on", ordering=OLDEST_CHECK)
    def checked_on(self, certification: Certification) -> str | None:
        return date_format(certification.checked_on, "j M Y") if certification.checked_on else None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CertificationList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        views = saved_views(Certification.objects.all()) if request.method == "GET" else ()
        return super().changelist_view(request, {"saved_views": views, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        # The reason to publish with gaps is that of the edit, unless another is given.
        waiver = request.POST.get(WAIVER, "").strip()
        if waiver and not request.POST.get(REASON):
            sent = request.POST.copy()
            sent[REASON] = waiver
            vars(request)["_post"] = sent
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_fieldsets(self, request: HttpRequest, obj: Certification | None = None) -> Any:
        if is_window(request) and obj is None:
            return [(None, {"fields": ["name", "kind", "provider", "page_url"]})]
        return super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Certification | None) -> list[Any]:
        return [] if is_window(request) and obj is None else [*self.inlines]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Certification | None = None
    ) -> Any:
        return {} if is_window(request) else super().get_prepopulated_fields(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        wanted = checklist(obj)
        if obj and obj.is_published:
            wanted = [item for item in wanted if not item[1]]
        shown = [] if is_window(request) or not may_publish(request) else wanted
        context |= {"checklist": shown, "waiver": request.POST.get(WAIVER, "")}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Certification,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        if is_window(request) and not change:
            obj.is_draft = True
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        super().save_related(request, form, formsets, change)
        is_new = not change or form.initial.get("is_draft")
        saved = Certification.objects.get(pk=form.instance.pk)
        if is_new and saved.is_published and PREVIEW not in request.POST:
            refuse_gaps(saved, request.POST.get(WAIVER, ""))

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        for certification in queryset:
            if certification.is_draft:
                refuse_gaps(certification, "")
        super().publish(request, queryset)

    @admin.action(description="Move up within its tier", permissions=["move"])
    def move_up(self, request: HttpRequest, queryset: QuerySet[Certification]) -> None:
        super().move_up(request, queryset)

    @admin.action(description="Move down within its tier", permissions=["move"])
    def move_down(self, request: HttpRequest, queryset: QuerySet[Certification]) -> None:
        super().move_down(request, queryset)
