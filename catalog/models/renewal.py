"""Renewals: how a certification that is held is kept, and what that costs."""

from django.db import models

from catalog.fact_words import UNKNOWN, money
from catalog.models.certification import Certification
from catalog.models.price import Price
from catalog.models.sources import Sourced


class Renewal(Sourced):
    """The way in which a certification is kept once it is held, and its cost."""

    class How(models.TextChoices):
        RETAKE = "retake", "by passing an exam again"
        ONLINE = "online", "by an online assessment"
        CREDITS = "credits", "by further training that counts"
        NONE = "none", "it can’t be renewed"
        NOT_NEEDED = "not-needed", "it need not be"
        UNKNOWN = "unknown", "unknown"

    class AfterClosing(models.TextChoices):
        KEPT = "kept", "it stays valid until it expires, and is not renewed"
        FOR_EVER = "for-ever", "it stays valid"
        ENDS = "ends", "it ends with it"
        UNKNOWN = "unknown", "unknown"

    PAID = (How.RETAKE, How.ONLINE, How.CREDITS)  # the ways that may cost something

    certification = models.OneToOneField(
        Certification, on_delete=models.CASCADE, related_name="renewal"
    )
    how = models.CharField("renewed", max_length=12, choices=How.choices, default=How.UNKNOWN)
    amount = models.DecimalField(
        "cost of a renewal",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="0 if it is free. Empty: unknown.",
    )
    currency = models.CharField(max_length=3, choices=Price.Currency.choices, blank=True)
    after_closing = models.CharField(
        "after a closing",
        max_length=10,
        choices=AfterClosing.choices,
        default=AfterClosing.UNKNOWN,
        help_text="What becomes of one that is held when nobody can get it any more.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | models.Q(amount__isnull=False, amount__gte=0, currency__gt=""),
                name="renewal_cost_has_currency",
                violation_error_message="Give amount and currency of a renewal, or neither.",
            ),
            models.CheckConstraint(
                condition=~models.Q(how__in=("none", "not-needed", "unknown"))
                | models.Q(amount__isnull=True),
                name="renewal_cost_of_a_renewal",
                violation_error_message="What is not renewed costs no renewal: empty the amount.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_how_display()

    @property
    def needs_source(self) -> bool:
        return (self.how, self.after_closing) != (self.How.UNKNOWN, self.AfterClosing.UNKNOWN)

    @property
    def cost(self) -> str:
        if self.amount is None:
            return UNKNOWN
        return money(self.amount, self.currency) if self.amount else "nothing"
