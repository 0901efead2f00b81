"""The facets of the catalogue: each with its choices, and the choice that a certification has."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django_filters import FilterSet, MultipleChoiceFilter

from catalog.lifecycle import Status
from catalog.models import Certification, Platform, Provider, Rated, Tier

NONE = "none"  # the choice of certifications without a tier, provider or platform
NOT_RATED = "no"  # the choice of certifications that the guide judges neither by name nor by kind


class FacetFilter(MultipleChoiceFilter):
    """A facet; `value_of` gives the choice that a certification has on a day, or NONE.

    Nothing is asked of the database: a choice selects the certifications that have its value.
    """

    def __init__(self, value_of: Callable[[Certification, date], str], **options: Any) -> None:
        super().__init__(**options, null_value=NONE)
        self.value_of = value_of

    @property
    def choices(self) -> dict[str, str]:
        """Labels by value; the choice of certifications that have none is last."""
        field: Any = self.field
        labels = {str(value): str(label) for value, label in field.choices}
        if NONE in labels:
            labels[NONE] = labels.pop(NONE)
        return labels


def tier_choices() -> list[tuple[str, str]]:
    return list(Tier.objects.values_list("slug", "name"))


def provider_choices() -> list[tuple[str, str]]:
    """The providers of published certifications, by name."""
    used = Certification.objects.published().values("provider")
    return list(Provider.objects.filter(pk__in=used).values_list("slug", "name"))


class CertificationFilter(FilterSet):
    """The facets by the names of their parameters: a new one needs no other place."""

    tier = FacetFilter(
        lambda certification, _: (
            certification.judged_tier.slug if certification.judged_tier else NONE
        ),
        label="Signal",
        choices=tier_choices,
        null_label="Not rated by this guide",
    )
    provider = FacetFilter(
        lambda certification, _: certification.provider.slug if certification.provider else NONE,
        label="Provider",
        choices=provider_choices,
        null_label="Many providers",
    )
    platform = FacetFilter(
        lambda certification, _: certification.platform or NONE,
        label="Platform",
        choices=Platform.choices,
        null_label="No platform",
    )
    kind = FacetFilter(
        lambda certification, _: certification.kind,
        label="Kind",
        choices=Certification.Kind.choices,
    )
    rated = FacetFilter(
        lambda certification, _: certification.rated or NOT_RATED,
        label="Judged",
        choices=[*Rated.choices, (NOT_RATED, "Not at all")],
    )
    status = FacetFilter(
        lambda certification, day: certification.status_on(day),
        label="Status",
        choices=[(status.value, status.capitalize()) for status in Status],
    )


FACETS = cast(dict[str, FacetFilter], CertificationFilter.base_filters)
