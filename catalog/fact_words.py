"""Words for facts: days, money, study time, exams, and when a certification opens or closes.

Pages, feeds, the changelog, the admin and verdicts take them from here, so that one fact reads the
same wherever it is shown.
"""

from datetime import date
from decimal import Decimal
from typing import Protocol

from catalog.lifecycle import Status, is_ahead

UNKNOWN = "unknown"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
FIVE_DIGITS = 10_000  # dollars: from here on the tick of a chart is in thousands
# The name of an event in a calendar, by the date of the lifecycle on which it is.
CLOSING_EVENTS = {"closes_on": "Last day", "sales_end_on": "No longer sold"}


class DatedLifecycle(Protocol):
    """The dates of a certification: catalogue and advisor each have a class with them."""

    @property
    def opens_on(self) -> date | None: ...
    @property
    def sales_end_on(self) -> date | None: ...
    @property
    def closes_on(self) -> date | None: ...
    def status_on(self, today: date) -> Status: ...


class LastingLifecycle(Protocol):
    """A fact on how long a certification lasts once obtained."""

    @property
    def valid_years(self) -> int | None: ...
    def get_validity_display(self) -> str: ...


class DescribedExam(Protocol):
    """The columns of an exam that readers are told of."""

    @property
    def code(self) -> str: ...
    @property
    def format(self) -> str: ...
    @property
    def questions_min(self) -> int | None: ...
    @property
    def questions_max(self) -> int | None: ...
    @property
    def minutes_min(self) -> int | None: ...
    @property
    def minutes_max(self) -> int | None: ...
    @property
    def pass_mark(self) -> int | None: ...
    @property
    def opens_on(self) -> date | None: ...
    @property
    def closes_on(self) -> date | None: ...


def day_in_words(day: date) -> str:
    """A day, e.g. “31 March 2026”."""
    return f"{day.day} {day:%B %Y}"


def span_words(least: int | Decimal | None, most: int | Decimal | None, unit: str) -> str:
    """A number or a span of units, e.g. “1 month”, “2-3 months”; empty if it is not known."""
    if least is None:
        return ""
    if most is None or least == most:
        return f"1 {unit}" if least == 1 else f"{least} {unit}s"
    return f"{least}-{most} {unit}s"


def months_words(least: int | Decimal | None, most: int | Decimal | None = None) -> str:
    """The study time, e.g. “2-3 months”; “unknown” without the shortest."""
    return span_words(least, most, "month") or UNKNOWN


def money(amount: Decimal | int, currency: str) -> str:
    """An amount of money, with cents only where there are some, e.g. “€1,300”."""
    return f"{SIGNS.get(currency, '')}{amount:,.2f}".removesuffix(".00")


def dollars(amount: Decimal | int) -> str:
    """An amount of US dollars, with cents only where there are some, e.g. “$1,300”."""
    return money(amount, "USD")


def short_dollars(amount: int) -> str:
    """An amount for the tick of a chart, in thousands from five digits on, e.g. “$12k”."""
    return dollars(amount) if amount < FIVE_DIGITS else f"{dollars(amount // 1000)}k"


def price_words(amount: Decimal | None, currency: str, *, is_monthly: bool) -> str:
    """The price as the vendor states it, e.g. “$200 once”, “€49.50 a month”."""
    if amount is None:
        return UNKNOWN
    if not amount:
        return "free"
    return f"{money(amount, currency)} {'a month' if is_monthly else 'once'}"


def total_words(total_usd: Decimal, *, is_least: bool) -> str:
    """The sum over the study time of a price paid by the month, e.g. “$177 in all, at least”."""
    return f"{dollars(total_usd)} in all{', at least' if is_least else ''}"


def exam_words(exam: DescribedExam) -> str:
    """Return code, format and figures of an exam, e.g. “AI-901; multiple choice; 90 minutes”."""
    parts = [
        exam.code,
        exam.format,
        span_words(exam.questions_min, exam.questions_max, "question"),
        span_words(exam.minutes_min, exam.minutes_max, "minute"),
        f"pass at {exam.pass_mark}" if exam.pass_mark else "",
        f"since {day_in_words(exam.opens_on)}" if exam.opens_on else "",
        f"last day {day_in_words(exam.closes_on)}" if exam.closes_on else "",
    ]
    return "; ".join(part for part in parts if part) or UNKNOWN


def status_words(status: Status, last_day: date | None) -> str:
    """The status with the last day, where it has one, e.g. “Closed on 30 June 2026”."""
    return f"{status.capitalize()} on {day_in_words(last_day)}" if last_day else status.capitalize()


def lifecycle_words(lifecycle: DatedLifecycle | None, today: date) -> str:
    """The status on a day with its dates, e.g. “Open since 8 October 2024”."""
    if lifecycle is None:
        return UNKNOWN
    status, opened = lifecycle.status_on(today), lifecycle.opens_on
    words = status.capitalize()
    if opened and not is_ahead(opened, today):
        since = f"since {day_in_words(opened)}"
        words = f"Open {since}" if status is Status.OPEN else f"{words}, open {since}"
    if status.is_ending:
        words = f"{words}, {closing_words(lifecycle, today)}"
    return words


def validity_words(lifecycle: LastingLifecycle) -> str:
    """The time that a certification lasts, e.g. “3 years”, “does not expire”."""
    return span_words(lifecycle.valid_years, None, "year") or lifecycle.get_validity_display()


def closing_words(lifecycle: DatedLifecycle, today: date) -> str:
    """The day on which it closes or closed, or opens if that is still to come, as a phrase."""
    if lifecycle.opens_on and is_ahead(lifecycle.opens_on, today):
        return f"opens on {day_in_words(lifecycle.opens_on)}"
    if lifecycle.sales_end_on:
        since = "since" if lifecycle.sales_end_on <= today else "from"
        return f"not sold {since} {day_in_words(lifecycle.sales_end_on)}"
    if lifecycle.closes_on:
        return f"last day {day_in_words(lifecycle.closes_on)}"
    return "day not known"


def closing_sentence(lifecycle: DatedLifecycle, today: date) -> str:
    """The same day as a sentence of a verdict: until when, or since when, it can be obtained."""
    if lifecycle.opens_on and is_ahead(lifecycle.opens_on, today):
        return f"It can’t be obtained before {day_in_words(lifecycle.opens_on)}."
    is_over = lifecycle.status_on(today) is Status.CLOSED
    if lifecycle.sales_end_on:
        words = "has not been sold since" if is_over else "will not be sold from"
        return f"It {words} {day_in_words(lifecycle.sales_end_on)}{'' if is_over else ' on'}."
    if lifecycle.closes_on:
        return f"Its last day {'was' if is_over else 'is'} {day_in_words(lifecycle.closes_on)}."
    return f"It {'has closed' if is_over else 'will close'}; the day is not known."


def dates_words(lifecycle: DatedLifecycle, today: date) -> str:
    """Every date that is known and not only past opening, e.g. “last day 30 June 2026”."""
    dates = {
        "opens on": lifecycle.opens_on if is_ahead(lifecycle.opens_on, today) else None,
        "last day": lifecycle.closes_on,
        "no longer sold from": lifecycle.sales_end_on,
    }
    return ", ".join(f"{words} {day_in_words(day)}" for words, day in dates.items() if day)
