"""Tokens in pages and addresses, each for the moment of an edit and the content as it was then."""

import re
from datetime import UTC, datetime, timedelta

TICK = timedelta(microseconds=1)  # what both databases tell apart
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOKEN = re.compile(r"[0-9]{1,17}")


def token_at(moment: datetime) -> str:
    """The token of the content as it was at a moment."""
    return str((moment - EPOCH) // TICK)


def moment_of(token: str) -> datetime | None:
    """The moment that a token stands for; None if it is no token."""
    return EPOCH + int(token) * TICK if TOKEN.fullmatch(token) else None
