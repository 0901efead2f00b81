"""JSON and CSV of all certifications that a query selects."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.editorial.spreadsheets import MARK, csv_cell
from catalog.listing.facet_index import LIMITS
from catalog.listing.list_page import Listing
from catalog.listing.list_query import ListQuery
from catalog.models import Certification, Statement

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


def list_as_json(
    listing: Listing, certifications: Iterable[Certification], *, today: date
) -> dict[str, Any]:
    """The content of `/certifications.json`."""
    return {
        "content_version": listing.index.version,
        "as_of": today.isoformat(),
        "count": listing.count,
        "filters": _filters(listing.query),
        "certifications": [
            certification_as_json(certification, today=today) for certification in certifications
        ],
    }


def certification_as_json(certification: Certification, *, today: date) -> dict[str, Any]:
    """A certification as JSON; an unknown value is null."""
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    return {
        "slug": certification.slug,
        "name": certification.name,
        "provider": certification.provider.slug if certification.provider else None,
        "tier": certification.judged_tier.slug if certification.judged_tier else None,
        "rated": certification.rated.value if certification.rated else None,
        "one_of": certification.one_of.slug if certification.one_of else None,
        "aliases": certification.other_names,
        "kind": certification.kind,
        "platform": certification.platform or None,
        "status": certification.status_on(today).value,
        "closes_on": _day(lifecycle.closes_on if lifecycle else None),
        "successors": [succession.successor.slug for succession in certification.successions.all()],
        "cost": {
            "amount": _number(price.amount if price else None),
            "currency": price.currency or None if price else None,
            "period": price.period or None if price else None,
            "total_usd": _number(certification.total_usd),
        },
        "months": {"min": certification.months_min, "max": certification.months_max},
        "prerequisites": certification.sentences_in(Statement.Section.PREREQUISITE),
        "checked_on": _day(certification.checked_on),
        "url": certification.get_absolute_url(),
    }


def list_as_csv(certifications: Iterable[Certification], *, today: date, site: str) -> str:
    """One row a certification under a header row, as spreadsheet programs open it rightly.

    `site` goes in front of the addresses; no cell starts like a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for certification in certifications:
        row = certification_as_json(certification, today=today)
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
