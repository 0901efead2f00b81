"""Digests of the shipped rows, by which an editor's change is told from an old version."""

from django.db import models


class ShippedRow(models.Model):
    """One row of the content that we wrote; an editor changed it if it differs from `saved`."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    saved = models.CharField(max_length=64, help_text="Digest of the row as the database kept it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="shipped_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
