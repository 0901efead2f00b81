"""All published certifications as rows of plain values, which an edit leaves equal but for a few.

Instances of thousands would take most of the first page after an edit: they are made of the rows
that are new, and what is made of them is kept by the values of the row.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet

from catalog.models import Certification

MOST_KEPT = 20_000  # rows of which something is kept in memory

Row = Any  # a named tuple of the fields below; that of a lifecycle's key is `lifecycle__id`

# The fields of a certification and of what belongs to it, by the path in a query: a path comes
# after the one that it continues, and fields in the order of their model. The first is the key:
# where it is None, there is nothing.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "": (
        *("id", "slug", "name", "kind", "tier_id", "provider_id", "platform"),
        *("months_min", "months_max"),
    ),
    "tier": ("id", "slug", "order"),
    "provider": ("id", "slug"),
    "lifecycle": (
        *("id", "confidence", "checked_on", "reported", "opens_on", "sales_end_on", "closes_on"),
        *("validity", "valid_years"),
    ),
    "price": ("id", "confidence", "checked_on", "amount", "currency", "period", "free_with_id"),
    "price__free_with": ("id", "slug"),
    "membership": ("id", "category_id", "argues_when"),
    "membership__category": ("id", "is_draft", "slug", "name", "tier_id"),
    "membership__category__tier": ("id", "slug", "order"),
}


def certification_rows() -> list[Row]:
    """The rows of the published certifications, in the guide's order."""
    columns = [f"{path}__{name}".lstrip("_") for path, names in FIELDS.items() for name in names]
    return list(Certification.objects.in_guide_order().values_list(*columns, named=True))


def certification_of(row: Row) -> Certification:
    """The certification of a row, with what belongs to it; other fields are loaded when used."""
    values = iter(row)
    own = FIELDS[""]
    certification = Certification.from_db(DEFAULT_DB_ALIAS, own, list(islice(values, len(own))))
    parts: dict[str, Model | None] = {"": certification}
    for path, names in FIELDS.items():
        if path:
            parts[path] = _part_at(path, parts, names, list(islice(values, len(names))))
    return certification


def _part_at(
    path: str, parts: Mapping[str, Model | None], names: tuple[str, ...], values: list[Any]
) -> Model | None:
    """Make a part of a certification, and say to the part above that it has it, or has none."""
    above, _, name = path.rpartition("__")
    owner = parts[above]
    if owner is None:
        return None
    relation: Any = owner._meta.get_field(name)
    key = values[0]
    part = None if key is None else relation.related_model.from_db(DEFAULT_DB_ALIAS, names, values)
    relation.set_cached_value(owner, part)
    return part


def texts_below(
    rows: QuerySet[Any], column: str, *, above: str = "certification_id"
) -> Mapping[int, list[str]]:
    """The values of a column by the key of the row above, in the order of the rows."""
    texts: dict[int, list[str]] = defaultdict(list)
    for key, text in rows.values_list(above, column):
        texts[key].append(text)
    return texts
