"""What the server needs before it can serve: a database, its tables, the content."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from catalog.models import Guide


def what_is_missing() -> list[str]:
    """Of "database", "migrations" and "content", the first that is missing; empty when ready."""
    try:
        if has_pending_migrations():
            return ["migrations"]
        if not Guide.objects.exists():
            return ["content"]
    except DatabaseError:
        return ["database"]
    return []


def has_pending_migrations() -> bool:
    """Whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
