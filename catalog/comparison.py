"""Entries side by side: the same rows for each, and which of them differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.models import Certification
from catalog.models.statement import Statement

FEWEST, MOST = 2, 4

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One line of the table, a cell for each entry."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the entries are not alike in this."""
        return len(set(self.cells)) > 1


def compare(certifications: Sequence[Certification], *, today: date) -> list[Row]:
    """Facts first, then the guide's sentences by section; rows that are empty are left out."""
    facts: list[tuple[str, list[Cell]]] = [
        ("Kind", [(each.get_kind_display(),) for each in certifications]),
        ("Provider", [(each.provider.name,) if each.provider else () for each in certifications]),
        ("Platform", [_filled(each.get_platform_display()) for each in certifications]),
        ("Status", [(each.status_on(today).capitalize(),) for each in certifications]),
        ("Cost", [(str(each.price_or_none or "unknown"),) for each in certifications]),
        ("Study time", [(each.study_time,) for each in certifications]),
    ]
    sections = [
        (
            Statement.Section(section).label.rstrip(":"),
            [_said(each, section) for each in certifications],
        )
        for section in Statement.Section.values
    ]
    rows = [Row(label, tuple(cells)) for label, cells in [*facts, *sections]]
    return [row for row in rows if any(row.cells)]


def _filled(text: str) -> Cell:
    return (text,) if text else ()


def _said(certification: Certification, section: str) -> Cell:
    statements = sorted(certification.statements.all(), key=lambda each: each.order)
    return tuple(each.text for each in statements if each.section == section)
