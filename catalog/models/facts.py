"""Facts: what the world says of a certification today, each with source, confidence and date."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.fact_words import price_words, total_words, validity_words
from catalog.lifecycle import Status, is_ahead, status_on
from catalog.models.certification import Certification
from catalog.models.sources import OrderedFact, Sourced
from catalog.models.traits import Trait


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


class Price(Sourced):
    """The price of a certification."""

    class Currency(models.TextChoices):
        """Currencies; only US dollars are compared with a learner's limit."""

        USD = "USD", "US dollars"
        EUR = "EUR", "euros"
        GBP = "GBP", "pounds"

    class Period(models.TextChoices):
        ONCE = "once", "once"
        MONTH = "month", "every month"

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="price"
    )
    amount = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True, help_text="Empty: unknown."
    )
    currency = models.CharField(max_length=3, choices=Currency.choices, blank=True)
    period = models.CharField("paid", max_length=5, choices=Period.choices, blank=True)
    free_with = models.ForeignKey(
        Trait,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="It costs nothing more for a learner of whom this is true, e.g. “coursera-plus”.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="", period="")
                | models.Q(amount__isnull=False, amount__gte=0, currency__gt="", period__gt=""),
                name="price_has_currency_and_period",
                violation_error_message="A price needs amount, currency and period; an unknown "
                "price has none of them.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.amount is not None and self.amount < 0:
            words = "A price is not below zero: write 0 for what is free, or leave it empty."
            raise ValidationError({"amount": words})

    def __str__(self) -> str:
        is_monthly = self.period == self.Period.MONTH
        return price_words(self.amount, self.currency, is_monthly=is_monthly)

    def in_words(self, *, months_min: int | None, months_max: int | None) -> str:
        """The price; of a monthly one also the total, e.g. “$59 a month, $177 in all, at least”."""
        total = self.total_usd(months_min=months_min)
        if total is None or self.period == self.Period.ONCE:
            return str(self)
        return f"{self}, {total_words(total, is_least=months_min != months_max)}"

    def total_usd(self, *, months_min: int | None) -> Decimal | None:
        """US dollars in all over the shortest study time; None if that can't be known."""
        if self.amount is None or self.currency != self.Currency.USD:
            return None
        if self.period == self.Period.ONCE:
            return self.amount
        return None if months_min is None else self.amount * months_min


class Succession(OrderedFact):
    """One certification named as the successor of another; it passes on no tier."""

    key_fields = ("certification__slug", "successor__slug")
    draft_flags = ("certification__is_draft", "successor__is_draft")

    certification = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="successions"
    )
    successor = models.ForeignKey(
        Certification, on_delete=models.CASCADE, related_name="predecessions"
    )
    order = models.PositiveSmallIntegerField(help_text="The one to look at first is 1.")

    class Meta(OrderedFact.Meta):
        constraints = [
            *OrderedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["certification", "successor"], name="successor_named_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(certification=models.F("successor")),
                name="no_certification_succeeds_itself",
                violation_error_message="A certification can't be its own successor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certification} → {self.successor}"
