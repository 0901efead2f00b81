"""The guide as a whole: its title and its chapters."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from catalog.editorial.drafts import below
from catalog.editorial.rows import ContentManager, ContentRow


class Guide(ContentRow):
    """The one guide; there is exactly one row."""

    key_fields = ("id",)

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    title = models.CharField(max_length=200, help_text="As printed at the top of the guide.")

    class Meta:
        verbose_name_plural = "guide"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="guide_is_one_row",
                violation_error_message="There is one guide, and it is row 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChapterManager(ContentManager["Chapter"]):
    """Chapters by natural key, and the questions that the site asks of them."""

    def with_statements(self, *, drafts: bool = False) -> models.QuerySet[Chapter]:
        """All chapters with their sentences as readers see them, or with drafts."""
        return self.prefetch_related(
            below("catalog.Statement", "statements", drafts=drafts),
            below("catalog.Correction", "statements__corrections", drafts=drafts),
            "statements__corrections__sources",
            "tiers",
        )


class Chapter(ContentRow):
    """One essay part of the guide."""

    class PlaceOnHome(models.TextChoices):
        OPENING = "opening", "its first paragraph, on top"
        RANKING = "ranking", "all of it, as the ranking"

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Part of the address, e.g. “the-brutal-truth”."
    )
    order = models.PositiveSmallIntegerField(unique=True, help_text="Place in the guide.")
    heading = models.CharField(max_length=200, help_text="As the guide prints it.")
    place_on_home = models.CharField(
        "place on the first page",
        max_length=10,
        choices=PlaceOnHome.choices,
        blank=True,
        help_text="Where the first page quotes it, if it does.",
    )

    objects: ClassVar[ChapterManager] = ChapterManager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["place_on_home"],
                condition=~models.Q(place_on_home=""),
                name="one_chapter_per_place_on_home",
                violation_error_message="Another chapter has this place on the first page.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading
