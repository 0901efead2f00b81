"""Import and export in the admin: a file is shown as a plan first, then brought in as shown."""

import base64
import zlib
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from catalog.editorial.admin.submission import Submission, perform
from catalog.editorial.checks import RefusedError
from catalog.editorial.content_files import Table, export_json, read_file
from catalog.editorial.drafts import PUBLISH
from catalog.editorial.edit import edit
from catalog.editorial.edit_tokens import token_at, token_of_now
from catalog.editorial.import_plan import Plan, bring_in
from catalog.editorial.past_import import PastImport, remember_import

LARGEST = 20_000_000  # bytes of a file
MOST_ROWS = 3_000  # that an import reads, and writes: 1,000 certifications with state and price
LISTED = 10  # imports that were done
CONTENT_TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ImportForm(forms.Form):
    """A file from the editor's machine."""

    file = forms.FileField(help_text="An .xlsx or .csv table, or a .json file exported here.")


def export(request: HttpRequest, name: str, *, table: Table) -> HttpResponse:
    """A file with all content, with the table, or with an empty table to fill in."""
    _refuse_others(request)
    files = {"content.json": export_json, **table.files}
    if name not in files:
        raise Http404
    file_name = f"{timezone.localdate()}-{name}"
    disposition = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    content_type = CONTENT_TYPES[PurePath(name).suffix]
    return HttpResponse(files[name](), content_type=content_type, headers=disposition)


def transfer(request: HttpRequest, *, table: Table) -> HttpResponse:
    """The page; after a file was chosen, what it would do; after that was confirmed, it is done."""
    _refuse_others(request)
    if request.method != "POST":
        return _page(request, table)
    if "carried" in request.POST:
        return perform(
            request,
            act=lambda submission: _import(submission, request, table),
            refuse=lambda submission: _refused(submission, request, table),
        )
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, table, form=form)
    file = form.cleaned_data["file"]
    return _plan_page(request, file.read(), table, file_name=file.name)


def _plan_page(
    request: HttpRequest,
    data: bytes,
    table: Table,
    *,
    file_name: str,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    """The page with the plan of a file and the button that runs it, or its problems."""
    version = token_of_now()  # before anything is read
    try:
        plan = _bring_in(data, table, is_rehearsal=True)
    except RefusedError as error:
        return _page(request, table, problems=[*dict.fromkeys([*problems, *error.problems])])
    packed = base64.b64encode(zlib.compress(data)).decode()
    carried = {"plan": plan, "carried": packed, "file_name": file_name}
    return _page(request, table, problems=problems, version=version, **carried)


def _import(submission: Submission, request: HttpRequest, table: Table) -> HttpResponse:
    data, sent = _unpacked(str(submission.data["carried"])), submission.data
    with edit() as current:
        current.reason = current.reason or "Import"
        plan = _bring_in(data, table, expected=str(sent.get("digest", "")))
        if plan.missing and "make_missing" not in sent:
            raise RefusedError("Say first that what is missing may be made.")
    submission.is_saved = True
    messages.success(request, f"Imported: {plan.words}.")
    if all(step.action == "left" for step in plan.steps):
        return redirect("admin:transfer")
    file_name = str(sent.get("file_name") or "a file")
    remember_import(current.at, file_name=file_name, words=plan.words, by=request.user)
    return redirect("admin:changes_of_edit", token_at(current.at))


def _refused(submission: Submission, request: HttpRequest, table: Table) -> HttpResponse:
    problems = tuple(submission.refusals or ())
    try:
        data, name = _unpacked(str(submission.data["carried"])), submission.data.get("file_name")
        return _plan_page(request, data, table, file_name=str(name or ""), problems=problems)
    except RefusedError as error:
        return _page(request, table, problems=[*error.problems])


def _page(request: HttpRequest, table: Table, **more: Any) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Import and export",
        "form": ImportForm(),
        "columns": table.explain(),
        "past_imports": PastImport.objects.select_related("by")[:LISTED],
        **more,
    }
    return TemplateResponse(request, "admin/import_export.html", context)


def _bring_in(
    data: bytes, table: Table, *, is_rehearsal: bool = False, expected: str | None = None
) -> Plan:
    if len(data) > LARGEST:
        raise RefusedError("The file is too large: 20 MB at most.")
    rows = read_file(data, table, most=MOST_ROWS)
    return bring_in(
        rows, reason="Import", is_rehearsal=is_rehearsal, expected=expected, most=MOST_ROWS
    )


def _refuse_others(request: HttpRequest) -> None:
    """An import can change whatever is published."""
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied


def _unpacked(carried: str) -> bytes:
    """The file that the page has carried; no larger than one that can be chosen."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(carried), LARGEST + 1)
    except (ValueError, zlib.error):
        raise RefusedError("The file got lost on the way: choose it again.") from None
