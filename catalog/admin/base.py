"""What every form of content in the admin has in common."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db import models

from catalog.models.keyed import KeyedModel

Content = TypeVar("Content", bound=KeyedModel)

# An address typed without its scheme is an https one.
HTTPS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.URLField: {"assume_scheme": "https"}
}


class ContentAdmin(admin.ModelAdmin[Content]):
    """The form of one row of content, with its inlines."""

    formfield_overrides = HTTPS
