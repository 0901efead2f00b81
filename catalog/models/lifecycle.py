"""Lifecycles: when a certification can be obtained, and how long it lasts."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.fact_words import validity_words
from catalog.lifecycle import Status, is_ahead, status_on
from catalog.models.certification import Certification
from catalog.models.sources import Sourced


class Lifecycle(Sourced):
    """The lifecycle of a certification: when it can be obtained, and how long it lasts."""

    class Reported(models.TextChoices):
        """The state that sources report, apart from the dates."""

        OPEN = "open", "open"
        CLOSING = "closing", "open, but it will close"
        CLOSED = "closed", "closed"
        UNKNOWN = "unknown", "unknown"

    class Validity(models.TextChoices):
        YEARS = "years", "for a number of years"
        FOR_EVER = "for-ever", "does not expire"
        NOT_APPLICABLE = "not-applicable", "does not apply"
        UNKNOWN = "unknown", "unknown"

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="lifecycle"
    )
    reported = models.CharField(
        "reported state", max_length=10, choices=Reported.choices, default=Reported.UNKNOWN
    )
    opens_on = models.DateField(
        null=True,
        blank=True,
        help_text="First day on which it can be obtained. Until then it counts as closed.",
    )
    sales_end_on = models.DateField(
        null=True, blank=True, help_text="First day on which it can't be bought any more."
    )
    closes_on = models.DateField(
        null=True, blank=True, help_text="Last day on which it can be obtained."
    )
    validity = models.CharField(max_length=20, choices=Validity.choices, default=Validity.UNKNOWN)
    valid_years = models.PositiveSmallIntegerField(
        "years it is valid", null=True, blank=True, help_text="E.g. 3."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | (
                    (
                        models.Q(closes_on__isnull=True)
                        | models.Q(closes_on__gte=models.F("opens_on"))
                    )
                    & (
                        models.Q(sales_end_on__isnull=True)
                        | models.Q(sales_end_on__gte=models.F("opens_on"))
                    )
                ),
                name="lifecycle_dates_in_order",
                violation_error_message="It can't close before it opens: check the dates.",
            ),
            models.CheckConstraint(
                condition=models.Q(validity="years", valid_years__isnull=False, valid_years__gte=1)
                | (~models.Q(validity="years") & models.Q(valid_years__isnull=True)),
                name="valid_years_with_validity",
                violation_error_message="Give the years if, and only if, it is valid for years.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification}: {self.get_reported_display()}"

    def clean(self) -> None:
        super().clean()
        last, sales_end = self.closes_on, self.sales_end_on
        if last and sales_end and sales_end > last + timedelta(days=1):
            words = "It can't be sold beyond its last day: check the two dates."
            raise ValidationError({"sales_end_on": words})
        if self.reported == self.Reported.CLOSED and is_ahead(last, timezone.localdate()):
            words = "It is not closed yet if its last day is still to come: report it as open."
            raise ValidationError({"reported": words})
        if self.reported == self.Reported.CLOSED and is_ahead(self.opens_on, timezone.localdate()):
            words = "It is not closed for good if it opens on a day to come: report it as open."
            raise ValidationError({"reported": words})

    def status_on(self, today: date) -> Status:
        return status_on(
            today,
            reported=self.reported,
            opens_on=self.opens_on,
            sales_end_on=self.sales_end_on,
            closes_on=self.closes_on,
        )

    @property
    def validity_in_words(self) -> str:
        return validity_words(self)

    def last_day_on(self, today: date) -> date | None:
        """The last day to obtain it, if on this day it is known to close or to have closed then."""
        return self.closes_on if self.status_on(today).is_ending and not self.sales_end_on else None
