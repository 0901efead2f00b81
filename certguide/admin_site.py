"""The admin site: its start page, and the pages that belong to no single model."""

from copy import copy
from functools import partial, wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from catalog.certification_import import TABLE
from catalog.confirm_page import confirm
from catalog.editorial.admin.changes_views import changes, changes_of, unread_edits
from catalog.editorial.admin.import_export_views import export, transfer
from catalog.editorial.admin.proposed_change_views import proposed_change, proposed_changes, waiting
from catalog.review_queue import SHOWN, review_lists
from catalog.search_page import search
from certguide.form_addresses import edit
from certguide.kept_forms import FIELD, KeptForm, kept_form, page_with, unpacked

# The kinds of rows that are edited in the form of another, or only referred to: listed last.
PARTS = {
    *("Citation", "Correction", "Provider", "Quotation"),
    *("Source", "Statement", "Tier", "Trait"),
}
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
            {
                "list": review_list,
                "items": review_list.items(None if review_list.key == chosen else SHOWN),
            }
            for review_list in review_lists(timezone.localdate())
            if may_look
        ]
        shown: dict[str, Any] = {"lists": lists, "unread": unread_edits(request)}
        shown["proposed"] = waiting().count() if may_look else 0
        return super().index(request, {**shown, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The kinds of rows by app: what readers see as a page first, what it is made of last."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: (model["object_name"] in PARTS, model["name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "catalog")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - Django's types of views
        """A view for editors; of somebody whose session has ended it keeps the form."""
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            kept = None if self.has_permission(request) else kept_form(request)
            if kept is not None and not kept.address.startswith(reverse("admin:logout")):
                return self._login_with(kept, request)
            answer: HttpResponse = protected(request, *args, **kwargs)
            return answer

        return keeping

    def _login_with(self, kept: KeptForm, request: HttpRequest) -> HttpResponse:
        """The page that signs in, with a form that goes on afterwards."""
        shown = copy(request)
        shown.method = "GET"
        address = {"app_path": reverse("admin:login"), "next": reverse("admin:index")}
        return super().login(shown, {**address, "kept_form": kept.packed()})

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page that signs in; a form that was kept goes on."""
        kept = unpacked(request.POST.get(FIELD, ""))
        more = {"kept_form": kept.packed()} if kept else {}
        response = super().login(request, {**(extra_context or {}), **more})
        if kept is None or request.method != "POST" or not self.has_permission(request):
            return response
        said = ["Your input was kept, and goes on now."]
        heading = "You are signed in again"
        return page_with(request, kept, heading=heading, sentences=said, goes_on=True)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        import_, export_ = (partial(view, table=TABLE) for view in (transfer, export))
        own = [
            path("confirm/", self.admin_view(confirm), name="confirm"),
            path("edit/", self.admin_view(edit), name="edit"),
            path("search/", self.admin_view(search), name="search"),
            path("transfer/", self.admin_view(import_), name="transfer"),
            path("changes/", self.admin_view(changes), name="changes"),
            path("proposals/", self.admin_view(proposed_changes), name="proposed_changes"),
            path("proposals/<int:key>/", self.admin_view(proposed_change), name="proposed_change"),
            path("changes/<slug:token>/", self.admin_view(changes_of), name="changes_of_edit"),
            path("transfer/<str:name>", self.admin_view(export_), name="export"),
        ]
        return [*own, *super().get_urls()]
