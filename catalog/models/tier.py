"""The tiers: the guide's scale of signal."""

from django.db import models

from catalog.editorial.rows import ContentRow
from catalog.models.guide import Chapter


class Tier(ContentRow):
    """One step of the guide's scale of signal, the strongest first."""

    reserved_keys = ("none", "not-rated")

    slug = models.SlugField(max_length=40, unique=True, help_text="E.g. “high”.")
    name = models.CharField(max_length=60, help_text="Short name, e.g. “High signal”.")
    heading = models.CharField(max_length=200, help_text="As the guide prints it.")
    meaning = models.TextField(
        blank=True, help_text="The guide's own paragraph under the heading, word for word."
    )
    order = models.PositiveSmallIntegerField(
        unique=True, help_text="1 is the strongest signal; recommendations prefer it."
    )
    bars = models.PositiveSmallIntegerField(
        "bars in the signal meter",
        help_text="Bars filled in the signal meter, 0 to 4. 0 is drawn struck out.",
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="tiers", help_text="Where the guide has it."
    )

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bars__lte=4),
                name="tier_has_at_most_four_bars",
                violation_error_message="The signal meter has four bars at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
