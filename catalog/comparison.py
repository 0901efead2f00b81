"""Certifications side by side: the same rows for each, and which of them agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.criteria import Place, known_under
from catalog.lifecycle import Status
from catalog.models import Certification
from catalog.models.statement import Statement

FEWEST, MOST = 2, 4

Cell = tuple[str, ...]


@dataclass(frozen=True)
class ComparisonRow:
    """A row of the table, with a cell for each certification by its name."""

    label: str
    cells: Mapping[str, Cell]

    @property
    def agrees(self) -> bool:
        """True if the certifications are alike; what is unknown of all of them need not be."""
        first, *others = self.cells.values()
        return set(others) == {first} and not first[0].lower().endswith("unknown")


def compare(
    certifications: Sequence[Certification], *, today: date
) -> list[tuple[str, list[ComparisonRow]]]:
    """The facts, then the guide's sentences by section, each under a heading.

    Rows that are empty are left out, and a heading without rows too.
    """
    facts = [(certification.name, _facts(certification, today)) for certification in certifications]
    known = [(certification.name, _criteria(certification)) for certification in certifications]
    said = [(certification.name, _sentences(certification)) for certification in certifications]
    groups = [
        ("The facts today", _rows(facts)),
        ("By the guide’s criteria", _rows(known)),
        ("What the guide says", _rows(said)),
    ]
    return [(heading, rows) for heading, rows in groups if rows]


def title_of(certifications: Sequence[Certification], *, today: date) -> str:
    """The names side by side, as a title that says which of them are closed."""
    names = []
    for certification in certifications:
        is_closed = certification.status_on(today) is Status.CLOSED
        names.append(f"{certification.name} (closed)" if is_closed else certification.name)
    return " · ".join(names)


def _rows(columns: Sequence[tuple[str, Mapping[str, Cell]]]) -> list[ComparisonRow]:
    labels = columns[0][1]
    rows = [
        ComparisonRow(label, {name: cells[label] for name, cells in columns}) for label in labels
    ]
    return [row for row in rows if any(row.cells.values())]


def _facts(certification: Certification, today: date) -> dict[str, Cell]:
    is_closed = certification.status_on(today) is Status.CLOSED
    provider = certification.provider.name if certification.provider else ""
    facts = {
        "Kind": certification.get_kind_display(),
        "Provider": provider,
        "Platform": certification.get_platform_display(),
        "Status": certification.status_in_words(today),
        "Cost": f"{'Last cost: ' if is_closed else ''}{certification.cost}",
        "Study time": certification.study_time,
    }
    if certification.is_category:
        facts |= dict.fromkeys(("Status", "Cost", "Study time"), "")
    return {label: _filled(text) for label, text in facts.items()}


def _criteria(certification: Certification) -> dict[str, Cell]:
    """The lines under the criteria; a category has none, and the tier stands in the head."""
    under = known_under(certification)
    cells: dict[str, Cell] = {}
    for place in (Place.DEPTH, Place.RIGOR, Place.INDEPENDENCE):
        for line in under[place]:
            before = cells.get(line.label, ())
            cells[line.label] = () if certification.is_category else before + _filled(line.value)
    recognised = tuple(line.value for line in under[Place.RECOGNITION])
    return cells | {"Recognised": () if certification.is_category else recognised}


def _sentences(certification: Certification) -> dict[str, Cell]:
    return {
        section.label.rstrip(":"): tuple(certification.sentences_in(section))
        for section in Statement.Section
    }


def _filled(text: str) -> Cell:
    return (text,) if text else ()
