"""Content rows: found by a key that people can read, each with its history."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain, count
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.safestring import SafeString
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from catalog.editorial import drafts
from catalog.editorial.normalized_text import normalized
from catalog.text_folding import look_of, word_of_two_scripts

HIGHEST = 32_767  # the largest small integer that PostgreSQL can keep
TOO_LARGE = f"Give a number up to {HIGHEST:,}."
PARKED = 30_000  # no list is so long
YEARS = range(1950, 3000)  # of the days of content: others are slips, and can't be counted on
TAKEN = "taken"  # the code of an error: another row has the name

Row = TypeVar("Row", bound="ContentRow")


class ContentManager(models.Manager[Row]):
    """Finds a row by its natural key."""

    def get_by_natural_key(self, *key: str | int | None) -> Row:
        """Return the row whose `natural_key` is `key`; raises DoesNotExist."""
        return self.get(**dict(zip(self.model.key_fields, key, strict=True)))

    def published(self) -> models.QuerySet[Row]:
        return drafts.published(self.all())

    def park(self, keys: Iterable[int]) -> None:
        """Free the order numbers of the rows with these primary keys until they are saved.

        A list is renumbered one row at a time, and no two rows may share a number meanwhile.
        """
        rows: Any = self.all()
        taken = set(rows.values_list("order", flat=True))
        free = (number for number in count(HIGHEST, -1) if number not in taken)
        for key, number in zip(keys, free, strict=False):
            rows.filter(pk=key).update(order=number)

    def unpark(self, key: int, order: int) -> None:
        """Give a row that is parked still the free order number nearest to this one."""
        rows: Any = self.filter(pk=key, order__gt=PARKED)
        near = (order + sign * steps for steps in range(PARKED) for sign in (-1, 1))
        while rows.exists():
            with suppress(IntegrityError), transaction.atomic():
                rows.update(order=next(number for number in near if number >= 0))


class VersionManager(HistoryManager):  # type: ignore[misc]
    """Finds the versions of a row."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]]) -> type[models.Manager[Any]]:
        """The class of the manager, which the history would make anew whenever it is looked at."""
        made: type[models.Manager[Any]] = super().from_queryset(queryset_class)
        return made


class ContentHistory(HistoricalRecords):  # type: ignore[misc]
    """Remembers every version of a row, links to other rows included, with who made it."""

    def get_m2m_fields_from_model(self, model: type[models.Model]) -> list[Any]:
        return list(model._meta.local_many_to_many)

    def post_save(self, instance: models.Model, *, created: bool, **kwargs: Any) -> None:
        """Remember a row; one that `loadguide` or an import wrote (“raw”) is a version too."""
        super().post_save(instance, created, **{**kwargs, "raw": False})

    def m2m_changed(self, instance: models.Model, **kwargs: Any) -> None:
        """Remember the row that has the link, also when it was linked from the other side."""
        if not kwargs["reverse"]:
            super().m2m_changed(instance, **kwargs)
            return
        for row in kwargs["model"].objects.filter(pk__in=kwargs["pk_set"] or ()):
            super().m2m_changed(row, **kwargs)


class ContentRow(models.Model):
    """A row with a natural key: the values of `key_fields`, look-ups as in a query.

    It is hidden from readers where one of `draft_flags` is set: its own, or that of what it is of.
    """

    key_fields: ClassVar[tuple[str, ...]] = ("slug",)
    draft_flags: ClassVar[tuple[str, ...]] = ()
    # What authors may do to drafts of it; empty for what its place among drafts says.
    author_may: ClassVar[tuple[str, ...]] = ()
    reserved_keys: ClassVar[tuple[str, ...]] = ()  # words that addresses use for something else
    later_fields: ClassVar[tuple[str, ...]] = ()  # that rows of an earlier release did not have

    objects: ClassVar[ContentManager[Self]] = ContentManager()
    history: ClassVar[Any] = ContentHistory(inherit=True, history_manager=VersionManager)

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Normalise every value before it is validated, whichever way it came in."""
        fields = [field for field in self._meta.fields if field.name not in (exclude or ())]
        for field in fields:
            setattr(self, field.attname, normalized_value(field, getattr(self, field.attname)))
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            for found in chain.from_iterable(error.error_dict.values()):
                if found.code == "invalid" and "pk" in (found.params or {}):
                    found.message = "This row can’t be chosen here."  # nobody knows its number
                elif found.code == "max_value":  # the databases have limits of their own
                    found.message = TOO_LARGE
            raise
        for field in fields:  # SQLite would take larger ones, and PostgreSQL not take them over
            number = getattr(self, field.attname)
            if isinstance(field, models.PositiveSmallIntegerField) and (number or 0) > HIGHEST:
                raise ValidationError({field.name: TOO_LARGE})

    def clean(self) -> None:
        super().clean()
        self.refuse_names_of_others()
        self._refuse_words_of_two_scripts()
        for field in self._meta.fields:
            day = getattr(self, field.attname)
            if isinstance(day, date) and day.year not in YEARS:
                words = f"Is the year {day.year} right? It is from {YEARS[0]} to {YEARS[-1]}."
                raise ValidationError({field.name: words})
        name = self.key_fields[-1]
        if getattr(self, name, None) in self.reserved_keys:
            words = "The site uses this word itself in addresses: choose another."
            raise ValidationError({name: words})

    def refuse_names_of_others(self) -> None:
        """Refuse a name that looks like another's; equal ones the column refuses."""
        field: Any = next((f for f in self._meta.fields if f.name == "name"), None)
        name = getattr(self, "name", None)
        if not name or not field.unique:
            return
        rows: Any = type(self)._default_manager.exclude(pk=self.pk)
        look = look_of(name)
        for other in rows.exclude(name=name).values_list("name", flat=True):
            if look_of(other) == look:
                words = f"It looks like “{other}”, another’s name: choose another name."
                raise ValidationError({"name": ValidationError(words, code=TAKEN)})

    def _refuse_words_of_two_scripts(self) -> None:
        """Refuse a name or an address that nobody finds by what it looks like."""
        for field in self._meta.fields:
            is_address = isinstance(field, models.URLField)
            text = getattr(self, field.attname) if is_address or field.name == "name" else ""
            if word := word_of_two_scripts(text or ""):
                words = f"“{word}” has letters of two scripts that look alike: type the word anew."
                raise ValidationError({field.name: words})

    def natural_key(self) -> tuple[str | int | None, ...]:
        return tuple(_follow(self, path) for path in self.key_fields)

    @cached_property
    def parts(self) -> dict[str, tuple[date, SafeString]]:
        """Parts of pages that show it: by template, the day and the text made for it."""
        return {}

    @property
    def is_published(self) -> bool:
        return not any(_follow(self, path) for path in self.draft_flags)


class Draftable(ContentRow):
    """A row that can be a draft: only those who edit the site see it then."""

    draft_flags: ClassVar[tuple[str, ...]] = ("is_draft",)

    is_draft = models.BooleanField(
        "draft",
        default=False,
        help_text="Readers see neither a draft nor what stands under it.",
    )

    class Meta:
        abstract = True


def normalized_value(field: Any, value: Any) -> Any:
    """The value of a field as it is stored: texts normalised, slugs in small letters, no -0."""
    if isinstance(value, Decimal) and not value:
        return abs(value)
    if not isinstance(value, str) or not isinstance(field, models.CharField | models.TextField):
        return value
    text = normalized(value, is_one_line=isinstance(field, models.CharField))
    return text.lower() if isinstance(field, models.SlugField) else text


def normalized_key(model: type[ContentRow], key: Iterable[Any]) -> tuple[Any, ...]:
    """The values of a natural key as they are stored."""
    pairs = zip(model.key_fields, key, strict=True)
    return tuple(normalized_value(_field_at(model, path), value) for path, value in pairs)


def has_key_types(model: type[ContentRow], key: Iterable[Any]) -> bool:
    """True if each value of a natural key is a text or a whole number, as its column is."""
    fields = (_field_at(model, path) for path in model.key_fields)
    kinds = (str if isinstance(field, models.CharField) else int for field in fields)
    return all(map(isinstance, key, kinds))


def _field_at(model: Any, path: str) -> Any:
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return field


def _follow(row: models.Model, path: str) -> str | int | None:
    value: object = row
    for name in path.split("__"):
        value = getattr(value, name) if value is not None else None
    return value if value is None or isinstance(value, int) else str(value)
