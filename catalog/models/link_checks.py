"""Link checks: the result of the last visit to each address in the content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

GONE = (404, 410)  # other errors may be for programs only, or be over tomorrow


class LinkCheckManager(models.Manager["LinkCheck"]):
    """Checks by their result."""

    def broken(self) -> "models.QuerySet[LinkCheck]":
        """Checks of addresses that no reader could follow."""
        no_answer = Q(status=None, is_unclear=False)
        return self.filter(Q(status__in=GONE) | no_answer).order_by("url")

    def unclear(self) -> "models.QuerySet[LinkCheck]":
        """Checks that could not tell: the server refused a program, was slow, or broke off."""
        refused = Q(status__gte=400) & ~Q(status__in=GONE)
        return self.filter(refused | Q(is_unclear=True)).order_by("url")


class LinkCheck(models.Model):
    """The last visit to one address; no content, so without history."""

    url = models.URLField(max_length=300, unique=True)
    checked_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, help_text="Empty: no answer.")
    error = models.CharField(max_length=200, blank=True)
    is_unclear = models.BooleanField(
        default=False, help_text="The server was slow or broke off: the page may be there."
    )

    objects: ClassVar[LinkCheckManager] = LinkCheckManager()

    def __str__(self) -> str:
        return f"{self.url}: {self.error or self.status}"
