"""Read marks: up to which edit somebody has read the page of changes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReadMark(models.Model):
    """The moment of the last edit that an editor has marked as read."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%-d %B %Y, %H:%M} UTC"


def read_until(user: Any) -> datetime:
    """The moment up to which a user has read the changes; at first, that of the new account."""
    mark = ReadMark.objects.filter(user=user).first()
    at: datetime = mark.at if mark else user.date_joined
    return at


def mark_read(user: Any, at: datetime) -> None:
    """Remember that a user has read the changes up to a moment; an earlier one changes nothing."""
    if at > read_until(user):
        ReadMark.objects.update_or_create(user=user, defaults={"at": at})


def unread_by(user: Any) -> Q:
    """The condition that a version was made by others, and after what a user has read."""
    return Q(history_date__gt=read_until(user)) & ~Q(history_user=user)
