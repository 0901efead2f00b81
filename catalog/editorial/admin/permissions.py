"""Permissions to write, row by row: authors write drafts only; editors publish."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, router
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import Truncator, capfirst

from catalog.editorial.checks import RefusedError
from catalog.editorial.drafts import PUBLISH
from catalog.editorial.rows import ContentRow, Draftable

ACTIONS: list[Any] = ["publish", "make_draft", "move_up", "move_down"]

MOST_NAMED = 10  # rows in a message

Content = TypeVar("Content", bound=ContentRow)
Action = Callable[..., Any]

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


def may_publish(request: HttpRequest) -> bool:
    """True if this editor may publish, and change published rows."""
    return request.user.has_perm(PUBLISH)


class DraftFieldMixin(Base):
    """A form in which only those who may publish say what is a draft.

    A form that only proposes is for everybody who may look.
    """

    is_proposing = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = list(super().get_readonly_fields(request, obj))
        return fields if self._says_drafts(request) else [*fields, "is_draft", "draft_words"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self._says_drafts(request):
            return fieldsets
        return [
            (name, {**options, "fields": _in_words(options["fields"])})
            for name, options in fieldsets
        ]

    @admin.display(description="Draft")
    def draft_words(self, row: Any) -> str:
        return "yes: readers don’t see it" if row.is_draft else "no"

    def _says_drafts(self, request: HttpRequest) -> bool:
        """True where the mark can be set, or there is none."""
        may_say = may_publish(request) or self.is_proposing
        return may_say or not issubclass(self.model, Draftable)


def _in_words(fields: Iterable[Any]) -> list[Any]:
    """The fields of a form, lines of several included, with the mark of a draft in words."""
    named: list[Any] = []
    for field in fields:
        if isinstance(field, list | tuple):
            named.append(tuple(_in_words(field)))
        elif field != "draft_words":
            named.append("draft_words" if field == "is_draft" else field)
    return named


class ActionsByRowMixin(Base):
    """Actions that ask for the right on every chosen row, and do nothing if one is not allowed."""

    def get_actions(self, request: HttpRequest) -> Any:
        found: Any = super().get_actions(request)
        return {
            name: (_checked_by_row(action), name, words)
            for name, (action, _, words) in found.items()
        }

    def note_saved(self, row: Any = None) -> None:
        """Called after an action that asks for nothing more."""


def _checked_by_row(action: Action) -> Action:
    @wraps(action)
    def checked(model_admin: Any, request: HttpRequest, rows: Iterable[Any]) -> Any:
        refused = [row for row in rows if not _may_act(action, model_admin, request, row)]
        if refused:
            names = ", ".join(f"“{Truncator(row).chars(60)}”" for row in refused[:MOST_NAMED])
            more = f" and {len(refused) - MOST_NAMED} more" if len(refused) > MOST_NAMED else ""
            words = f"Nothing was done, for you may not do this to {names}{more}."
            model_admin.message_user(request, words, messages.ERROR)
            return None
        answer = action(model_admin, request, rows)
        if answer is None:
            model_admin.note_saved()
        return answer

    return checked


def _may_act(action: Action, model_admin: Any, request: HttpRequest, row: Any) -> bool:
    """True if an action may be done to a row; one that only shows says so by its permissions."""
    asked = getattr(action, "allowed_permissions", None) or ["change"]
    verb = "delete" if "delete" in asked else "view" if asked == ["view"] else "change"
    return bool(getattr(model_admin, f"has_{verb}_permission")(request, row))


def _deleted_words(row: models.Model) -> str:
    """The words for a row that is deleted; empty for one of a link table."""
    is_known = isinstance(row, ContentRow)
    return f"{capfirst(row._meta.verbose_name)}: “{row}”" if is_known else ""


def _known_words(nested: list[Any]) -> list[Any]:
    found = [_known_words(words) if isinstance(words, list) else words for words in nested]
    return [words for words in found if words]


class DraftAdmin(ActionsByRowMixin, DraftFieldMixin, admin.ModelAdmin[Content]):
    """Content that those who may not publish write as drafts only."""

    actions = ACTIONS
    show_facets = admin.ShowFacets.ALWAYS

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """The rows that are deleted with others, as editors know them: none of link tables."""
        _, _, lacking, protected = super().get_deleted_objects(objs, request)
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(objs)
        models_with_rows: Any = collector.model_objs  # by model; the stubs say by its name
        counts = {
            str(model._meta.verbose_name_plural): len(rows)
            for model, rows in models_with_rows.items()
            if issubclass(model, ContentRow)
        }
        return _known_words(collector.nested(_deleted_words)), counts, lacking, protected

    @admin.display(description="draft", ordering="is_draft", empty_value="")
    def draft(self, row: Any) -> str:
        return "Draft" if row.is_draft else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Drafts may be added, and the vocabulary; not what readers would see at once."""
        return super().has_add_permission(request) and self._is_open(request)

    def has_change_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        if self.is_proposing:
            return self.has_view_permission(request, obj)
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return issubclass(self.model, Draftable) and may_publish(request)

    def _is_open(self, request: HttpRequest, obj: Content | None = None) -> bool:
        if may_publish(request) or not self.model.draft_flags:
            return True
        return issubclass(self.model, Draftable) and not (obj and obj.is_published)

    def page(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """The address of a page about this kind of content, named e.g. “catalog_tier_deleted”."""
        full_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(view), name=full_name)

    def show(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**common, **context})

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        is_hidden = isinstance(obj, ContentRow) and not obj.is_published
        return None if is_hidden else super().get_view_on_site_url(obj)

    def save_model(
        self,
        request: HttpRequest,
        obj: Content,
        form: Form,
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        """Save; what would be seen by readers becomes a draft unless this editor may publish."""
        may_save = may_publish(request) or self.is_proposing
        if not may_save and isinstance(obj, Draftable):
            if change and not self._is_open(request, self.model.objects.get(pk=obj.pk)):
                raise PermissionDenied  # in a list that can be edited, only the list was asked
            obj.is_draft |= obj.is_published
        super().save_model(request, obj, form, change)

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        self._set_draft(request, queryset, is_draft=False)

    @admin.action(description="Make drafts again", permissions=["publish"])
    def make_draft(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        self._set_draft(request, queryset, is_draft=True)

    def _set_draft(self, request: HttpRequest, queryset: Iterable[Any], *, is_draft: bool) -> None:
        rows = [row for row in queryset if row.is_draft != is_draft]
        for row in rows:
            row.is_draft = is_draft
            try:
                if not is_draft:
                    row.full_clean()
            except ValidationError as error:
                raise RefusedError(*(f"{row}: {message}" for message in error.messages)) from None
            row.save()
            self.log_change(request, row, "Made a draft." if is_draft else "Published.")
        word = "made drafts" if is_draft else "published"
        self.message_user(request, f"{len(rows)} {word}.", messages.SUCCESS)
