"""Shipped content for tests: records as in a fixture, and what loading them did."""

from typing import Any

from django.apps import apps

from catalog.editorial.content_version import content_version
from catalog.editorial.fixture_loader import (
    LoadReport,
)
from catalog.editorial.records import Record
from catalog.editorial.rows import ContentRow


def shipped(label: str, /, **fields: Any) -> Record:
    model = apps.get_model(label)
    assert issubclass(model, ContentRow)
    return Record(model, fields)


def counts(report: LoadReport) -> dict[str, int]:
    return {str(action): count for action, count in report.counts.items() if count}


def version() -> str:
    return content_version()
