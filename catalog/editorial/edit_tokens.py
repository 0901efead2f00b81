"""Tokens in pages and addresses, each for the moment of an edit and the content as it was then.

Every page that leads to a write carries one, made before it read what it shows. A row is still what
the page showed if its history has nothing newer.
"""

import re
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from catalog.editorial.content_version import last_edit_at

FIELD = "_version"  # its name in a form
TICK = timedelta(microseconds=1)  # what both databases tell apart
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOKEN = re.compile(r"[0-9]{1,17}")


def token_at(moment: datetime) -> str:
    return str((moment - EPOCH) // TICK)


def token_of_now() -> str:
    """The token of the content as it stands.

    To be taken before the rows are read: then a change in between is found, not missed.
    """
    return token_at(last_edit_at() or timezone.now())


def moment_of(token: str) -> datetime | None:
    """The moment that a token stands for; None if it is no token."""
    return EPOCH + int(token) * TICK if TOKEN.fullmatch(token) else None
