"""The vocabulary in the admin: tiers, providers, sources and traits."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern

from catalog.admin.condition_widget import labels_of_traits, reading_of
from catalog.admin.default_values import DefaultsForm, SourceForm, TraitForm
from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.models import Provider, Source, Tier, Trait


@admin.register(Tier)
class TierAdmin(ContentAdmin[Tier]):
    list_display = ["name", "order", "bars"]


@admin.register(Provider)
class ProviderAdmin(ContentAdmin[Provider]):
    form = DefaultsForm
    fields = ["name", "slug"]
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


@admin.register(Source)
class SourceAdmin(ContentAdmin[Source]):
    form = SourceForm
    fields = ["url", "name", "slug"]
    list_display = ["name", "url", "slug"]
    search_fields = ["name", "slug", "url"]


@admin.register(Trait)
class TraitAdmin(ContentAdmin[Trait]):
    """The vocabulary; a trait that a condition names is neither renamed nor deleted."""

    form = TraitForm
    fields = ["label", "slug"]
    list_display = ["slug", "label"]
    search_fields = ["slug", "label"]

    def get_urls(self) -> list[URLPattern]:
        return [self.page("words/", self.words_view, "words"), *super().get_urls()]

    def words_view(self, request: HttpRequest) -> JsonResponse:
        """The traits with their labels, and the reading of a condition."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        labels = labels_of_traits()
        reading = reading_of(request.GET.get("condition", ""), labels)
        return JsonResponse({"traits": list(labels.items()), "reading": reading})

    def get_readonly_fields(self, request: HttpRequest, obj: Trait | None = None) -> list[str]:
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Trait | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.conditions())
