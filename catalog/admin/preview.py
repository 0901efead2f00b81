"""Previews: what has a page of its own, drafts included, exactly as readers will see it."""

from typing import Any, TypeVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from catalog.editorial.admin.content_admin import ContentAdmin
from catalog.editorial.rows import ContentRow
from catalog.models import Certification, Chapter, Correction, Quotation, Statement

Content = TypeVar("Content", bound=ContentRow)


class PreviewAdmin(ContentAdmin[Content]):
    """Content whose form leads to a preview."""

    change_form_template = "admin/previewed_form.html"

    def get_urls(self) -> list[URLPattern]:
        """The preview's address, before those of the form."""
        options = self.opts
        preview = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(self.preview),
            name=f"{options.app_label}_{options.model_name}_preview",
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page with the row in it; `admin_view` has it cached by nobody."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        sentence: Any = row.statement if isinstance(row, Correction) else row
        if isinstance(sentence, Statement):
            place = sentence.certification or sentence.chapter
            return HttpResponseRedirect(f"{_address(place, 'preview')}#{sentence.anchor}")
        if isinstance(row, Certification):
            page = "catalog/certification_detail.html"
            shown: dict[str, Any] = {
                "certification": Certification.objects.with_facts(drafts=True).get(pk=row.pk),
                "quotations": Quotation.objects.by_place(),
            }
        else:
            page = "catalog/guide.html"
            shown = {
                "chapters": Chapter.objects.with_statements(drafts=True),
                "certifications": Certification.objects.in_guide_order().rated().with_facts(),
            }
        context = {**shown, "page": page, "row": row, "change": _address(row, "change")}
        response = render(request, "admin/preview.html", context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def _address(row: Any, page: str) -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[row.pk])
