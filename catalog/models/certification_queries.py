"""Named queries over certifications: what readers see, its order, and what a page loads with it."""

from __future__ import annotations

from typing import Self, cast

from django.db import models
from django.db.models.functions import Coalesce

from catalog.editorial import drafts
from catalog.editorial.drafts import below
from catalog.models.review_queries import ReviewQuerySet, Row

# The facts under the guide's criteria, and those of who holds one: at most one of each.
CRITERIA = ("assessment", "requirement", "independence", "workload", "renewal")


class CertificationQuerySet(ReviewQuerySet[Row]):
    """The named queries of the catalogue's pages, and those of the review queue."""

    def published(self) -> Self:
        """The certifications that readers see."""
        return cast(Self, drafts.published(self))

    def in_guide_order(self) -> Self:
        """The published certifications, strongest signal first, as in the guide.

        In a tier, first what the guide names, then what it judges by its kind. Unrated
        certifications come last.
        """
        by_kind = "membership__category__tier__order"
        return self.published().order_by(
            Coalesce("tier__order", by_kind).asc(nulls_last=True),
            models.F("tier__order").asc(nulls_last=True),
            "order",
            "name",
        )

    def rated(self) -> Self:
        """The certifications that the guide gives a tier by name."""
        return self.filter(tier__isnull=False)

    def with_card(self) -> Self:
        """Load everything that a card shows as well, in a constant number of queries."""
        return self.select_related(
            "tier", "provider", "lifecycle", "price", "membership__category__tier"
        ).prefetch_related("exams")

    def with_facts(self, *, drafts: bool = False) -> Self:
        """Load every fact with its sources, and every statement with its corrections, as well.

        Only the rows that readers see; with `drafts`, for a preview, all.
        """
        certifications = self if drafts else self.published()
        return (
            certifications.with_card()
            .select_related("price__free_with", *CRITERIA)
            .prefetch_related(
                "aliases",
                "lifecycle__sources",
                "price__sources",
                "membership__sources",
                below("catalog.Statement", "membership__category__statements", drafts=drafts),
                *(f"{name}__sources" for name in CRITERIA),
                "recognitions__sources",
                "exams__sources",
                "expectations__sources",
                below("catalog.Succession", "successions", drafts=drafts),
                "successions__sources",
                "successions__successor__tier",
                below("catalog.Succession", "predecessions", drafts=drafts),
                "predecessions__certification",
                below("catalog.Statement", "statements", drafts=drafts),
                below("catalog.Correction", "statements__corrections", drafts=drafts),
                "statements__corrections__sources",
            )
        )
