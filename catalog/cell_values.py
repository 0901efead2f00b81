"""Values of cells as people and spreadsheet programs write them: truths, days, numbers, choices."""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError

TRUE, FALSE = {"true", "yes", "1"}, {"false", "no", "0"}
MONTHS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%Y/%m/%d")
NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


def read_truth(text: str) -> bool:
    """The truth that a cell says; raises ValidationError for a word that is neither."""
    word = text.lower()
    if word not in TRUE | FALSE:
        raise ValidationError(f"“{text}” is neither TRUE nor FALSE: write one of them.")
    return word in TRUE


def read_day(text: str) -> str:
    """The day that a cell says, as 2026-11-30; raises ValidationError if it can be two."""
    try:
        return _day(text).isoformat()
    except ValueError:
        raise ValidationError(f"“{text}” is no day: write it like 2026-11-30.") from None


def _day(text: str) -> date:
    found = NUMBERS.fullmatch(text)
    if found:
        first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        if mark != "." and first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 months
            one, other = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
            raise ValidationError(f"“{text}” can be two days: write {one} or {other}.")
        if mark != "." and second > 12:  # noqa: PLR2004 as in the United States
            first, second = second, first
        return date(year, second, first)
    for form in MONTHS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return date.fromisoformat(text[:10] if text[10:] in ("", " 00:00:00") else text)


def read_number(text: str) -> str:
    """The number that a cell says, with a point; 1,5 and 150,00 are read as well."""
    number = text.replace(",", ".") if re.fullmatch(r"-?\d+,\d{1,2}", text) else text
    if not re.fullmatch(r"-?\d+(\.\d+)?", number):
        raise ValidationError(f"“{text}” is no number: write it like 150 or 99.50.")
    return number.removesuffix(".0")


def read_choice(text: str, choices: dict[str, str]) -> str:
    """The value of the choice that a cell names by value or label; raises ValidationError."""
    word = text.lower()
    for value, label in choices.items():
        if word in (value.lower(), str(label).lower()):
            return value
    if word == "none" and "" not in choices:
        return ""
    words = ", ".join(filter(None, choices))
    raise ValidationError(f"“{text}” is none of the choices: {words}.")


def read_list(cell: str, *, spaces: bool = True) -> list[str]:
    """The parts of a cell that holds a list: between semicolons, line ends or, once, spaces."""
    words = cell.split()
    is_old = spaces and all(re.fullmatch(r"https?:[^;]+|[a-z0-9-]+", word) for word in words)
    return [part.strip() for part in re.split(r"\s+" if is_old else r"[;\n]", cell) if part.strip()]
