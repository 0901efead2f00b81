"""The sources of a fact, its confidence, and the day on which it was checked."""

from datetime import timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.editorial.rows import ContentRow
from catalog.lifecycle import is_ahead
from catalog.models.review_queries import FactManager

# What stands beside the value of a fact, in the order of the forms.
BESIDE_THE_VALUE = ("confidence", "checked_on", "sources", "note", "to_confirm")


class Confidence(models.TextChoices):
    """The degrees to which a fact is sure."""

    HIGH = "high", "High: the vendor's text, or two independent sources agree"
    MEDIUM = "medium", "Medium: one good source"
    LOW = "low", "Low: weak or conflicting sources"


class Source(ContentRow):
    """A place where facts are read: a page, a document or the guide."""

    author_may = ("view", "add")

    slug = models.SlugField(
        max_length=100, unique=True, help_text="E.g. “google-ml-engineer-page”."
    )
    name = models.CharField(max_length=200, help_text="As readers see it, e.g. “AWS: exam page”.")
    url = models.URLField(
        "address", max_length=300, blank=True, help_text="Empty if only the publisher is known."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Sourced(ContentRow):
    """The base of facts and corrections: sources, confidence and day of checking.

    Most are of a certification, which has one of the kind at most.
    """

    key_fields: ClassVar[tuple[str, ...]] = ("certification__slug",)
    draft_flags: ClassVar[tuple[str, ...]] = ("certification__is_draft",)

    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    checked_on = models.DateField(help_text="When somebody last read the source.")
    sources = models.ManyToManyField(
        Source, blank=True, related_name="+", help_text="Where it says so."
    )
    note = models.TextField(
        "note for readers", blank=True, help_text="What the values do not say, in our words."
    )
    to_confirm = models.CharField(
        "still to confirm",
        max_length=300,
        blank=True,
        help_text="What an editor should still confirm on the vendor's page, e.g. “price of "
        "AI-103”. Empty it when done.",
    )

    objects: ClassVar[FactManager[Self]] = FactManager()

    class Meta:
        abstract = True

    @property
    def needs_source(self) -> bool:
        """True if the fact is refused without a source."""
        return False

    def clean(self) -> None:
        super().clean()
        # Where a day begins first it is two days ahead of where one ends last, at times.
        if is_ahead(self.checked_on, timezone.localdate() + timedelta(days=2)):
            words = "This day is still to come: give the day on which somebody read the source."
            raise ValidationError({"checked_on": words})


class OrderedFact(Sourced):
    """A fact of which a certification can have several, in an order."""

    key_fields = ("certification__slug", "order")

    class Meta:
        abstract = True
        ordering = ["certification", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "order"], name="one_%(class)s_order_per_certification"
            ),
        ]
