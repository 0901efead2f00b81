"""Ordered lists in the admin: a list is renumbered as a whole, and no number stands twice."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, ModelForm


class OrderedForm(ModelForm[Any]):
    """A row of an ordered list."""

    def validate_constraints(self) -> None:
        """Check all but the order: two rows may be swapping numbers, so the formset checks it."""
        try:
            self.instance.validate_constraints(exclude={"order"})
        except ValidationError as error:
            self.add_error(None, error)


class OrderedFormSet(BaseInlineFormSet[Any, Any, Any]):
    """An ordered list under its parent."""

    def clean(self) -> None:
        """Refuse a list in which two rows have the same number."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        counts = Counter(row.get("order") for row in rows if not row.get("DELETE"))
        twice = sorted(order for order, count in counts.items() if order is not None and count > 1)
        if twice:
            numbers = ", ".join(map(str, twice))
            raise ValidationError(f"Two rows have the same order number: {numbers}.")

    def save(self, commit: bool = True) -> list[models.Model]:  # noqa: FBT001, FBT002 - Django's
        """Save the rows; those that change places give up their old numbers first."""
        moved = [form.instance.pk for form in self.initial_forms if "order" in form.changed_data]
        rows: Any = self.model
        rows.objects.park(moved)
        saved: list[models.Model] = super().save(commit=commit)
        return saved
