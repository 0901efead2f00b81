"""The state of a certification on a day, and the differences between two days, from plain rows."""

from datetime import date
from typing import Any

from catalog.changelog.change_words import (
    ChangeKind,
    DayDifference,
    KnownNames,
    Rows,
    differences,
    state_of,
)
from catalog.changelog.tracked_edits import TRACKED
from catalog.models import Certification, Correction, Lifecycle, Statement

DAY = date(2026, 5, 4)
NAMES = KnownNames(tiers={1: "High signal"}, successors={})


def rows(**lifecycle: Any) -> Rows:
    empty: Rows = {model: {} for model in TRACKED}
    return {**empty, Certification: {7: {"slug": "a"}}, Lifecycle: {7: lifecycle}}


def said(before: Rows, after: Rows) -> list[DayDifference]:
    return list(differences(state_of(before, DAY, NAMES), state_of(after, DAY, NAMES)))


def test_nothing_is_told_of_a_certification_that_was_not_there() -> None:
    nothing: Rows = {model: {} for model in TRACKED}
    assert state_of(nothing, DAY, NAMES) is None
    assert said(nothing, rows()) == said(rows(), nothing) == []


def test_what_closes_and_what_opens_again_are_told_as_such() -> None:
    is_open, closed = rows(reported="open"), rows(reported="open", closes_on=date(2026, 5, 3))
    assert said(is_open, closed) == [
        DayDifference(ChangeKind.CLOSED, "Closed: last day 3 May 2026")
    ]
    assert said(closed, is_open) == [
        DayDifference(ChangeKind.REOPENED, "Reopened: open, before closed (last day 3 May 2026)")
    ]


def test_what_is_not_open_yet_has_not_closed() -> None:
    state = state_of(rows(reported="open", opens_on=date(2026, 5, 5)), DAY, NAMES)
    assert state
    assert (state.is_closed, state.facts[ChangeKind.STATUS]) == (
        False,
        "closed (opens on 5 May 2026)",
    )


def test_sentences_are_told_apart_by_their_row() -> None:
    values = {"text": "One.", "condition": ""}
    before, after = rows(), rows()
    before[Statement] = {1: values, 2: values}
    after[Statement] = {1: {**values, "condition": "uses-aws"}}
    after[Correction] = {1: {"text": "Now two."}}
    assert sorted(said(before, after)) == [
        DayDifference(ChangeKind.JUDGEMENT, "Correction: “Now two.”", "Correction 1"),
        DayDifference(
            ChangeKind.JUDGEMENT, "Statement now applies otherwise: “One.”", "Statement 1"
        ),
        DayDifference(ChangeKind.JUDGEMENT, "Statement removed: “One.”", "Statement 2"),
    ]
