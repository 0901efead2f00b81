"""The questions that keep the guide true: what is old, unknown, about to end or not argued."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from catalog.editorial.rows import ContentManager, ContentRow

Fact = TypeVar("Fact", bound=ContentRow)
Row = TypeVar("Row", bound=ContentRow)


class FactManager(ContentManager[Fact]):
    """Facts by natural key and by their age."""

    def unchecked_since(self, day: date) -> models.QuerySet[Fact]:
        """The facts that nobody has checked on or after a day, the oldest first."""
        return self.filter(checked_on__lt=day).order_by("checked_on", "pk")

    def still_to_confirm(self) -> models.QuerySet[Fact]:
        """The facts of which an editor should still look something up."""
        return self.exclude(to_confirm="").order_by("pk")


class ReviewQuerySet(models.QuerySet[Row]):
    """The named queries of the review queue, over certifications.

    A category has no facts of its own.
    """

    def with_unknown_price(self) -> Self:
        return self.exclude(kind="category").filter(price__amount=None).order_by("name")

    def with_unknown_state(self) -> Self:
        no_date = Q(lifecycle__sales_end_on=None, lifecycle__closes_on=None)
        unknown = Q(lifecycle=None) | Q(lifecycle__reported="unknown")
        return self.exclude(kind="category").filter(no_date & unknown).order_by("name")

    def closing_between(self, first: date, last: date) -> Self:
        """The certifications whose sale or last day ends in these days, the first to end first."""
        days = (first, last)
        ends = Q(lifecycle__sales_end_on__range=days) | Q(lifecycle__closes_on__range=days)
        return self.filter(ends).order_by("lifecycle__closes_on", "lifecycle__sales_end_on", "name")

    def without_conditions(self) -> Self:
        """The rated certifications of which no statement argues for any learner."""
        argue = self.filter(statements__condition__gt="")
        return self.filter(tier__isnull=False).exclude(pk__in=argue.values("pk")).order_by("name")
