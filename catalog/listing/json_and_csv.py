"""JSON and CSV of all certifications that a query selects."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from catalog.certification_rows import certification_of, certification_rows, texts_below
from catalog.editorial.drafts import published
from catalog.editorial.spreadsheets import MARK, csv_cell
from catalog.listing.facet_index import LIMITS
from catalog.listing.list_page import Listing
from catalog.listing.list_query import ListQuery
from catalog.models import Alias, Certification, Exam, Statement, Succession

CSV_HEADERS = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="certifications.csv"',
}
COLUMNS = (
    *("slug", "name", "provider", "tier", "rated", "one_of", "aliases", "kind", "platform"),
    *("status", "closes_on", "successors"),
    *("cost_amount", "cost_currency", "cost_period", "cost_total_usd"),
    *("months_min", "months_max", "prerequisites", "checked_on", "url"),
)


def list_as_json(listing: Listing) -> dict[str, Any]:
    """The content of `/certifications.json`."""
    return {
        "content_version": listing.index.version,
        "as_of": listing.index.day.isoformat(),
        "count": listing.count,
        "filters": _filters(listing.query),
        "certifications": list(_certifications(listing)),
    }


class _Below(NamedTuple):
    """The texts of the rows below certifications, by the primary key of the certification."""

    aliases: Mapping[int, list[str]]
    exam_codes: Mapping[int, list[str]]
    successors: Mapping[int, list[str]]
    prerequisites: Mapping[int, list[str]]


def _certifications(listing: Listing) -> Iterator[dict[str, Any]]:
    """Yield the certifications of a list as JSON; drafts are left out.

    They are made of rows, for instances of thousands with theirs below would fill the memory.
    """
    rows = {row.id: row for row in certification_rows()}
    prerequisites = Statement.objects.filter(section=Statement.Section.PREREQUISITE)
    below = _Below(
        texts_below(Alias.objects.order_by("name"), "name"),
        texts_below(Exam.objects.exclude(code="").order_by("order"), "code"),
        texts_below(Succession.objects.published().order_by("order"), "successor__slug"),
        texts_below(published(prerequisites).order_by("order"), "text"),
    )
    for key in listing.keys:
        if key in rows:
            yield _as_json(certification_of(rows[key]), below, today=listing.index.day)


def _as_json(certification: Certification, below: _Below, *, today: date) -> dict[str, Any]:
    """A certification as JSON; an unknown value is null."""
    key = certification.pk
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    return {
        "slug": certification.slug,
        "name": certification.name,
        "provider": certification.provider.slug if certification.provider else None,
        "tier": certification.judged_tier.slug if certification.judged_tier else None,
        "rated": certification.rated.value if certification.rated else None,
        "one_of": certification.one_of.slug if certification.one_of else None,
        "aliases": list(dict.fromkeys([*below.aliases[key], *below.exam_codes[key]])),
        "kind": certification.kind,
        "platform": certification.platform or None,
        "status": certification.status_on(today).value,
        "closes_on": _day(lifecycle.closes_on if lifecycle else None),
        "successors": below.successors[key],
        "cost": {
            "amount": _number(price.amount if price else None),
            "currency": price.currency or None if price else None,
            "period": price.period or None if price else None,
            "total_usd": _number(certification.total_usd),
        },
        "months": {"min": certification.months_min, "max": certification.months_max},
        "prerequisites": below.prerequisites[key],
        "checked_on": _day(certification.checked_on),
        "url": certification.get_absolute_url(),
    }


def list_as_csv(listing: Listing, *, site: str) -> str:
    """One row a certification under a header row, as spreadsheet programs open it rightly.

    `site` goes in front of the addresses; no cell starts like a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _certifications(listing):
        cost, months = row.pop("cost"), row.pop("months")
        row |= {f"cost_{key}": value for key, value in cost.items()}
        row["url"] = f"{site}{row['url']}"
        row |= {f"months_{key}": value for key, value in months.items()}
        writer.writerow(csv_cell(row[column]) for column in COLUMNS)
    return MARK + out.getvalue()


def _filters(query: ListQuery) -> dict[str, Any]:
    return {
        name: values[0] if name in ("q", "sort", "as_of") else _amounts(name, values)
        for name, values in query.values.items()
        if name != "page"
    }


def _amounts(name: str, values: tuple[str, ...]) -> object:
    if name not in LIMITS:
        return list(values)
    numbers = [_number(Decimal(value)) if value[0].isdecimal() else value for value in values]
    return numbers[0] if len(numbers) == 1 else numbers


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
