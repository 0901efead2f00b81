"""The page of all changes: who changed what, when and why; an edit is undone whole or in part."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from catalog.editorial.admin.permissions import MOST_NAMED, may_publish
from catalog.editorial.admin.submission import Submission, perform
from catalog.editorial.checks import RefusedError
from catalog.editorial.edit_tokens import moment_of, token_of_now
from catalog.editorial.edit_undo import Undo, changed_since, changes_of_edit, undo_edit, undo_of
from catalog.editorial.past_import import PastImport
from catalog.editorial.past_states import author_of
from catalog.editorial.read_mark import mark_read, read_until, unread_by
from catalog.editorial.recent_edits import PastEdit, edits_at, moments_of_edits
from catalog.editorial.records import content_models
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import RowChange

EDITS_PER_PAGE = 20
COMMANDS = "-"  # in the place of a person
ANY_IMPORT = "any"
UNREAD = "unread"
CHOSEN = "undo"  # the name of the boxes
WHOLE = "all"  # the value of the one box of a large edit
LARGE = 200  # rows of an edit from which on they have no box each
VERBS = {"added": "delete", "deleted": "add", "changed": "change"}  # that undoing needs


class ChangesForm(forms.Form):
    """The filters of the page, as they stand in its address."""

    person = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    of_import = forms.ChoiceField(required=False, label="Import")
    show = forms.ChoiceField(
        required=False, label="Read", choices=[("", "all"), (UNREAD, "unread only")]
    )

    def __init__(
        self, *args: Any, models: list[type[ContentRow]], reader: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        names = User.objects.filter(is_staff=True).order_by("username")
        people = [(name, name) for name in names.values_list("username", flat=True)]
        kinds = [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models]
        past_imports = PastImport.objects.all()[:100]
        imports = [(past_import.token, str(past_import)) for past_import in past_imports]
        choices: dict[str, list[tuple[str, Any]]] = {
            "person": [("", "anybody"), *people, (COMMANDS, "a command")],
            "kind": [("", "all"), *sorted(kinds, key=lambda choice: str(choice[1]))],
            "of_import": [("", "all edits"), (ANY_IMPORT, "imports only"), *imports],
        }
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found

    def wanted(self) -> Q:
        """The condition on versions that the filters stand for."""
        chosen, wanted = self.cleaned_data, Q()
        if chosen["person"] == COMMANDS:
            wanted &= Q(history_user=None)
        elif chosen["person"]:
            wanted &= Q(history_user__username=chosen["person"])
        if chosen["of_import"] == ANY_IMPORT:
            wanted &= Q(history_date__in=PastImport.objects.values("at"))
        elif chosen["of_import"]:
            wanted &= Q(history_date=moment_of(chosen["of_import"]))
        if chosen["show"] == UNREAD:
            wanted &= unread_by(self.reader)
        return wanted

    def query(self) -> str:
        return urlencode({name: self[name].value() for name in self.fields if self[name].value()})


def changes(request: HttpRequest) -> HttpResponse:
    """The edits that pass the filters, day by day; a POST marks them as read up to its token."""
    models, version = visible_models(request), token_of_now()
    if not models:
        raise PermissionDenied
    if request.method == "POST":
        moment = moment_of(request.POST.get("read", ""))
        if moment:
            mark_read(request.user, moment)
        return redirect("admin:changes")
    filters = ChangesForm(request.GET, models=models, reader=request.user)
    unread = {"unread": unread_edits(request), "version": version}
    context: dict[str, Any] = {"title": "Changes", "filters": filters, **unread}
    if filters.is_valid():
        kind = filters.cleaned_data["kind"]
        shown = [model for model in models if kind in ("", model._meta.label_lower)]
        page = Paginator(moments_of_edits(shown, filters.wanted()), EDITS_PER_PAGE).get_page(
            request.GET.get("p")
        )
        until = read_until(request.user)
        edits = [_edit_line(request, edit, until) for edit in edits_at([*page], shown)]
        context |= {"page": page, "edits": edits, "query": filters.query()}
    return _show(request, "admin/changes.html", context)


def unread_edits(request: HttpRequest) -> int:
    """The number of edits by others that the editor has not marked as read."""
    models = visible_models(request)
    return moments_of_edits(models, unread_by(request.user)).count() if models else 0


def _edit_line(request: HttpRequest, edit: PastEdit, until: datetime) -> dict[str, Any]:
    changes = [(change, owner_of(change)) for change in edit.changes]
    is_unread = edit.at > until and edit.author != request.user.get_username()
    return {"edit": edit, "changes": changes, "is_unread": is_unread}


def changes_of(request: HttpRequest, token: str) -> HttpResponse:
    """One edit with all that it changed, and the button that undoes what is ticked."""
    models, moment, version = visible_models(request), moment_of(token), token_of_now()
    if not models:
        raise PermissionDenied
    found = changes_of_edit(moment) if moment else []
    found = [change for change in found if change.model in models]
    if moment is None or not found:
        raise Http404
    if request.method != "POST":
        return _page_of(request, moment, found, {"version": version})

    def act(submission: Submission) -> HttpResponse:
        is_whole = _is_large(found) and WHOLE in submission.data.getlist(CHOSEN)
        every = [key for change in found for key in change.parts]
        chosen = undo_of(found, every if is_whole else submission.data.getlist(CHOSEN))
        if not chosen:
            raise RefusedError("Nothing was undone: tick first what is to be undone.")
        if not all(may_undo(request, undo.change) for undo in chosen):
            raise PermissionDenied
        note = undo_edit(chosen, moment)
        submission.is_saved = True
        messages.success(request, f"Undone: {_words_of(chosen)}. {note}".strip())
        return redirect("admin:changes")

    def refuse(submission: Submission) -> HttpResponse:
        context = {"version": submission.token, "problems": submission.refusals}
        return _page_of(request, moment, found, context)

    return perform(request, act=act, refuse=refuse)


@dataclass(frozen=True)
class Owner:
    """The row with a form of its own that a row is edited with, and its history's address."""

    words: str
    url: str


def owner_of(change: RowChange) -> Owner | None:
    """The row whose form a changed row is in: itself or what it hangs on; None if that is gone."""
    version = change.new or change.old
    try:
        row, is_part = version.instance, False
        while not admin.site.is_registered(type(row)):
            links = (field for field in row._meta.fields if field.is_relation)
            above = next(link for link in links if issubclass(link.related_model, ContentRow))
            row, is_part = getattr(row, above.name), True
    except (ObjectDoesNotExist, StopIteration):
        return None
    options = row._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[row.pk])
    return Owner(str(row) if is_part else "", url)


def may_undo(request: HttpRequest, change: RowChange) -> bool:
    """True if the editor may write the row as it is, and as it would be."""
    options, verb = change.model._meta, VERBS[change.kind]
    if not request.user.has_perm(f"{options.app_label}.{verb}_{options.model_name}"):
        return False
    versions = [version for version in (change.old, change.new) if version]
    try:
        if not may_publish(request) and any(version.instance.is_published for version in versions):
            return False
        if verb == "add" or not admin.site.is_registered(change.model):
            return True
        model_admin = admin.site.get_model_admin(change.model)
        row = change.new.instance
    except ObjectDoesNotExist:  # it belongs to what is gone itself
        return may_publish(request)
    return bool(getattr(model_admin, f"has_{verb}_permission")(request, row))


def visible_models(request: HttpRequest) -> list[type[ContentRow]]:
    return [
        model
        for model in content_models()
        if request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]


def _page_of(
    request: HttpRequest, moment: datetime, found: list[RowChange], context: dict[str, Any]
) -> HttpResponse:
    is_large, past_import = _is_large(found), PastImport.objects.filter(at=moment).first()
    lines = [_line(request, change, None if is_large else moment) for change in found[:LARGE]]
    version = found[0].new or found[0].old
    common = {
        "title": f"Edit of {moment:%-d %B %Y, %H:%M} UTC",
        "author": author_of(_written(found[0], moment)),
        "reason": version.history_change_reason or "",
        "lines": lines,
        "rows": len(found),
        "rest": len(found) - len(lines),
        "is_large": is_large,
        "chosen": request.POST.getlist(CHOSEN) if request.method == "POST" else None,
        "can_undo": any(line["boxes"] for line in lines),
        # A whole load of the guide is no step that anybody takes back here.
        "can_undo_whole": is_large and past_import and may_publish(request),
        "past_import": past_import,
    }
    return _show(request, "admin/changes_of_edit.html", {**common, **context})


def _written(change: RowChange, moment: datetime) -> Any:
    """The version that an edit wrote, also where it says that the row was deleted."""
    versions = change.model.history.filter(id=change.place[1], history_date=moment)
    return versions.select_related("history_user").order_by("history_id").last()


def _is_large(found: list[RowChange]) -> bool:
    return len(found) > LARGE


def _line(request: HttpRequest, change: RowChange, moment: datetime | None) -> dict[str, Any]:
    """A row that changed, with what can be undone of it and why the rest can't.

    Without a moment nothing is looked up, since there are too many rows for a box each.
    """
    boxes, reasons = {}, []
    if moment and may_undo(request, change):
        for key, of in change.parts.items():
            why = [*changed_since(Undo(change, of), moment)]
            reasons += why
            if not why:
                boxes[key] = f"Undo: {_part_words(change, of)}"
    fields = []
    for field in change.fields:
        key = f"{change.key}-{field.name}"
        fields.append({"key": key, "field": field, "box": boxes.get(key, "")})
    owner = owner_of(change) if moment else None
    line = {"change": change, "owner": owner, "fields": fields, "boxes": boxes}
    return {**line, "reasons": reasons}


def _part_words(change: RowChange, names: list[str]) -> str:
    labels = [field.label for field in change.fields if field.name in names]
    return f"{change.title}{': ' if labels else ''}{', '.join(labels)}"


def _words_of(chosen: list[Undo]) -> str:
    first = "; ".join(_part_words(undo.change, undo.names) for undo in chosen[:MOST_NAMED])
    more = len(chosen) - MOST_NAMED
    return f"{first} and {more} more" if more > 0 else first


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
