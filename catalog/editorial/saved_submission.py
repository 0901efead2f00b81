"""Submissions that were saved: a second click on Save is answered with what the first one saved."""

from datetime import datetime, timedelta

from django.db import models

KEPT = timedelta(days=1)


class SavedSubmission(models.Model):
    """A submission that was saved, by its digest, and the address that it led to."""

    digest = models.CharField(max_length=64, primary_key=True)
    url = models.CharField(max_length=2000)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.url


def url_saved_by(digest: str) -> str | None:
    """The address that an equal submission led to; None if there was none."""
    return SavedSubmission.objects.filter(pk=digest).values_list("url", flat=True).first()


def remember_submission(digest: str, *, url: str, at: datetime) -> None:
    """Remember a saved submission for a day."""
    SavedSubmission.objects.filter(saved_at__lt=at - KEPT).delete()
    SavedSubmission.objects.update_or_create(pk=digest, defaults={"url": url, "saved_at": at})
