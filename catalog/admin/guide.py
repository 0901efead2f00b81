"""The guide's own words in the admin: chapters, statements, corrections, the about page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.default_values import CorrectionForm
from catalog.admin.preview import PreviewAdmin
from catalog.admin.statements import StatementForm, StatementInline, renumber
from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.models import AboutSection, Chapter, Correction, Guide, Quotation, Statement


@admin.register(Chapter)
class ChapterAdmin(PreviewAdmin[Chapter]):
    """One essay part of the guide with its sentences."""

    list_display = ["heading", "order", "place_on_home"]
    search_fields = ["heading"]
    inlines = [StatementInline]


@admin.register(Statement)
class StatementAdmin(PreviewAdmin[Statement]):
    """All sentences of the guide, to search and to filter."""

    ordered_within = ("certification", "chapter")
    list_display = ["text", "effect", "condition", "section", "place", "draft"]
    list_editable = ["effect", "condition"]
    list_filter = ["is_draft", "effect", "section", "chapter"]
    list_select_related = ["certification", "chapter"]
    search_fields = ["text", "condition", "certification__name", "chapter__heading"]
    autocomplete_fields = ["certification", "chapter"]
    readonly_fields = ["anchor"]
    form = StatementForm
    fields = [
        ("certification", "chapter"),
        "text",
        ("effect", "condition"),
        "no_condition_reason",
        ("section", "form", "order", "is_draft"),
        "heading",
        "anchor",
    ]

    @admin.display(description="of", ordering="certification__name")
    def place(self, statement: Statement) -> str:
        return str(statement.certification or statement.chapter)

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        if not change or {"order", "section"} & {*form.changed_data}:
            renumber(obj)
        super().save_model(request, obj, form, change)


@admin.register(Correction)
class CorrectionAdmin(PreviewAdmin[Correction]):
    form = CorrectionForm
    prepopulated_fields = {"slug": ["text"]}
    list_display = ["text", "draft", "statement", "noted_on", "confidence", "checked_on"]
    list_filter = ["is_draft", "confidence"]
    list_select_related = ["statement"]
    search_fields = ["text", "statement__text"]
    autocomplete_fields = ["statement", "sources"]


@admin.register(AboutSection)
class AboutSectionAdmin(ContentAdmin[AboutSection]):
    list_display = ["heading", "order"]


@admin.register(Quotation)
class QuotationAdmin(ContentAdmin[Quotation]):
    list_display = ["place", "statement"]
    list_select_related = ["statement"]
    autocomplete_fields = ["statement"]


@admin.register(Guide)
class GuideAdmin(ContentAdmin[Guide]):
    """The guide's title; there is one guide."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Guide.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        """Never: the site can't do without it."""
        return False
