"""The facets of the catalogue: what can be chosen, and what each choice selects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import NullIf
from django_filters import FilterSet, MultipleChoiceFilter

from catalog.lifecycle import Status
from catalog.models import Certification, Platform, Provider, Tier

NONE = "none"  # the choice of certifications without a tier, provider or platform


def tier_choices() -> list[tuple[str, str]]:
    """The tiers, the strongest first."""
    return list(Tier.objects.values_list("slug", "name"))


def provider_choices() -> list[tuple[str, str]]:
    """The providers of what readers see, by name."""
    used = Certification.objects.published().values("provider")
    return list(Provider.objects.filter(pk__in=used).values_list("slug", "name"))


class CertificationFilter(FilterSet):
    """The facets, by the names of their parameters, over what readers see on a day."""

    tier = MultipleChoiceFilter(
        field_name="tier__slug",
        label="Signal",
        choices=tier_choices,
        null_label="Not rated by this guide",
        null_value=NONE,
    )
    provider = MultipleChoiceFilter(
        field_name="provider__slug",
        label="Provider",
        choices=provider_choices,
        null_label="Many providers",
        null_value=NONE,
    )
    platform = MultipleChoiceFilter(
        field_name="tied_to",
        label="Platform",
        choices=Platform.choices,
        null_label="No platform",
        null_value=NONE,
    )
    kind = MultipleChoiceFilter(label="Kind", choices=Certification.Kind.choices)
    status = MultipleChoiceFilter(
        label="Status",
        choices=[(each.value, each.capitalize()) for each in Status],
        method="with_status",
    )

    class Meta:
        model = Certification
        fields: list[str] = []

    def __init__(self, certifications: Iterable[Certification], *, today: date) -> None:
        """Note the status of each certification.

        Which follows from its dates and is in no column.
        """
        self._by_status: dict[str, list[int]] = defaultdict(list)
        for each in certifications:
            self._by_status[each.status_on(today)].append(each.pk)
        published = Certification.objects.published()
        self._published = published.annotate(tied_to=NullIf("platform", Value("")))
        super().__init__(queryset=self._published)

    def with_status(
        self, queryset: QuerySet[Certification], _name: str, statuses: Sequence[str]
    ) -> QuerySet[Certification]:
        """Those of the certifications that have one of these statuses on the day."""
        keys = [key for status in statuses for key in self._by_status[status]]
        return queryset.filter(pk__in=keys)

    def choices_of(self, name: str) -> dict[str, str]:
        """The choices of a facet, value and label.

        The one for certifications that have none is last.
        """
        field: Any = self.form.fields[name]
        choices = {str(value): str(label) for value, label in field.choices}
        return dict(sorted(choices.items(), key=lambda choice: choice[0] == NONE))

    def selected_by(self, name: str, value: str) -> list[int]:
        """The primary keys of the certifications that one choice of a facet selects."""
        selected = self.filters[name].filter(self._published, [value])
        return list(selected.order_by().values_list("pk", flat=True))
