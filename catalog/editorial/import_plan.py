"""The plan of an import, row by row, and its execution: all of it or nothing."""

import hashlib
import json
import re
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from catalog.editorial.checks import RefusedError, without_new_faults
from catalog.editorial.edit import edit
from catalog.editorial.records import (
    Changes,
    FoundRows,
    MissingRowError,
    Place,
    Record,
    RowFinder,
    content_models,
    park,
)
from catalog.editorial.rows import ContentRow


@dataclass(frozen=True)
class PlanStep:
    """The planned step for a row; it changes nothing where `changes` is empty."""

    incoming: Record
    row: ContentRow | None
    changes: Changes

    @property
    def action(self) -> str:
        return ("changed" if self.row else "added") if self.changes else "left"

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """The changes of a row: column, old and new value, as people read them."""
        prefix = self.incoming.prefix
        return [
            (f"{prefix}{name}", _said(old), _said(new))
            for name, (old, new) in self.changes.items()
            if self.row or new not in (None, "", [])
        ]


@dataclass(frozen=True)
class Plan:
    """The planned steps for every row of a file; rows that the file does not name stay."""

    steps: list[PlanStep]

    @property
    def words(self) -> str:
        """The numbers of rows that would be added, changed and left, in words."""
        counts = Counter(step.action for step in self.steps)
        return ", ".join(f"{counts[what]} {what}" for what in ("added", "changed", "left"))

    @property
    def changes_anything(self) -> bool:
        """True if a row would be added or changed."""
        return any(step.changes for step in self.steps)

    @property
    def changed(self) -> list[PlanStep]:
        return [step for step in self.steps if step.action == "changed"]

    @property
    def added(self) -> list[PlanStep]:
        added = (step for step in self.steps if step.action == "added")
        return [step for step in added if not step.incoming.is_missing]

    @property
    def missing(self) -> list[PlanStep]:
        """The rows that the file needs and does not have, which would be made as well."""
        return [step for step in self.steps if step.incoming.is_missing and step.changes]

    @property
    def digest(self) -> str:
        """Another if a row of the file has changed in the database in a way that matters to it."""
        what = [(step.incoming.place, step.changes) for step in self.steps]
        return hashlib.sha256(json.dumps(what, default=str).encode()).hexdigest()


def bring_in(
    rows: list[Record],
    *,
    reason: str,
    is_rehearsal: bool = False,
    expected: str | None = None,
    most: int | None = None,
) -> Plan:
    """Bring the rows into the database: all of them or, for a rehearsal, none.

    Raises RefusedError if any is wrong, if what would happen is not what was expected, or if it
    would write more than `most` rows: other writers wait for it.
    """
    with edit(reason):
        plan = Plan(_planned(rows))
        written = sum(bool(step.changes) for step in plan.steps)
        if most is not None and written > most:
            raise RefusedError(
                f"The file would write {written:,} rows of content, and {most:,} at most are "
                "brought in here at once, since nobody else can save meanwhile. Divide the file, "
                "or have it brought in by the command importcontent, which has no limit."
            )
        if expected not in (None, plan.digest):
            raise RefusedError(
                "Somebody changed one of these rows meanwhile, so nothing was imported: "
                "choose the file again to see what would happen now."
            )
        # Content comes back into an empty database as it was, with what may be wrong with it.
        is_empty = not any(model.objects.exists() for model in content_models())
        with nullcontext() if is_empty else without_new_faults():
            changed = [step for step in plan.steps if step.changes]
            _write(changed, is_rehearsal=is_rehearsal)
        if is_rehearsal:
            transaction.set_rollback(True)
    return plan


def _planned(rows: list[Record]) -> list[PlanStep]:
    steps, problems = [], []
    places: dict[Place, int] = {}
    finder = RowFinder(rows)
    for incoming in rows:
        first = places.setdefault(incoming.place, incoming.number)
        if first != incoming.number:
            problems.append(f"Row {incoming.number}: row {first} is the same row.")
            continue
        try:
            incoming.values()  # before the row is looked for, by what may be no key
            row = finder.row(incoming)
            steps.append(PlanStep(incoming, row, incoming.changes(row)))
        except ValidationError as error:
            problems += incoming.problems(error)
    if problems:
        raise RefusedError(*grouped(problems))
    return steps


def grouped(problems: list[str]) -> list[str]:
    """The problems, each once, with the numbers of all rows that have it."""
    rows: dict[str, list[str]] = {}
    for problem in problems:
        found = re.match(r"Row (\d+)(.*)", problem, re.DOTALL)
        number, words = (found[1], found[2]) if found else ("", problem)
        rows.setdefault(words, []).append(number)
    return [_with_numbers(words, list(dict.fromkeys(numbers))) for words, numbers in rows.items()]


def _with_numbers(words: str, numbers: list[str]) -> str:
    if numbers == [""]:
        return words
    if len(numbers) == 1:
        return f"Row {numbers[0]}{words}"
    return f"Rows {', '.join(numbers[:-1])} and {numbers[-1]}{words}"


def _write(steps: list[PlanStep], *, is_rehearsal: bool) -> None:
    """Write the rows; one that needs another, or the place of another, waits for it."""
    places = {step.incoming.place for step in steps}
    park(step.row for step in steps if "order" in step.changes)
    found_rows: FoundRows = {}
    while steps:
        waiting: list[PlanStep] = []
        problems: list[str] = []
        late: list[str] = []  # of rows that only wait for another one of the file
        own: list[str] = []  # of those, what is wrong with them whatever becomes of the other
        for step in steps:
            try:
                step.incoming.write(step.row, found=found_rows, is_rehearsal=is_rehearsal)
            except ValidationError as error:
                waiting.append(step)
                found = list(step.incoming.problems(error))
                is_late = isinstance(error, MissingRowError) and error.place in places
                (late if is_late else problems).extend(found)
                if is_late and not step.row:
                    own += step.incoming.own_problems()
            except (DatabaseError, ValueError) as error:
                raise RefusedError(f"Row {step.incoming.number}: {error}") from None
        if len(waiting) == len(steps):
            raise RefusedError(*grouped([*problems, *own] or late))
        steps = waiting


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    if isinstance(value, tuple):
        return " / ".join(map(str, value))
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
