"""The admin of one kind of content: form, list, deletion and history, all through one door."""

from copy import copy
from typing import Any, NamedTuple, Self, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html

from catalog.editorial.admin import history_views, proposed_change_views
from catalog.editorial.admin.merge import (
    Conflict,
    FormSet,
    RefusedForm,
    as_new,
    find_conflict,
    find_conflict_in_list,
)
from catalog.editorial.admin.ordering import OrderedRowsMixin, WholeForm
from catalog.editorial.admin.permissions import DraftAdmin
from catalog.editorial.admin.safe_keys import SafeKeysMixin
from catalog.editorial.admin.submission import Submission, perform, refuse_in_words, seen_words
from catalog.editorial.admin.widgets import ContentFormMixin
from catalog.editorial.edit_tokens import token_of_now
from catalog.editorial.past_states import last_version, said_by
from catalog.editorial.rows import ContentRow

Content = TypeVar("Content", bound=ContentRow)
Context = dict[str, Any]

NOT_SAVED = "Nothing is saved yet."


class FormPage(NamedTuple):
    """The arguments of Django's view of a form."""

    request: HttpRequest
    object_id: str | None
    form_url: str
    context: Context


class ListForm(WholeForm):
    """A row that is edited in its list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # a cell has no label but its column's
            field.widget.attrs["aria-label"] = field.label


class ContentAdmin(SafeKeysMixin, ContentFormMixin, OrderedRowsMixin, DraftAdmin[Content]):
    """The form of one row of content, with its inlines; its list, deletion and history.

    Django's views save; each POST runs them on a copy of the admin that has its submission.
    """

    submission: Submission | None = None

    def for_submission(self, submission: Submission) -> Self:
        """A copy that saves, or shows, this submission."""
        model_admin = copy(self)
        model_admin.submission = submission
        return model_admin

    def for_proposal(self) -> Self:
        """A copy whose form is for everybody who may look, and is only proposed."""
        model_admin = copy(self)
        model_admin.is_proposing = True
        return model_admin

    def get_inline_instances(self, request: HttpRequest, obj: Content | None = None) -> Any:
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.is_proposing = self.is_proposing  # type: ignore[attr-defined] # all are ours
        return inlines

    def note_saved(self, row: Content | None = None) -> None:
        """Note that the submission is saved: Django calls its `response_` methods only then."""
        if self.submission:
            self.submission.is_saved, self.submission.row = True, row

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: Any = messages.INFO,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        row = self.submission.row if self.submission else None
        if row and level == messages.SUCCESS:
            message = format_html("{} {}", message, seen_words(row))
        super().message_user(request, message, level, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [*history_views.urls(self), *proposed_change_views.urls(self), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        return history_views.timeline_view(request, object_id, model_admin=self)

    def get_form(
        self,
        request: HttpRequest,
        obj: Content | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's
        **kwargs: Any,
    ) -> type[ModelForm[Content]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if self.submission is None or self.submission.refusals is None:
            return form
        reasons = self.submission.refusals or [NOT_SAVED]
        return type("Refused", (RefusedForm, form), {"reasons": reasons})

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm[Content]]:
        return super().get_changelist_form(request, **{"form": ListForm, **kwargs})

    def response_add(self, request: HttpRequest, obj: Content, *args: Any) -> HttpResponse:
        self.note_saved(obj)
        return super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Content) -> HttpResponse:
        self.note_saved(obj)
        proposed_change_views.settle_applied(request, obj)
        return super().response_change(request, obj)

    def response_delete(self, request: HttpRequest, *args: Any) -> HttpResponse:
        self.note_saved()
        return super().response_delete(request, *args)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Context | None = None,
    ) -> HttpResponse:
        # Before anything is read: what changes in between is found, not missed.
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        page = FormPage(request, object_id, form_url, context)
        return perform(
            request,
            act=lambda submission: self._save_form(submission, page),
            refuse=lambda submission: self._run_form(submission, page, version=submission.token),
            model=self.model,
        )

    def _save_form(self, submission: Submission, page: FormPage) -> HttpResponse:
        request, key = page.request, unquote(page.object_id or "")
        row = self.get_object(request, key) if key else None
        deleted = last_version(self.model, key) if key and not row else None
        if deleted:  # meanwhile: the input comes back in a form that would add it as new
            refused = submission.refused(data=as_new(self, request))
            add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            page = page._replace(object_id=None, form_url=add)
            gone = {"key": deleted.id, "by": said_by([deleted])}
            return self._run_form(refused, page, deleted=gone)
        may_save = row and self.has_change_permission(request, row)
        conflict = find_conflict(self, request, row) if row and may_save else None
        if conflict:
            refused = submission.refused(data=conflict.data)
            return self._run_form(refused, page, conflict=conflict, version=token_of_now())
        return self._run_form(submission, page, version=submission.token)

    def _run_form(self, submission: Submission, page: FormPage, **shown: Any) -> HttpResponse:
        """Django's view of the form with a submission; it saves unless that is refused."""
        model_admin = self.for_submission(submission)
        page.request.POST = submission.data  # type: ignore[assignment] # the stubs want it frozen
        if submission.refusals == ():  # there is nothing to correct, so nothing must ask for it
            shown |= {"errors": [], "not_saved": NOT_SAVED}
        context = {**page.context, **shown}
        return super(ContentAdmin, model_admin).changeform_view(*page[:3], context)

    def changelist_view(
        self, request: HttpRequest, extra_context: Context | None = None
    ) -> HttpResponse:
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().changelist_view(request, context)
        if "_save" in request.POST and self.list_editable:
            return perform(
                request,
                act=lambda submission: self._save_list(submission, request, context),
                refuse=lambda submission: self._show_list(submission, request),
                model=self.model,
            )
        return perform(
            request,
            act=lambda submission: self._run_action(submission, request, context),
            refuse=lambda submission: refuse_in_words(request, submission),
            model=self.model,
        )

    def _save_list(
        self, submission: Submission, request: HttpRequest, context: Context
    ) -> HttpResponse:
        conflict, bound = self._list_as_sent(submission, request)
        if conflict.is_stale or not bound.is_valid():
            return self._show_list(submission, request)
        request.POST = conflict.data  # type: ignore[assignment] # the stubs want it frozen
        answer = super().changelist_view(request, context)
        submission.is_saved = True
        return answer

    def _list_as_sent(
        self, submission: Submission, request: HttpRequest
    ) -> tuple[Conflict, FormSet]:
        formset = self.get_changelist_formset(request)
        conflict = find_conflict_in_list(formset, self.get_queryset(request), submission.data)
        rows = self.get_queryset(request).filter(pk__in=conflict.keys)
        return conflict, formset(conflict.data, queryset=rows)

    def _show_list(self, submission: Submission, request: HttpRequest) -> HttpResponse:
        """The rows that were edited in the list, with the input and what stands in the way."""
        conflict, bound = self._list_as_sent(submission, request)
        context = {
            "version": token_of_now() if conflict.is_stale else submission.token,
            "conflict": conflict,
            "formset": bound,
            "reasons": submission.refusals,
            "title": "Your changes are not saved yet",
        }
        return self.show(request, "admin/list_conflict.html", context)

    def _run_action(
        self, submission: Submission, request: HttpRequest, context: Context
    ) -> HttpResponse:
        if submission.token:
            keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
            stale = submission.stale_words(self.model, keys)
            if stale:
                return refuse_in_words(request, submission.refused(stale))
        model_admin = self.for_submission(submission)
        response = super(ContentAdmin, model_admin).changelist_view(request, context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            # Of the page before one that asks again.
            response.context_data["version"] = submission.token
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().delete_view(request, object_id, context)

        def delete(submission: Submission) -> HttpResponse:
            row = self.get_object(request, unquote(object_id))
            if row and self.has_delete_permission(request, row):
                stale = submission.stale_words(self.model, [unquote(object_id)])
                if stale:
                    return refuse_in_words(request, submission.refused(stale))
            model_admin = self.for_submission(submission)
            return super(ContentAdmin, model_admin).delete_view(request, object_id, context)

        return perform(
            request,
            act=delete,
            refuse=lambda submission: refuse_in_words(request, submission),
            model=self.model,
        )
