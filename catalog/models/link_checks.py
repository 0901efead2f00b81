"""What became of the addresses in the content when they were last followed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

# They answer so to whatever is not a browser: no sign that the page is gone.
TURNED_AWAY = (401, 403, 429)


class LinkCheckManager(models.Manager["LinkCheck"]):
    """Checks by what came of them."""

    def broken(self) -> "models.QuerySet[LinkCheck]":
        """Those that no reader could follow."""
        failed = Q(status__gte=400) & ~Q(status__in=TURNED_AWAY)
        return self.filter(Q(status=None) | failed).order_by("url")


class LinkCheck(models.Model):
    """The last visit to one address; no content, so without history."""

    url = models.URLField(max_length=300, unique=True)
    checked_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, help_text="Empty: no answer.")
    error = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LinkCheckManager] = LinkCheckManager()

    def __str__(self) -> str:
        return f"{self.url}: {self.error or self.status}"
