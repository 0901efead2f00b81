"""The search of the editors over all kinds of content."""

from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

SHOWN = 10  # rows of each kind
LONGEST = 200

Found = tuple[str, list[tuple[str, str]], str]  # the kind, words and form of each row, all of them


def search(request: HttpRequest) -> HttpResponse:
    """The rows of all kinds in which the words are found, each with the way to its form."""
    sent = request.GET.get("q", "").replace("\0", "").strip()
    if _is_own_address(request, sent):
        return redirect(f"{reverse('admin:edit')}?{urlencode({'page': sent})}")
    query = sent[:LONGEST]
    context = {
        **admin.site.each_context(request),
        "title": "Search",
        "query": query,
        "found": [*_found(request, query)] if query else [],
    }
    return TemplateResponse(request, "admin/search.html", context)


def _is_own_address(request: HttpRequest, text: str) -> bool:
    """True for the address of a page of this site, whole or from its first slash on."""
    try:
        host = urlsplit(text).netloc
    except ValueError:
        return False
    return host == request.get_host() or (not host and text.startswith("/"))


def _found(request: HttpRequest, query: str) -> Iterator[Found]:
    for model, model_admin in admin.site._registry.items():  # noqa: SLF001 - no public list
        may_look = model_admin.has_view_permission(request)
        if not may_look or not model_admin.get_search_fields(request):
            continue
        rows, has_twins = model_admin.get_search_results(
            request, model_admin.get_queryset(request), query
        )
        first = [*(rows.distinct() if has_twins else rows)[: SHOWN + 1]]
        if first:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            more = f"{reverse(f'{name}_changelist')}?{urlencode({'q': query})}"
            links = [(str(row), reverse(f"{name}_change", args=[row.pk])) for row in first[:SHOWN]]
            kind = capfirst(str(model._meta.verbose_name_plural))
            yield kind, links, more if len(first) > SHOWN else ""
