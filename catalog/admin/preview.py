"""Previews: what has a page of its own, drafts included, exactly as readers will see it."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.editorial.admin.submission import forget_messages
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Chapter, Correction, Quotation, Statement

Content = TypeVar("Content", bound=ContentRow)

PREVIEW = "_preview"  # pressed to see what was typed as readers would


class PreviewAdmin(ContentAdmin[Content]):
    """Content whose form leads to a preview."""

    change_form_template = "admin/previewed_form.html"

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Content | None = None
    ) -> dict[str, Sequence[str]]:
        """The fields that a script fills in: never of a row that has an address already."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = bool(kwargs.get("add"))
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request: HttpRequest, obj: Content) -> HttpResponseRedirect:
        return _way_back(request) or super().response_post_save_change(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Content) -> HttpResponseRedirect:
        return _way_back(request) or super().response_post_save_add(request, obj)

    def get_urls(self) -> list[URLPattern]:
        preview = self.page("<path:object_id>/preview/", self.preview, "preview")
        return [preview, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and PREVIEW in request.POST and object_id:
            return self._preview_of_input(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _preview_of_input(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page after a save that is taken back, or the form with what is wrong in it."""
        with transaction.atomic():
            answer = ModelAdmin.changeform_view(self, request, object_id)
            if answer.status_code == HTTPStatus.FOUND:
                forget_messages(request)
                row = self.get_object(request, unquote(object_id))
                if row is not None:
                    answer = _show(request, row)
            transaction.set_rollback(True)
        return answer

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page with the row in it; `admin_view` has it cached by nobody."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        place, sentence = _place_of(row)
        if place is not row:
            return HttpResponseRedirect(f"{_address(place, 'preview')}#{sentence.anchor}")
        return _show(request, row)


def _place_of(row: Any) -> tuple[Any, Any]:
    """The certification or chapter that a row is shown in, and its sentence."""
    sentence = row.statement if isinstance(row, Correction) else row
    is_sentence = isinstance(sentence, Statement)
    return (sentence.certification or sentence.chapter) if is_sentence else row, sentence


def _show(request: HttpRequest, row: Any) -> HttpResponse:
    """The page that has the row in it, drafts included."""
    place, _ = _place_of(row)
    if isinstance(place, Certification):
        page = "catalog/certification_detail.html"
        certifications = Certification.objects.with_facts(drafts=True)
        shown: dict[str, Any] = {
            "certification": certifications.get(pk=place.pk),
            "quotations": Quotation.objects.by_place(),
        }
    else:
        page = "catalog/guide.html"
        shown = {
            "chapters": Chapter.objects.with_statements(drafts=True),
            "certifications": Certification.objects.in_guide_order().rated().with_facts(),
        }
    context = {**shown, "page": page, "row": row, "change": _address(row, "change")}
    response = render(request, "admin/preview.html", {**context, "is_typed": bool(request.POST)})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _way_back(request: HttpRequest) -> HttpResponseRedirect | None:
    """A redirect to the page of the admin that `next` in the address names."""
    target = request.GET.get("next", "")
    is_ours = target.startswith(reverse("admin:index"))
    is_safe = is_ours and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return HttpResponseRedirect(target) if is_safe else None


def _address(row: Any, page: str) -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[row.pk])
