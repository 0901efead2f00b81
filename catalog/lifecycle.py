"""The lifecycle of a certification: what its reported state and dates mean on a given day."""

from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """The states of a certification, by whether a learner can still obtain it."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    UNKNOWN = "unknown"

    @property
    def is_ending(self) -> bool:
        """True if it has closed or is known to close."""
        return self in (Status.CLOSED, Status.CLOSING)


def status_on(
    today: date,
    *,
    reported: str,
    sales_end_on: date | None,
    closes_on: date | None,
    opens_on: date | None = None,
) -> Status:
    """The status on a day.

    `opens_on` is the first day on which it can be obtained, `sales_end_on` the first on which it
    can't be bought any more, `closes_on` the last on which it can be obtained; each of them closes
    it, whatever was reported.
    """
    is_over = (sales_end_on is not None and sales_end_on <= today) or (
        closes_on is not None and closes_on < today
    )
    if is_over or is_ahead(opens_on, today) or reported == Status.CLOSED:
        return Status.CLOSED
    if sales_end_on is not None or closes_on is not None:
        return Status.CLOSING
    return Status(reported)


def is_ahead(day: date | None, today: date) -> bool:
    """True if a day is known and still to come."""
    return day is not None and day > today
