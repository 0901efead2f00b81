"""Rows that are found, in fixtures and exports, by a key that people can read."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

PARKING = 10_000  # added to the order number of a parked row

Row = TypeVar("Row", bound="KeyedModel")


class KeyedManager(models.Manager[Row]):
    """Finds a row by its natural key."""

    def get_by_natural_key(self, *key: str | int | None) -> Row:
        """Return the row whose `natural_key` is `key`; raises DoesNotExist."""
        return self.get(**dict(zip(self.model.key_fields, key, strict=True)))

    def park(self, keys: Iterable[int]) -> None:
        """Free the order numbers of the rows with these primary keys until they are saved.

        A list is renumbered one row at a time, and no two rows may share a number meanwhile.
        """
        rows: Any = self.filter(pk__in=keys)
        rows.update(order=models.F("order") + PARKING)


class KeyedModel(models.Model):
    """A row with a natural key: the values of `key_fields`, look-ups as in a query."""

    key_fields: ClassVar[tuple[str, ...]] = ("slug",)

    objects: ClassVar[KeyedManager[Self]] = KeyedManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str | int | None, ...]:
        """The values of `key_fields`, following relations."""
        return tuple(_follow(self, path) for path in self.key_fields)


def _follow(row: models.Model, path: str) -> str | int | None:
    value: object = row
    for name in path.split("__"):
        value = getattr(value, name) if value is not None else None
    return value if value is None or isinstance(value, int) else str(value)
