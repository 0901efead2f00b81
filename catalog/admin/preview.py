"""Previews: what has a page of its own, drafts included, exactly as readers will see it."""

from typing import Any, TypeVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from catalog.admin.base import ContentAdmin
from catalog.models import Certification, Chapter, Correction, Statement
from catalog.models.keyed import KeyedModel

Content = TypeVar("Content", bound=KeyedModel)
Page = tuple[str, dict[str, Any]]  # the readers' template, and what it shows


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
        template, context = self.page_of(row)
        change = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]
        )
        context |= {"page": template, "row": row, "change": change}
        response = render(request, "admin/preview.html", context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def page_of(self, row: Any) -> Page:  # noqa: ANN401 - a row of any kind that has a page
        """The readers' page of a row that has one, drafts included."""
        entries = Certification.objects.with_facts(drafts=True)
        if isinstance(row, Certification):
            return "catalog/certification_detail.html", {"certification": entries.get(pk=row.pk)}
        chapters = Chapter.objects.with_statements(drafts=True)
        rated = Certification.objects.in_guide_order().rated().with_facts()
        return "catalog/guide.html", {"chapters": chapters, "certifications": rated}


def _address(row: Any, page: str) -> str:  # noqa: ANN401 - a row of any model of the admin
    options = row._meta  # noqa: SLF001 - Django's public API
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[row.pk])
