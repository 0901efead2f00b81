"""The admin site: its start page, and the pages that belong to no single model."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone

from catalog.certification_table import TABLE
from catalog.editorial.admin.import_export_views import export, transfer
from catalog.review_queue import SHOWN, concerns

LOOK = "catalog.view_certification"  # the permission to see the review lists


class EditorsAdminSite(admin.AdminSite):
    """The admin with the review lists as its start page, and with import and export."""

    site_header = site_title = "Signal vs. Noise: editors"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The start page with the review lists; one of them whole, if `all` names it."""
        chosen, may_look = request.GET.get("all", ""), request.user.has_perm(LOOK)
        lists = [
            {"concern": each, "items": each.items(None if each.key == chosen else SHOWN)}
            for each in concerns(timezone.localdate())
            if may_look
        ]
        return super().index(request, {"lists": lists, **(extra_context or {})})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Import and export, beside the rest."""
        import_, export_ = (partial(view, table=TABLE) for view in (transfer, export))
        own = [
            path("transfer/", self.admin_view(import_), name="transfer"),
            path("transfer/<str:name>", self.admin_view(export_), name="export"),
        ]
        return [*own, *super().get_urls()]
