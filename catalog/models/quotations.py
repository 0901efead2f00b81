"""Quotations: where our own pages show a sentence of the guide beside facts."""

from typing import ClassVar

from django.db import models

from catalog.editorial.rows import ContentManager, ContentRow
from catalog.models.statement import Statement


class QuotationManager(ContentManager["Quotation"]):
    """Quotations by natural key and by place."""

    def by_place(self) -> dict[str, Statement]:
        """Return the statement for each place that has one, as readers see them."""
        rows = self.published().select_related("statement__chapter", "statement__certification")
        return {row.place: row.statement for row in rows}


class Quotation(ContentRow):
    """One sentence of the guide in one place of an entry's page."""

    class Place(models.TextChoices):
        """The place on the page: the guide's five criteria, and what is said to who holds one."""

        DEPTH = "depth", "above what it requires and how it is assessed"
        RIGOR = "rigor", "above how hard it is to get by cramming"
        INDEPENDENCE = "independence", "above whose products it is about"
        RECOGNITION = "recognition", "above who recognises it"
        SIGNAL = "signal", "above what having it says"
        HOLDING = "holding", "for who holds it: of showing it"

    CRITERIA = (Place.DEPTH, Place.RIGOR, Place.INDEPENDENCE, Place.RECOGNITION, Place.SIGNAL)

    key_fields = ("place",)
    draft_flags = ("statement__is_draft", "statement__certification__is_draft")

    place = models.CharField(max_length=12, unique=True, choices=Place.choices)
    statement = models.ForeignKey(
        Statement,
        on_delete=models.CASCADE,
        related_name="quotations",
        help_text="The sentence of the guide to show there.",
    )

    objects: ClassVar[QuotationManager] = QuotationManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_place_display()
