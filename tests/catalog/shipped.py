"""Shipped content for tests: entries as in a fixture, and what loading them did."""

from typing import Any

from django.apps import apps

from catalog.editorial.fixture_loader import (
    Report,
)
from catalog.editorial.records import Incoming
from catalog.editorial.rows import KeyedModel
from catalog.models import (
    Guide,
)


def shipped(label: str, /, **fields: Any) -> Incoming:  # noqa: ANN401 - any field
    model = apps.get_model(label)
    assert issubclass(model, KeyedModel)
    return Incoming(model, fields)


def counts(report: Report) -> dict[str, int]:
    return {str(action): count for action, count in report.counts.items() if count}


def version() -> str:
    return Guide.objects.get().content_version
