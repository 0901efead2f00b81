"""Rows that the database itself refuses, whoever writes them."""

import pytest
from django.db import IntegrityError, transaction

from catalog.editorial.rows import ContentRow


def refuses(row: ContentRow, constraint: str) -> None:
    """Assert that a row breaks a constraint, by its name."""
    with transaction.atomic(), pytest.raises(IntegrityError, match=constraint):
        row.save()
