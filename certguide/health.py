"""Health: whether a database, its tables and the content are there to serve."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from advisor.models import Rule
from catalog.models import ContentVersion, Guide


def what_is_missing() -> list[str]:
    """The first missing one of "database", "migrations", "content" and "rules", or nothing.

    The rules are there when the last one always applies: no answer sheet is without a verdict.
    """
    try:
        if has_pending_migrations():
            return ["migrations"]
        if not (Guide.objects.exists() and ContentVersion.objects.exists()):
            return ["content"]
        last_rule = Rule.objects.published().last()
    except Error:
        return ["database"]
    return [] if last_rule and not last_rule.condition else ["rules"]


def has_pending_migrations() -> bool:
    return bool(_migrations_of_code() - set(MigrationRecorder(connection).applied_migrations()))


@cache
def _migrations_of_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
