"""Ordered lists in the admin: a list is renumbered as a whole, and no number stands twice."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest

from catalog.editorial.admin.permissions import DraftFieldMixin, may_publish
from catalog.editorial.admin.widgets import ContentFormMixin


class WholeForm(ModelForm[Any]):
    """A row that is checked as a whole, also where its form shows but a part of it."""

    def validate_unique(self) -> None:
        """Check also the constraints on the row alone that name what the form does not show."""
        super().validate_unique()
        if self.errors or not self.has_changed():
            return
        meta = self.instance._meta
        relations = (field for field in meta.concrete_fields if field.is_relation)
        # A parent that is being added has no key yet.
        missing = {
            field.name for field in relations if getattr(self.instance, field.attname) is None
        }
        for constraint in meta.constraints:
            try:
                if isinstance(constraint, models.CheckConstraint):
                    constraint.validate(type(self.instance), self.instance, exclude=missing)
            except ValidationError as error:
                self.add_error(None, ValidationError(error.messages))


class OrderedFormSet(BaseInlineFormSet[Any, Any, Any]):
    """An ordered list under its parent."""

    def clean(self) -> None:
        """Refuse a list in which two rows have the same number.

        That comes first: Django's own words on duplicates do not name the number.
        """
        counts = Counter(form.cleaned_data.get("order") for form in self.kept_forms())
        twice = sorted(order for order, count in counts.items() if order is not None and count > 1)
        if twice:
            numbers = ", ".join(map(str, twice))
            raise ValidationError(f"Two rows have the same order number: {numbers}.")
        super().clean()

    def save(self, commit: bool = True) -> list[models.Model]:  # noqa: FBT001, FBT002 - Django's
        rows: Any = self.model
        rows.objects.park(form.instance.pk for form in self.forms_that_give_up("order"))
        saved: list[models.Model] = super().save(commit=commit)
        return saved

    def forms_that_give_up(self, field: str) -> list[Any]:
        """The forms of saved rows that get another value in a field, or are deleted."""
        kept = self.kept_forms()
        return [f for f in self.initial_forms if field in f.changed_data or f not in kept]

    def kept_forms(self) -> list[Any]:
        """The forms of the rows that are to stay or to come, with what was read of them."""
        return [form for form in self.forms if not form.cleaned_data.get("DELETE")]


class OrderedInline(ContentFormMixin, admin.StackedInline[Any, Any]):
    """An ordered list under its parent; its rows have buttons that move them up and down."""

    form = WholeForm
    formset = OrderedFormSet
    extra = 0


class OrderedRowsMixin(DraftFieldMixin):
    """An ordered list of its own: the chosen rows change places with those beside them."""

    ordered_within: tuple[str, ...] = ()  # rows with the same values here are one list

    def has_move_permission(self, request: HttpRequest) -> bool:
        """True if the rows have an order, which readers see."""
        return hasattr(self.model, "order") and may_publish(request)

    @admin.action(description="Move up", permissions=["move"])
    def move_up(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        moved = sum(self._move(row, "-order") for row in queryset.order_by("order"))
        messages.success(request, f"{moved} moved up.")

    @admin.action(description="Move down", permissions=["move"])
    def move_down(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        moved = sum(self._move(row, "order") for row in queryset.order_by("-order"))
        messages.success(request, f"{moved} moved down.")

    def _move(self, row: Any, towards: str) -> bool:
        row.refresh_from_db()
        place = {name: getattr(row, name) for name in self.ordered_within}
        same = self.model.objects.filter(**place)
        beyond = "order__lt" if towards == "-order" else "order__gt"
        other = same.filter(**{beyond: row.order}).order_by(towards).first()
        if other is None:
            return False
        self.model.objects.park([row.pk])
        row.order, other.order = other.order, row.order
        other.save()
        row.save()
        return True
