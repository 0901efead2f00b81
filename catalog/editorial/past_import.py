"""Imports that were done: who brought in which file, and the edit that it was."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from catalog.editorial.edit_tokens import token_at


class PastImport(models.Model):
    """An import, by the moment of the edit that wrote its rows."""

    at = models.DateTimeField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    words = models.CharField(max_length=200)  # of the plan: how many rows were added and changed

    class Meta:
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.at:%-d %B %Y, %H:%M} UTC"

    @property
    def token(self) -> str:
        """The token of the version that the import left."""
        return token_at(self.at)


def remember_import(at: datetime, *, file_name: str, words: str, by: Any = None) -> None:
    """Remember an import that was done; a command has no user."""
    PastImport.objects.create(at=at, by=by, file_name=file_name[:200], words=words)
