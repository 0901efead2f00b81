"""The filters of the list of certifications: what an editor looks for, as addresses."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalog.confirm_queue import AGES
from catalog.models import Certification, Confidence, Correction
from catalog.review_queue import FACTS

OWN_FACTS: list[Any] = [model for model in FACTS if model is not Correction]
Rows = QuerySet[Certification]


def of_facts(**wanted: Any) -> Q:
    """The condition that a certification has a fact for which all look-ups hold."""
    found = (model.objects.filter(**wanted).values("certification") for model in OWN_FACTS)
    return Q(*(Q(pk__in=keys) for keys in found), _connector=Q.OR)


class ChoiceFilter(SimpleListFilter):
    """A filter with a few choices, each of which is a method of the query."""

    choices_of: tuple[tuple[str, str], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        return self.choices_of

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        return queryset if value is None else self.chosen(queryset, value)

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        """The rows that have what was chosen; none for a value that nobody offers."""
        raise NotImplementedError


class PriceFilter(ChoiceFilter):
    title, parameter_name = "price", "price"
    choices_of = (("known", "known"), ("unknown", "unknown"))

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        if value == "known":
            return rows.filter(price__amount__isnull=False)
        is_exam = ~Q(kind=Certification.Kind.CATEGORY)
        return rows.filter(is_exam, price__amount=None) if value == "unknown" else rows.none()


class ToConfirmFilter(ChoiceFilter):
    title, parameter_name = "to confirm", "to_confirm"
    choices_of = (("yes", "something"), ("no", "nothing"))

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        waiting = of_facts(to_confirm__gt="")
        if value == "yes":
            return rows.filter(waiting)
        return rows.exclude(waiting) if value == "no" else rows.none()


class ConfidenceFilter(ChoiceFilter):
    title, parameter_name = "confidence of a fact", "confidence"
    choices_of = tuple((level.value, level.label.partition(":")[0]) for level in Confidence)

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        return rows.filter(of_facts(confidence=value))


class AgeFilter(ChoiceFilter):
    title, parameter_name = "not checked for", "age"
    choices_of = tuple((str(days), f"{days} days") for days in AGES)

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        if value not in map(str, AGES):
            return rows.none()
        return rows.filter(of_facts(checked_on__lte=timezone.localdate() - timedelta(int(value))))


class RatedFilter(ChoiceFilter):
    title, parameter_name = "rated", "rated"
    choices_of = (("by-name", "by name"), ("by-kind", "by kind"), ("no", "not rated"))

    @staticmethod
    def chosen(rows: Rows, value: str) -> Rows:
        wanted = {
            "by-name": Q(tier__isnull=False),
            "by-kind": Q(tier=None, membership__isnull=False),
            "no": Q(tier=None, membership=None),
        }
        return rows.filter(wanted[value]) if value in wanted else rows.none()


SAVED_VIEWS: tuple[tuple[str, type[ChoiceFilter], str], ...] = (
    ("To confirm", ToConfirmFilter, "yes"),
    ("Unknown price", PriceFilter, "unknown"),
    ("Not checked for 180 days", AgeFilter, "180"),
    ("Not rated", RatedFilter, "no"),
)


def saved_views(rows: Rows) -> Iterator[tuple[str, str, int]]:
    """The lists that editors work through: the words, the query and the number of rows."""
    for words, kind, value in SAVED_VIEWS:
        yield words, f"?{kind.parameter_name}={value}", kind.chosen(rows, value).count()
    yield "Drafts", "?is_draft__exact=1", rows.filter(is_draft=True).count()
