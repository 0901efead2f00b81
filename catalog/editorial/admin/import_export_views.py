"""Import and export in the admin: a file is shown as a plan first, then brought in as shown."""

import base64
import zlib
from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import Table, export_json, read_file
from catalog.editorial.drafts import PUBLISH
from catalog.editorial.import_plan import Plan, bring_in

LARGEST = 20_000_000  # bytes of a file
JSON_NAME = "content.json"


class ImportForm(forms.Form):
    """A file from the editor's machine."""

    file = forms.FileField(help_text="One that was exported here, .json or .csv, edited or not.")


def export(request: HttpRequest, name: str, *, table: Table) -> HttpResponse:
    """A file with all content, or with the table."""
    _refuse_others(request)
    exports: dict[str, tuple[Callable[[], str], str]] = {
        JSON_NAME: (export_json, "application/json"),
        table.file_name: (table.write, "text/csv; charset=utf-8"),
    }
    if name not in exports:
        raise Http404
    write, content_type = exports[name]
    file_name = f"{timezone.localdate()}-{name}"
    disposition = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(write(), content_type=content_type, headers=disposition)


def transfer(request: HttpRequest, *, table: Table) -> HttpResponse:
    """The page; after a file was chosen, what it would do; after that was confirmed, it is done."""
    _refuse_others(request)
    carried = request.POST.get("carried")
    is_choosing = request.method == "POST" and carried is None
    form = ImportForm(request.POST, request.FILES) if is_choosing else ImportForm()
    context = {**admin.site.each_context(request), "title": "Import and export", "form": form}
    if carried is not None or form.is_valid():
        try:
            data = _unpacked(carried) if carried is not None else form.cleaned_data["file"].read()
            digest = request.POST.get("digest", "") if carried is not None else None
            plan = _bring_in(data, table, expected=digest)
        except RefusedError as error:
            context["problems"] = error.problems
        else:
            if carried is not None:
                messages.success(request, f"Imported: {plan.words}.")
                return redirect("admin:transfer")
            context |= {"plan": plan, "carried": _packed(data)}
    return TemplateResponse(request, "admin/import_export.html", context)


def _bring_in(data: bytes, table: Table, *, expected: str | None) -> Plan:
    if len(data) > LARGEST:
        raise RefusedError("The file is too large: 20 MB at most.")
    rows, is_rehearsal = read_file(data, table), expected is None
    return bring_in(rows, reason="Import", is_rehearsal=is_rehearsal, expected=expected)


def _refuse_others(request: HttpRequest) -> None:
    """An import can change whatever is published."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


def _unpacked(carried: str) -> bytes:
    """The file that the page has carried; no larger than one that can be chosen."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(carried), LARGEST + 1)
    except (ValueError, zlib.error):
        raise RefusedError("The file got lost on the way: choose it again.") from None
