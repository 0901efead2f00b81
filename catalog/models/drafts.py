"""Draft and published: which rows readers see."""

from typing import Any, ClassVar, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q

Row = TypeVar("Row", bound=models.Model)

PUBLISH = "catalog.publish_content"  # the permission; what others save stays a draft


class Draftable(models.Model):
    """A row that can be a draft: only those who edit the site see it then."""

    draft_flags: ClassVar[tuple[str, ...]] = ("is_draft",)

    is_draft = models.BooleanField(
        "draft",
        default=False,
        help_text="Readers see neither a draft nor what stands under it.",
    )

    class Meta:
        abstract = True


def published(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Those of the rows that readers see: none is a draft, and none stands under one."""
    flags: tuple[str, ...] = getattr(rows.model, "draft_flags", ())
    # A row without a parent of this kind is not below a draft: exclude() minds the nulls.
    hidden = Q(*((flag, True) for flag in flags), _connector=Q.OR)
    return rows.exclude(hidden) if flags else rows


def below(model: str, path: str, *, drafts: bool) -> Prefetch[Any]:
    """A prefetch of what stands below a row, as readers see it or, in a preview, with drafts."""
    rows = apps.get_model("catalog", model)._default_manager.all()  # noqa: SLF001 - public API
    return Prefetch(path, rows if drafts else published(rows))
