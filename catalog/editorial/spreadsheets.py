"""Spreadsheets: rows of cells as spreadsheet programs write them, as CSV or .xlsx."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from catalog.editorial.checks import RefusedError
from catalog.editorial.normalized_text import normalized
from catalog.text_folding import look_of

# How a cell starts that a program may take for a formula; in Japan also in full width.
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
ERROR = re.compile(r"#(REF!|N/A|NAME\?|DIV/0!|NULL!|NUM!|VALUE!|SPILL!|CALC!)|Err:[0-9]{3}")
FORMULA_PART = re.compile(rb"<f[ >/]")  # of the XML of a sheet
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
MOST_PROBLEMS = 20  # told of the headings: a file of something else has thousands
MOST_LINES = 1_048_576  # of a sheet in Excel, blank ones too
MARK = "\ufeff"  # by which Excel knows that a CSV is UTF-8
LARGEST_UNPACKED = 200_000_000  # bytes of what an .xlsx holds
SAVE_AS = "save it as “CSV UTF-8” or as .xlsx, and try again"


@dataclass(frozen=True)
class Row:
    """A row of cells by heading, with its number as the spreadsheet program shows it."""

    number: int
    cells: dict[str, str]


def csv_cell(value: object) -> str:
    """A value as a cell that no spreadsheet program takes for a formula."""
    if isinstance(value, list | tuple):
        return csv_cell("; ".join(map(str, value)))
    if value is None or isinstance(value, str):
        text = value or ""
        return f"'{text}" if FORMULA.match(text) else text
    return str(value)


def cell_text(cell: str) -> str:
    """The text of a cell that `csv_cell` has written, or a person."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def refuse_more_rows(number: int, most: int | None) -> None:
    """Raise RefusedError if a file has more rows than may be read; None is no limit."""
    if most is not None and number > most:
        raise RefusedError(
            f"The file has more than {most:,} rows, the most that are read here at once. Divide "
            "it, or have it brought in by the command importcontent, which has no limit."
        )


def read_sheet(data: bytes, known: Iterable[str], *, most: int | None = None) -> list[Row]:
    """The rows below the headings, blank ones left out; raises RefusedError.

    Every heading has to be one of those known, and none may stand twice.
    """
    rows = _workbook_rows(data) if data.startswith(b"PK") else _text_rows(_decoded(data))
    filled: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if number > MOST_LINES:
            raise RefusedError(f"The file has more than {MOST_LINES:,} lines: no sheet has.")
        if any(cell.strip() for cell in cells):
            refuse_more_rows(len(filled), most)
            filled.append((number, cells))
    if not filled:
        raise RefusedError("The file is empty: there is no row with headings.")
    (first, headings), *below = filled
    names = _headings(first, headings, below, set(known))
    if not below:
        raise RefusedError("There is nothing in the file but its headings: no row to import.")
    return [_row(number, names, cells) for number, cells in below]


def _headings(
    number: int, cells: list[str], below: list[tuple[int, list[str]]], known: set[str]
) -> list[str]:
    names = [look_of(normalized(cell, is_one_line=True)) for cell in cells]
    while names and not names[-1] and not any(_has(row, len(names) - 1) for _, row in below):
        names.pop()  # a column that was used once, and is empty
    problems = [
        f"Row {number}: the heading of column {get_column_letter(index)} is empty: name it."
        for index, name in enumerate(names, 1)
        if not name
    ]
    problems += [
        f"Row {number}: the heading “{name}” stands {count} times: keep one."
        for name, count in Counter(filter(None, names)).items()
        if count > 1
    ]
    problems += [
        f"Row {number}: there is no column “{name[:60]}”."
        for name in names
        if name and name not in known
    ]
    if problems:
        raise RefusedError(*[*dict.fromkeys(problems)][:MOST_PROBLEMS])
    return names


def _has(cells: list[str], index: int) -> bool:
    return index < len(cells) and bool(cells[index].strip())


def _row(number: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
        raise RefusedError(f"Row {number}: it has not one cell for each column.")
    for name, cell in zip(names, cells, strict=False):
        if ERROR.fullmatch(cell.strip()):
            words = f"“{cell}” is an error of the spreadsheet program, and no value."
            raise RefusedError(f"Row {number}, {name}: {words}")
    return Row(number, dict(zip(names, map(cell_text, cells), strict=False)))


def _workbook_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise RefusedError("The spreadsheet is too large.")
        sheet = _first_sheet(data, data_only=True)
        rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        if any(FORMULA_PART.search(archive.read(name)) for name in sheets):
            _refuse_formulas_without_result(_first_sheet(data, data_only=False), rows)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError):
        raise RefusedError(f"The file is no .xlsx that can be read: {SAVE_AS}.") from None
    width = max((len(row) for row in rows), default=0)
    for number, row in enumerate(rows, 1):
        yield number, [*row, *[""] * (width - len(row))]


def _first_sheet(data: bytes, *, data_only: bool) -> Any:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a program says of the size need not be true
    return sheet


def _refuse_formulas_without_result(sheet: Any, rows: list[list[str]]) -> None:
    """Raise RefusedError for a formula that comes to nothing: its cell would be passed over."""
    for number, (cells, texts) in enumerate(zip(sheet.iter_rows(), rows, strict=False), 1):
        for cell, text in zip(cells, texts, strict=False):
            if cell.data_type == "f" and not text:
                words = "has a formula without a result: write the value itself, and try again."
                raise RefusedError(f"Row {number}: column {get_column_letter(cell.column)} {words}")


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case float() if value == int(value):
            return str(int(value))
        case _:
            return str(value)


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError(f"The file is of an old Excel (.xls), or has a password: {SAVE_AS}.")
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError:
        raise RefusedError(f"The file is not text in UTF-8: {SAVE_AS}.") from None


def _encoding(data: bytes) -> str:
    """UTF-16 is known by its mark or by its zero bytes; all else has to be UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:200]
    if len(head) > 1 and head.count(0) * 3 > len(head):
        return "utf-16-le" if head[1] == 0 else "utf-16-be"
    return "utf-8-sig"


def _text_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    if "\0" in text:
        raise RefusedError("The file has a zero byte in its text: remove it, and try again.")
    first, _, rest = text.lstrip(MARK).partition("\n")
    separator = first.strip().strip('"').removeprefix("sep=")
    if first.strip().strip('"').startswith("sep="):
        text = rest  # Excel does not show this line, nor count it
        if separator not in SEPARATORS:
            raise RefusedError(f"The file says that “{separator}” separates its cells: {SAVE_AS}.")
    else:
        line = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
        separator = max(SEPARATORS, key=lambda mark: _count_cells(line, mark))
    try:
        yield from enumerate(
            csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator), 1
        )
    except csv.Error as error:
        words = (
            f"The file, read with {SEPARATORS[separator]} between its cells, is broken: {error}."
        )
        raise RefusedError(words) from None


def _count_cells(line: str, separator: str) -> int:
    """The number of cells that a separator makes of a line; 0 for none that can be read."""
    try:
        return len(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return 0
