"""Sources by what people have at hand: a name, a slug, or a pasted address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import slugify

from catalog.models import Source


def source_of(text: str) -> Source:
    """The source that a text names; a new one, not saved, for an address that none has."""
    for lookup in ("slug", "name__iexact", "url"):
        found = Source.objects.filter(**{lookup: text}).first()
        if found:
            return found
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        words = f"There is no source “{text}”: choose one by name, or paste its whole address."
        raise ValidationError(words) from None
    name = name_from(text)
    return Source(slug=free_slug(Source, name), name=name, url=text)


def name_from(url: str) -> str:
    """A name for the source at an address, e.g. “example.org/exams”."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")[:200]


def free_slug(model: type[models.Model], text: str) -> str:
    """A slug made of a text that no row of the model has."""
    field: Any = model._meta.get_field("slug")
    words = slugify(text.translate({ord("/"): "-", ord("."): "-"}))
    stem = words[: field.max_length - 4].strip("-") or str(model._meta.model_name)
    rows: Any = model._default_manager
    taken = {*rows.filter(slug__startswith=stem).values_list("slug", flat=True)}
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
