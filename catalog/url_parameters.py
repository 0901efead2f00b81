"""Parameters of a URL: the problem that one can have, and the past day of a shared link."""

from dataclasses import dataclass
from datetime import date

AS_OF = "as_of"  # the parameter with the day on which a link was shared
PAST_DAY_EXPECTED = "Give a day that is not in the future, such as 2026-11-23."


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that can't be understood, and why; an empty value means the parameter itself."""

    parameter: str
    value: str
    reason: str


def read_past_day(text: str, *, today: date) -> date | None:
    """The day that is written as in 2026-11-23; None if it is no such day or in the future."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # 20261123 and 2026-W48-1 are ISO too, but each list has one URL.
    return day if day.isoformat() == text and day <= today else None
