"""The guide's own words in the admin: chapters, corrections, the about page."""

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.default_values import CorrectionForm
from catalog.admin.preview import PreviewAdmin
from catalog.admin.statements import StatementInline
from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.models import AboutSection, Chapter, Correction, Guide, Quotation


@admin.register(Chapter)
class ChapterAdmin(PreviewAdmin[Chapter]):
    """One essay part of the guide with its sentences."""

    list_display = ["heading", "order", "place_on_home"]
    search_fields = ["heading"]
    inlines = [StatementInline]


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
