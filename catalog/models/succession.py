"""Successions: the certifications that follow another."""

from django.db import models

from catalog.models.certification import Certification
from catalog.models.sources import OrderedFact


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
