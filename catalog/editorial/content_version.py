"""The version of the content that readers see: one row, renewed with every edit."""

import secrets
from datetime import datetime

from django.db import connection, models
from django.utils import timezone


class ContentVersion(models.Model):
    """The name of the content as it stands, and the moment of its last edit.

    There is at most one row; none before the first content is written.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=32, editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        permissions = [("publish_content", "Can publish drafts and change what is published")]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="content_version_is_one_row"),
        ]

    def __str__(self) -> str:
        return self.name


def content_version() -> str:
    """The name of the content as it stands; raises ContentVersion.DoesNotExist if there is none."""
    # Past the ORM: a tenth of its time, and every page asks.
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM catalog_contentversion")
        row = cursor.fetchone()
    if row is None:
        raise ContentVersion.DoesNotExist
    return str(row[0])


def last_edit_at() -> datetime | None:
    """The moment of the last edit of the content; None if there was none."""
    return ContentVersion.objects.values_list("changed_at", flat=True).first()


def renew_content_version(at: datetime) -> None:
    """Give the content, which was edited at a moment, a name that it has never had."""
    name = f"{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"
    new = {"name": name, "changed_at": at}
    if not ContentVersion.objects.update(**new):
        ContentVersion.objects.create(**new)
