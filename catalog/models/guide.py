"""The guide as a whole: its title, its chapters, and the version of the content."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import connection, models
from django.utils import timezone

from catalog.editorial.drafts import below
from catalog.editorial.rows import ContentManager, ContentRow


def new_content_version() -> str:
    """A name that no earlier state of any content has had, starting with the day."""
    return f"{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"


class Guide(ContentRow):
    """The one guide; there is exactly one row."""

    key_fields = ("id",)

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    title = models.CharField(max_length=200, help_text="As printed at the top of the guide.")
    content_version = models.CharField(max_length=32, default=new_content_version, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "guide"
        permissions = [("publish_content", "Can publish drafts and change what is published")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="guide_is_one_row",
                violation_error_message="There is one guide, and it is row 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def content_version() -> str:
    """The version of the content as it stands; raises Guide.DoesNotExist if none is loaded."""
    # Past the ORM: a tenth of its time, and every page asks.
    with connection.cursor() as cursor:
        cursor.execute("SELECT content_version FROM catalog_guide")
        row = cursor.fetchone()
    if row is None:
        raise Guide.DoesNotExist
    return str(row[0])


class ChapterManager(ContentManager["Chapter"]):
    """Chapters by natural key, and the questions that the site asks of them."""

    def with_statements(self, *, drafts: bool = False) -> models.QuerySet[Chapter]:
        """All chapters with their sentences as readers see them, or with drafts."""
        return self.prefetch_related(
            below("Statement", "statements", drafts=drafts),
            below("Correction", "statements__corrections", drafts=drafts),
            "statements__corrections__sources",
            "tiers",
        )


class Chapter(ContentRow):
    """One essay part of the guide."""

    class PlaceOnHome(models.TextChoices):
        """What the first page takes from a chapter."""

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
