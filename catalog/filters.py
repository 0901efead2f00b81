"""The filters of the catalogue: what each choice selects."""

from datetime import date
from typing import Any, cast

from django_filters import FilterSet, MultipleChoiceFilter

from catalog.lifecycle import Status
from catalog.models import Certification, Platform, Provider, Tier
from catalog.models.certification import CertificationQuerySet

NONE = "none"  # the choice of entries without a tier, provider or platform


def tier_choices() -> list[tuple[str, str]]:
    """The tiers, the strongest first."""
    return list(Tier.objects.values_list("slug", "name"))


def provider_choices() -> list[tuple[str, str]]:
    """The providers of what readers see, by name."""
    used = Certification.objects.published().values("provider")
    return list(Provider.objects.filter(pk__in=used).values_list("slug", "name"))


class CertificationFilter(FilterSet):
    """The facets; the parameters of an address have their names."""

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
        label="Status", choices=[(each.value, each.capitalize()) for each in Status]
    )

    class Meta:
        model = Certification
        fields: list[str] = []

    @classmethod
    def on(cls, today: date) -> "CertificationFilter":
        """The filters over all entries as they stand on a day, in the guide's order."""
        return cls(queryset=Certification.objects.in_guide_order().on_day(today))

    @property
    def entries(self) -> CertificationQuerySet:
        """All entries, before any choice."""
        return cast(CertificationQuerySet, self.queryset)

    def choices_of(self, name: str) -> dict[str, str]:
        """The choices of a facet, value and label; the one for entries that have none is last."""
        field: Any = self.form.fields[name]
        choices = {str(value): str(label) for value, label in field.choices}
        return dict(sorted(choices.items(), key=lambda choice: choice[0] == NONE))

    def selected_by(self, name: str, value: str) -> list[int]:
        """The primary keys of the entries that one choice of a facet selects."""
        selected = self.filters[name].filter(self.entries, [value])
        return list(selected.order_by().values_list("pk", flat=True))
