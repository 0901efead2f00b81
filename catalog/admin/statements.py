"""The statements in the admin: under their certification or chapter by section, and all."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import TypedChoiceField
from django.http import HttpRequest

from catalog.admin.preview import PreviewAdmin
from catalog.admin.statement_order import Placed, orders_of
from catalog.editorial.admin.ordering import OrderedFormSet, OrderedInline, WholeForm
from catalog.models import Chapter, Statement


class StatementForm(WholeForm):
    """A statement; its order number may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "order" in self.fields:
            self.fields["order"].required = False


class StatementFormSet(OrderedFormSet):
    """The statements under their parent, which are numbered section by section."""

    def clean(self) -> None:
        """Give every row its place before the numbers are checked."""
        forms = [form for form in self.kept_forms() if "section" in form.cleaned_data]
        if not any(form.errors for form in forms):
            self._number([form for form in forms if form.instance.pk or form.has_changed()])
        super().clean()

    def _number(self, forms: list[Any]) -> None:
        known = [form.initial.get("section") for form in self.initial_forms]
        rows = [
            Placed(
                form.cleaned_data["section"],
                form.cleaned_data.get("order"),
                is_moved="order" in form.changed_data,
            )
            for form in forms
        ]
        for form, order in zip(forms, orders_of(rows, known=known), strict=True):
            form.instance.order = form.cleaned_data["order"] = order
            is_as_it_was = form.instance.pk and order == form.initial.get("order")
            if not is_as_it_was and "order" not in form.changed_data:
                form.changed_data.append("order")


class StatementInline(OrderedInline):
    """The guide's sentences under their certification or chapter."""

    model = Statement
    form = StatementForm
    formset = StatementFormSet
    template = "admin/statements_inline.html"
    helps_place = "statements"
    fields = [
        "text",
        ("effect", "condition"),
        "no_condition_reason",
        ("section", "form", "order", "is_draft"),
        "heading",
        "anchor",
    ]
    readonly_fields = ["anchor"]

    def formfield_for_choice_field(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> TypedChoiceField | None:
        if db_field.name == "section":
            is_chapter = self.parent_model is Chapter
            kwargs["choices"] = [
                (value, label)
                for value, label in Statement.Section.choices
                if (value == Statement.Section.CHAPTER) is is_chapter
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Statement)
class StatementAdmin(PreviewAdmin[Statement]):
    """All sentences of the guide, to search and to filter."""

    ordered_within = ("certification", "chapter")
    list_display = ["text", "effect", "condition", "section", "place", "draft"]
    list_editable = ["effect", "condition"]
    list_filter = ["is_draft", "effect", "section", "chapter"]
    list_select_related = ["certification", "chapter"]
    search_fields = ["text", "condition", "certification__name", "chapter__heading"]
    autocomplete_fields = ["certification", "chapter"]
    readonly_fields = ["anchor"]
    form = StatementForm
    fields = [("certification", "chapter"), *StatementInline.fields]

    @admin.display(description="of", ordering="certification__name")
    def place(self, statement: Statement) -> str:
        return str(statement.certification or statement.chapter)

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        if not change or {"order", "section"} & {*form.changed_data}:
            renumber(obj)
        super().save_model(request, obj, form, change)


def renumber(statement: Statement) -> None:
    """Give a statement that is not saved yet the place that its section has for it."""
    siblings = Statement.objects.filter(
        certification=statement.certification, chapter=statement.chapter
    ).exclude(pk=statement.pk)
    rows = [*siblings.order_by("order")]
    placed = [Placed(row.section, row.order) for row in rows]
    own = Placed(statement.section, statement.order, is_moved=True)
    *orders, statement.order = orders_of([*placed, own], known=[row.section for row in rows])
    moved = [(row, order) for row, order in zip(rows, orders, strict=True) if row.order != order]
    Statement.objects.park(row.pk for row, _ in moved)
    for row, order in moved:
        row.order = order
        row.save()
