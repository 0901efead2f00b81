"""What every form of content in the admin has in common."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from catalog.editing import edit
from catalog.models.keyed import KeyedModel

Content = TypeVar("Content", bound=KeyedModel)

# An address typed without its scheme is an https one.
HTTPS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https"}
}

REASON = "_reason"  # the name of the reason for a change in every form


class ContentAdmin(admin.ModelAdmin[Content]):
    """The form of one row of content, with its inlines."""

    formfield_overrides = HTTPS

    def perform(self, request: HttpRequest, action: Callable[[], HttpResponse]) -> HttpResponse:
        """Carry out what a POST asks for, and return its answer.

        Every write of the admin to content comes through here: form, inlines, list editing,
        actions, deletion, restoring. `action` checks the version that the editor saw and saves, or
        saves nothing and answers with the page that says why. It runs alone, in a transaction that
        is the outermost one, so it can be rehearsed: run it, look at what became of the content,
        `transaction.set_rollback(True)`. It answers a save with a redirect and a refusal with a
        page; what it queued in `request._messages` outlives a rollback.
        """
        with edit(reason=request.POST.get(REASON, "")):
            return action()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form, or what became of a save."""

        def save() -> HttpResponse:
            return super(ContentAdmin, self).changeform_view(
                request, object_id, form_url, extra_context
            )

        return self.perform(request, save) if request.method == "POST" else save()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, or what became of an edit in it or of an action."""

        def save() -> HttpResponse:
            return super(ContentAdmin, self).changelist_view(request, extra_context)

        return self.perform(request, save) if request.method == "POST" else save()

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The question whether to delete, or what became of it."""

        def delete() -> HttpResponse:
            return super(ContentAdmin, self).delete_view(request, object_id, extra_context)

        return self.perform(request, delete) if request.method == "POST" else delete()
