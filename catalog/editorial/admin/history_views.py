"""The history in the admin: the timeline of a row, its versions, and what was deleted."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern

from catalog.editorial.admin.permissions import DraftAdmin
from catalog.editorial.admin.submission import Submission, perform, refuse_in_words
from catalog.editorial.checks import RefusedError
from catalog.editorial.edit_tokens import moment_of, token_of_now
from catalog.editorial.past_states import State, last_version, said_by, state_at
from catalog.editorial.restore import write_back
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import changes_between, timeline, words_of

ContentModelAdmin = DraftAdmin[Any]

STEPS_PER_PAGE = 30


def urls(model_admin: ContentModelAdmin) -> list[URLPattern]:
    """The pages beside the timeline, which Django's admin has an address for."""
    deleted = partial(deleted_view, model_admin=model_admin)
    version = partial(version_view, model_admin=model_admin)
    return [
        model_admin.page("deleted/", deleted, "deleted"),
        model_admin.page("<path:object_id>/history/<slug:token>/", version, "version"),
    ]


def deleted_view(request: HttpRequest, *, model_admin: ContentModelAdmin) -> HttpResponse:
    """The rows that were deleted, each with its history."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    versions: Any = model_admin.model.history
    there = model_admin.model._default_manager.values("pk")
    last = versions.order_by().values("id").annotate(last=Max("history_id")).values("last")
    gone = versions.filter(history_id__in=last).exclude(id__in=there).select_related("history_user")
    rows = [(words_of(version), version, said_by([version])) for version in gone]
    title = f"Deleted {model_admin.opts.verbose_name_plural}"
    return model_admin.show(request, "admin/deleted.html", {"title": title, "rows": rows})


def timeline_view(
    request: HttpRequest, object_id: str, *, model_admin: ContentModelAdmin
) -> HttpResponse:
    """Every edit of a row, also of one that is no more."""
    last = _last(request, object_id, model_admin)
    steps = timeline(model_admin.model, last.id)
    whole = steps[0].before if last.history_type == "-" else ""
    context = {
        "title": f"History: {words_of(last)}",
        "row": last,
        "page": Paginator(steps, STEPS_PER_PAGE).get_page(request.GET.get("p")),
        "whole": whole,  # before it went
    }
    return model_admin.show(request, "admin/history.html", context)


def version_view(
    request: HttpRequest, object_id: str, token: str, *, model_admin: ContentModelAdmin
) -> HttpResponse:
    """One version of a row, how today's differs, and the button that restores it."""
    moment = moment_of(token)
    if moment is None:
        raise Http404
    current, last = token_of_now(), _last(request, object_id, model_admin)
    now, then = _now_and_then(model_admin.model, last.id, moment)
    may_restore = _may_restore(request, now, then, model_admin)
    if request.method == "POST":
        if not may_restore:
            raise PermissionDenied
        return perform(
            request,
            act=lambda submission: _restore(submission, request, last.id, moment, model_admin),
            refuse=lambda submission: refuse_in_words(request, submission),
            model=model_admin.model,
        )
    context = {
        "title": f"Version: {words_of(last)}",
        "row": last,
        "version": current,
        "changes": changes_between(now, then),
        "at": max((version.history_date for version in then.values()), default=None),
        "may_restore": may_restore,
    }
    return model_admin.show(request, "admin/version.html", context)


def _last(request: HttpRequest, object_id: str, model_admin: ContentModelAdmin) -> Any:
    """The newest version of a row that the editor may see."""
    last = last_version(model_admin.model, unquote(object_id))
    if last is None:
        raise Http404
    row = model_admin.get_object(request, str(last.id))
    if not model_admin.has_view_or_change_permission(request, row):
        raise PermissionDenied
    return last


def _may_restore(
    request: HttpRequest, now: State, then: State, model_admin: ContentModelAdmin
) -> bool:
    """True if the editor may write the row as it is, and as it would be then."""
    root = next(iter(then), None)
    if root is None:
        return False
    try:
        was = model_admin.has_change_permission(request, then[root].instance)
        today = (
            model_admin.has_change_permission(request, now[root].instance) if root in now else None
        )
    except ObjectDoesNotExist:  # it belongs to what is gone itself
        return False
    return was and (model_admin.has_add_permission(request) if today is None else today)


def _restore(
    submission: Submission,
    request: HttpRequest,
    key: int,
    moment: datetime,
    model_admin: ContentModelAdmin,
) -> HttpResponse:
    stale = submission.stale_words(model_admin.model, [str(key)])
    if stale:
        return refuse_in_words(request, submission.refused(stale))
    try:
        note = write_back(*_now_and_then(model_admin.model, key, moment))
    except (ValidationError, DatabaseError) as error:
        found = error.messages if isinstance(error, ValidationError) else [str(error.args[0])]
        why = f"Nothing was restored, for this stands in the way: {' '.join(found)}"
        raise RefusedError(why) from None
    row = model_admin.model.objects.get(pk=key)
    submission.is_saved = True
    model_admin.log_change(request, row, "Restored an older version.")
    model_admin.message_user(request, f"“{row}” is restored. {note}", messages.SUCCESS)
    return redirect(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change", key)


def _now_and_then(model: type[ContentRow], key: int, moment: datetime) -> tuple[State, State]:
    """The state of a row today, and its state at a moment.

    Links to it from rows of others belong to it only where it is gone: they went with it.
    """
    now = state_at(model, [key], datetime.max.replace(tzinfo=UTC))
    return now, state_at(model, [key], moment, own=(model, key) in now)
