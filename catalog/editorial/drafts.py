"""Draft and published: which rows readers see."""

from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q

Row = TypeVar("Row", bound=models.Model)

PUBLISH = "catalog.publish_content"  # the permission; what others save stays a draft


def published(rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The rows that readers see: none is a draft, and none stands under one."""
    # A row without a parent of this kind is not below a draft: a negated Q minds the nulls.
    return rows.filter(~hidden(rows.model))


def hidden(model: type[models.Model], *, by_itself: bool = True) -> Q:
    """The condition that a row or version is a draft or stands under one; or only the latter."""
    flags: tuple[str, ...] = getattr(model, "draft_flags", ())
    counted = (flag for flag in flags if by_itself or flag != "is_draft")
    return Q(*((flag, True) for flag in counted), _connector=Q.OR)


def below(model: str, path: str, *, drafts: bool) -> Prefetch[Any]:
    """A prefetch of a model's rows below a row: those that readers see, or drafts as well."""
    rows = apps.get_model(model)._default_manager.all()
    return Prefetch(path, rows if drafts else published(rows))
