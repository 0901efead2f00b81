"""Proposing changes to what is published: the form, the list, and what an editor answers."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.text import Truncator

from catalog.editorial.admin.permissions import DraftAdmin
from catalog.editorial.admin.submission import REASON, Submission, forget_messages, submission_of
from catalog.editorial.checks import RefusedError, without_new_faults
from catalog.editorial.edit import edit
from catalog.editorial.edit_tokens import token_of_now
from catalog.editorial.past_states import keys_in
from catalog.editorial.proposed_change import LONGEST_ANSWER, ProposedChange, pairs_of
from catalog.editorial.records import content_models
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import RowChange, changes_in

PROPOSAL = "_proposal"  # the name of the field that says which one a form applies
NOT_KEPT = {"csrfmiddlewaretoken", REASON, "_propose", "_save", PROPOSAL}
SETTLED_SHOWN = 30


class ReturnForm(forms.Form):
    """The word with which a proposed change is sent back."""

    answer = forms.CharField(label="Why it is sent back", max_length=LONGEST_ANSWER)


def urls(model_admin: DraftAdmin[Any]) -> list[URLPattern]:
    """The page on which a change of a row is proposed."""
    view = partial(propose, model_admin=model_admin)
    return [model_admin.page("<path:object_id>/propose/", view, "propose")]


def propose(request: HttpRequest, object_id: str, *, model_admin: Any) -> HttpResponse:
    """The form of a row for who may not save it, or what became of a proposal."""
    row = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_view_or_change_permission(request, row):
        raise PermissionDenied
    if row is None:
        raise Http404
    context = {"is_proposal": True, "title": "Propose a change", "version": token_of_now()}
    proposing = model_admin.for_proposal()
    if request.method != "POST":
        return ModelAdmin.changeform_view(proposing, request, object_id, "", context)
    submission = submission_of(request)
    context["version"] = submission.token
    try:
        answer, changes = _rehearse(proposing, request, object_id, context)
    except RefusedError as error:
        refused = proposing.for_submission(submission.refused(*error.problems))
        return ModelAdmin.changeform_view(refused, request, object_id, "", context)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    if not changes:
        messages.warning(request, "Nothing would change: change something first.")
        return redirect(request.get_full_path())
    proposed = _kept(request, row, submission, changes)
    messages.success(request, "It is proposed. An editor applies it, or sends it back with a word.")
    return redirect("admin:proposed_change", proposed.pk)


def _rehearse(
    proposing: ModelAdmin[Any], request: HttpRequest, object_id: str, context: dict[str, Any]
) -> tuple[HttpResponse, list[dict[str, Any]]]:
    """Django's answer to a form, and the changes that it would make; nothing of it is saved."""
    with edit() as current:
        with without_new_faults():
            answer = ModelAdmin.changeform_view(proposing, request, object_id, "", context)
        found = changes_in(current, ContentRow)
        changes = [_shown(change) for change in found if change.is_visible]
        transaction.set_rollback(True)
    if isinstance(answer, HttpResponseRedirect):
        forget_messages(request)
    return answer, changes


def _shown(change: RowChange) -> dict[str, Any]:
    fields = [{"label": field.label, "marks": field.marks} for field in change.fields]
    return {"title": change.title, "kind": change.kind, "fields": fields}


def _kept(
    request: HttpRequest, row: ContentRow, submission: Submission, changes: list[dict[str, Any]]
) -> ProposedChange:
    user: Any = request.user
    sent = [pair for pair in pairs_of(submission.data) if pair[0] not in NOT_KEPT]
    return ProposedChange.objects.create(
        by=user,
        label=row._meta.label_lower,
        key=row.pk,
        title=Truncator(row).chars(300),
        reason=submission.reason[:100],
        sent=sent,
        changes=changes,
    )


def settle_applied(request: HttpRequest, row: ContentRow) -> None:
    """Note that the proposed change that a saved form came from is applied."""
    keys = keys_in([request.POST.get(PROPOSAL, "")])
    applied = ProposedChange.objects.filter(pk__in=keys, label=row._meta.label_lower)
    for proposed in applied.filter(key=row.pk):
        proposed.settle(ProposedChange.State.APPLIED, by=request.user)


def waiting() -> QuerySet[ProposedChange]:
    """The proposed changes that nobody has answered."""
    return ProposedChange.objects.filter(state=ProposedChange.State.OPEN)


def proposed_changes(request: HttpRequest) -> HttpResponse:
    """The proposed changes that wait, and what became of the others."""
    _refuse_strangers(request)
    settled = ProposedChange.objects.exclude(state=ProposedChange.State.OPEN)
    lists = [
        ("Waiting for an editor", waiting().select_related("by")),
        ("What became of the others", settled.select_related("by", "answered_by")[:SETTLED_SHOWN]),
    ]
    context = {"title": "Proposed changes", "lists": lists}
    return _show(request, "admin/proposed_changes.html", context)


def proposed_change(request: HttpRequest, key: int) -> HttpResponse:
    """One proposed change; an editor applies it or sends it back, its author may withdraw it."""
    _refuse_strangers(request)
    proposed = get_object_or_404(ProposedChange.objects.select_related("by", "answered_by"), pk=key)
    row, model_admin = proposed.row, admin.site.get_model_admin(proposed.model)
    may_apply = bool(row and model_admin.has_change_permission(request, row))
    form = ReturnForm(request.POST if "return" in request.POST else None)
    if request.method == "POST":
        answered = _answer(request, proposed, form, may_apply=may_apply)
        if answered:
            return answered
    options = proposed.model._meta
    name = f"admin:{options.app_label}_{options.model_name}"
    context = {
        "title": f"Proposed change: {proposed.title}",
        "proposed": proposed,
        "row_is_there": row is not None,
        "may_apply": may_apply and proposed.is_open,
        "may_withdraw": proposed.is_open and proposed.by == request.user,
        "form_url": reverse(f"{name}_change", args=[proposed.key]) if row else "",
        "next": reverse("admin:proposed_changes"),
        "form": form,
    }
    return _show(request, "admin/proposed_change.html", context)


def _answer(
    request: HttpRequest, proposed: ProposedChange, form: ReturnForm, *, may_apply: bool
) -> HttpResponse | None:
    """Send a proposed change back or withdraw it; None if the word for it is missing."""
    is_own, state = proposed.by == request.user, ProposedChange.State
    if not proposed.is_open:
        messages.warning(request, f"It is {proposed.get_state_display()} already.")
    elif "withdraw" in request.POST and is_own:
        proposed.settle(state.WITHDRAWN, by=request.user)
        messages.success(request, "It is withdrawn.")
    elif "return" in request.POST and may_apply:
        if not form.is_valid():
            return None
        proposed.settle(state.RETURNED, by=request.user, answer=form.cleaned_data["answer"])
        messages.success(request, "It is sent back.")
    else:
        raise PermissionDenied
    return redirect("admin:proposed_change", proposed.pk)


def _refuse_strangers(request: HttpRequest) -> None:
    """Raise PermissionDenied for somebody who may look at no content of any app."""
    labels = {model._meta.app_label for model in content_models()}
    if not any(request.user.has_module_perms(label) for label in labels):
        raise PermissionDenied


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
