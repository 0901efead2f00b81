"""Prices of certifications, as they are paid and in all."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from catalog.fact_words import price_words, total_words
from catalog.models.certification import Certification
from catalog.models.sources import Sourced
from catalog.models.traits import Trait


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
