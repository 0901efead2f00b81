"""Who may write what: authors drafts only; what editors publish passes its checks."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from catalog.models import Draftable
from catalog.models.drafts import PUBLISH
from catalog.models.keyed import KeyedModel
from catalog.publishing import Faults, faults, refuse_faults, set_draft

ACTIONS: list[Any] = ["publish", "make_draft", "move_up", "move_down"]

Content = TypeVar("Content", bound=KeyedModel)

if TYPE_CHECKING:
    Base = admin.options.BaseModelAdmin[Any]
else:
    Base = object


def may_publish(request: HttpRequest) -> bool:
    """Whether this editor may publish, and change what is published."""
    return request.user.has_perm(PUBLISH)


def check_content(request: HttpRequest) -> None:
    """Raise Faults if an edit made the published content faulty; authors can't."""
    if may_publish(request):
        refuse_faults(vars(request).get("known", ()))


class DraftMark(Base):
    """A form in which only those who may publish say what is a draft."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:  # noqa: ANN401 - Django's
        """The mark too, for the others: what they write is a draft anyway."""
        fields = list(super().get_readonly_fields(request, obj))
        own = issubclass(self.model, Draftable) and not may_publish(request)
        return [*fields, "is_draft"] if own else fields


class DraftAdmin(DraftMark, admin.ModelAdmin[Content]):
    """Content that those who may not publish write as drafts only."""

    actions = ACTIONS
    show_facets = admin.ShowFacets.ALWAYS

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Drafts may be added, and the vocabulary; not what readers would see at once."""
        return super().has_add_permission(request) and self._is_open(request)

    def has_change_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        """Drafts may be changed."""
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Content | None = None) -> bool:
        """Drafts may be deleted."""
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether there is something to publish, and this editor may."""
        return issubclass(self.model, Draftable) and may_publish(request)

    def _is_open(self, request: HttpRequest, obj: Content | None = None) -> bool:
        if may_publish(request) or not self.model.draft_flags:
            return True
        return issubclass(self.model, Draftable) and not (obj and obj.is_published)

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """The page that readers see, if they see it."""
        is_hidden = isinstance(obj, KeyedModel) and not obj.is_published
        return None if is_hidden else super().get_view_on_site_url(obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Content | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's
        **kwargs: Any,  # noqa: ANN401 - Django's
    ) -> type[ModelForm[Content]]:
        """The form; what was found wrong with the content after a save is said in it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        found = vars(request).get("found", [])
        return type("Faulty", (FaultyForm, form), {"found": found}) if found else form

    def save_model(
        self,
        request: HttpRequest,
        obj: Content,
        form: Form,
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        """Save; what would be seen by readers becomes a draft unless this editor may publish."""
        if not may_publish(request) and isinstance(obj, Draftable):
            if change and not self._is_open(request, self.model.objects.get(pk=obj.pk)):
                raise PermissionDenied  # in a list that can be edited, only the list was asked
            obj.is_draft |= obj.is_published
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Form,
        formsets: Any,  # noqa: ANN401 - Django's
        change: bool,  # noqa: FBT001 - Django's
    ) -> None:
        """Save what stands under a row; then all is there to be checked."""
        super().save_related(request, form, formsets, change)
        check_content(request)

    def delete_model(self, request: HttpRequest, obj: Content) -> None:
        """Delete a row that the rest can do without."""
        super().delete_model(request, obj)
        check_content(request)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Content]) -> None:
        """Delete rows that the rest can do without."""
        super().delete_queryset(request, queryset)
        check_content(request)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's
        """The form, or what became of a save; with what was found wrong, and nothing saved."""

        def show() -> HttpResponse:
            return super(DraftAdmin, self).changeform_view(request, *args, **kwargs)

        def refuse(found: list[str]) -> HttpResponse:
            vars(request)["found"] = found
            return show()

        return _checked(request, show, refuse)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's
        """The list, or what became of an edit in it or of an action."""
        act = super().changelist_view
        return _checked(request, lambda: act(request, *args, **kwargs), _say_and_return(request))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's
        """The question whether to delete, or what became of it."""
        act = super().delete_view
        return _checked(request, lambda: act(request, *args, **kwargs), _say_and_return(request))

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Let readers see the chosen rows, if all pass their checks."""
        self._set_draft(request, queryset, is_draft=False)

    @admin.action(description="Make drafts again", permissions=["publish"])
    def make_draft(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Hide the chosen rows from readers, if the rest can do without."""
        self._set_draft(request, queryset, is_draft=True)

    def _set_draft(self, request: HttpRequest, queryset: Iterable[Any], *, is_draft: bool) -> None:
        rows = [row for row in queryset if row.is_draft != is_draft]
        for row in rows:
            set_draft(row, is_draft=is_draft)
            self.log_change(request, row, "Made a draft." if is_draft else "Published.")
        check_content(request)
        word = "made drafts" if is_draft else "published"
        self.message_user(request, f"{len(rows)} {word}.", messages.SUCCESS)


class FaultyForm(ModelForm[Any]):
    """A form that was right by itself, with what the content would have wrong if it were saved."""

    found: list[str]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # what every form has
        for fault in self.found:
            self.add_error(None, fault)


def _checked(
    request: HttpRequest,
    act: Callable[[], HttpResponse],
    refuse: Callable[[list[str]], HttpResponse],
) -> HttpResponse:
    """What an edit answers; if it makes the content faulty, it is undone and refused."""
    try:
        with transaction.atomic():
            return act()
    except Faults as error:
        # Those of the content as it was keep nobody from another edit.
        known = vars(request)["known"] = faults()
        new = [fault for fault in error.found if fault not in known]
        return refuse(new) if new else act()


def _say_and_return(request: HttpRequest) -> Callable[[list[str]], HttpResponse]:
    def refuse(found: list[str]) -> HttpResponse:
        for fault in found:
            messages.error(request, fault)
        return redirect(request.get_full_path())

    return refuse
