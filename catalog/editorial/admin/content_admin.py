"""What every form of content in the admin has in common."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.messages import get_messages
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse

from catalog.editorial.admin import history_views
from catalog.editorial.admin.merge import RefusedForm, as_new, find_conflict, find_conflict_in_list
from catalog.editorial.admin.ordering import OrderedRowsMixin, WholeForm
from catalog.editorial.admin.permissions import DraftAdmin
from catalog.editorial.admin.safe_keys import SafeKeysMixin
from catalog.editorial.admin.widgets import ContentFormMixin
from catalog.editorial.checks import RefusedError, without_new_faults
from catalog.editorial.edit import edit
from catalog.editorial.rows import ContentRow
from catalog.editorial.version_diff import EDIT_WARNINGS, RowChange, changes_in
from catalog.editorial.versions import (
    FIELD,
    keys_in,
    last_version,
    moment_of,
    newer,
    said_by,
    token_of_now,
)

Content = TypeVar("Content", bound=ContentRow)
Context = dict[str, Any]

REASON = "change_reason"  # the name of the reason for a change in every form
BACK = "_back"  # pressed to get the form with the input again instead of saving it

Page = Callable[[type[ContentRow], list[RowChange]], HttpResponse]
Review = Callable[[], Page | None]
# Called before a write; what they return is called after it, and may come with a page to answer
# with instead: then nothing is written. The page is told what the write would change.
reviewers: list[Callable[[HttpRequest], Review]] = []


def forget_messages(request: HttpRequest) -> None:
    """Drop what a write that was taken back has said of itself."""
    storage: Any = get_messages(request)
    storage._queued_messages.clear()  # noqa: SLF001 - Django offers no way to take one back


def refuse(request: HttpRequest, reasons: Sequence[str], data: QueryDict | None = None) -> None:
    """Have what was sent, maybe brought up to date, shown again with the reasons, and not saved."""
    vars(request).update(refused=reasons, _post=request.POST if data is None else data)


def refusal(request: HttpRequest) -> Sequence[str] | None:
    """The reasons why nothing that was sent may be saved; None if it may."""
    reasons: Sequence[str] | None = vars(request).get("refused")
    return () if reasons is None and BACK in request.POST else reasons


class ListForm(WholeForm):
    """A row that is edited in its list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # a cell has no label but its column's
            field.widget.attrs["aria-label"] = field.label


class ContentAdmin(SafeKeysMixin, ContentFormMixin, OrderedRowsMixin, DraftAdmin[Content]):
    """The form of one row of content, with its inlines."""

    def perform(self, request: HttpRequest, action: Callable[[], HttpResponse]) -> HttpResponse:
        """Carry out what a POST asks for, and return its answer.

        Every write of the admin to content comes through here: form, inlines, list editing,
        actions, deletion, restoring. `action` checks the version that the editor saw and saves, or
        saves nothing and answers with what says why. It runs alone, in a transaction that is the
        outermost one: what a reviewer objects to is undone. If it leaves a fault in what readers
        see, it is undone and asked again, now that there is a `refusal`.
        """
        try:
            with edit(reason=request.POST.get(REASON, "")) as current:
                reviews = [reviewer(request) for reviewer in reviewers]
                with without_new_faults():
                    answer = action()
                is_saved = answer.status_code == HTTPStatus.FOUND
                objection = next(filter(None, (review() for review in reviews if is_saved)), None)
                # Without a page to show, only what there may be a warning for is looked up.
                kinds = [ContentRow] if objection else [*EDIT_WARNINGS]
                changes = changes_in(current, *kinds) if is_saved else []
                if objection is not None:
                    forget_messages(request)
                for warning in filter(None, (change.warning for change in changes)):
                    self.message_user(request, warning, messages.WARNING)
                if objection is None:
                    return answer
                page = objection(self.model, changes)
                transaction.set_rollback(True)
                return page
        except RefusedError as error:
            forget_messages(request)
            refuse(request, error.problems)
            return action()

    def get_urls(self) -> list[URLPattern]:
        """The pages of the history, then those of the row."""
        return [*history_views.urls(self), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """The timeline of a row, also of one that is no more."""
        return history_views.timeline_view(request, object_id, desk=self)

    def get_form(
        self,
        request: HttpRequest,
        obj: Content | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's
        **kwargs: Any,
    ) -> type[ModelForm[Content]]:
        """The form; one that only shows what was sent, if that must not be saved."""
        form = super().get_form(request, obj, change=change, **kwargs)
        reasons = refusal(request)
        if reasons is None:
            return form
        said = {"reasons": reasons or ["Nothing is saved yet."]}
        return type("Refused", (RefusedForm, form), said)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm[Content]]:
        """The form of a row in the list, checked as a whole."""
        return super().get_changelist_form(request, **{"form": ListForm, **kwargs})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Context | None = None,
    ) -> HttpResponse:
        """The form, or what became of a save."""
        # Before anything is read: what changes in between is found, not missed.
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        return self.perform(request, lambda: self._save_form(request, object_id, form_url, context))

    def _save_form(
        self, request: HttpRequest, object_id: str | None, form_url: str, context: Context
    ) -> HttpResponse:
        context["version"] = request.POST.get(FIELD, "")
        row = self.get_object(request, unquote(object_id)) if object_id else None
        deleted = None if row or not object_id else last_version(self.model, unquote(object_id))
        if deleted:  # meanwhile: the input comes back in a form that would add it as new
            refuse(request, [], as_new(self, request))
            context["deleted"] = {"key": deleted.id, "by": said_by([deleted])}
            add = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
            return super().changeform_view(request, None, add, context)
        may_save = row and self.has_change_permission(request, row)
        conflict = find_conflict(self, request, row) if row and may_save else None
        if conflict:
            refuse(request, [], conflict.data)
            context |= {"conflict": conflict, "version": token_of_now()}
        return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: Context | None = None
    ) -> HttpResponse:
        """The list, or what became of an edit in it or of an action."""
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().changelist_view(request, context)
        return self.perform(request, lambda: self._save_list(request, context))

    def _save_list(self, request: HttpRequest, context: Context) -> HttpResponse:
        token, reasons = request.POST.get(FIELD, ""), refusal(request)
        context["version"] = token
        if "_save" in request.POST and self.list_editable:
            formset = self.get_changelist_formset(request)
            conflict = find_conflict_in_list(formset, self.get_queryset(request), request.POST)
            vars(request)["_post"] = conflict.data
            rows = self.get_queryset(request).filter(pk__in=conflict.keys)
            bound = formset(conflict.data, queryset=rows)
            if conflict.is_stale or reasons is not None or not bound.is_valid():
                context["version"] = token_of_now() if conflict.is_stale else token
                context |= {"conflict": conflict, "formset": bound, "reasons": reasons}
                context["title"] = "Your changes are not saved yet"
                return self.show(request, "admin/list_conflict.html", context)
        elif (token or reasons) and self.is_refused(
            request, request.POST.getlist(ACTION_CHECKBOX_NAME)
        ):
            return redirect(request.get_full_path())
        response = super().changelist_view(request, context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data["version"] = token  # of the page before one that asks again
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Context | None = None
    ) -> HttpResponse:
        """The question whether to delete, or what became of it."""
        context = {"version": token_of_now(), **(extra_context or {})}
        if request.method != "POST":
            return super().delete_view(request, object_id, context)

        def delete() -> HttpResponse:
            row = self.get_object(request, unquote(object_id))
            may_delete = row and self.has_delete_permission(request, row)
            if may_delete and self.is_refused(request, [unquote(object_id)]):
                return redirect(request.get_full_path())
            return super(ContentAdmin, self).delete_view(request, object_id, context)

        return self.perform(request, delete)

    def is_refused(self, request: HttpRequest, keys: list[str]) -> bool:
        """Whether nothing may be done to these rows, for one is no longer as the page showed it.

        The editor is told.
        """
        moment, reasons = moment_of(request.POST.get(FIELD, "")), refusal(request)
        if reasons is None:
            versions = newer(self.model, keys_in(keys), moment) if moment else None
            if versions == []:
                return False
            changed = f"Changed meanwhile, by {said_by(versions)}. " if versions else ""
            reasons = [f"{changed}Nothing was done: look again at what is there now, then decide."]
        for reason in reasons:
            self.message_user(request, reason, messages.WARNING)
        return True

    def show(self, request: HttpRequest, template: str, context: Context) -> TemplateResponse:
        """A page of the admin about this kind of content."""
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**common, **context})
