"""The facts of a certification under the guide's criteria, and about holding it.

Facts only, and no score. What no source says is shown as unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.fact_words import UNKNOWN, span_words
from catalog.models import Assessment, Certification, Lifecycle, Recognition, Renewal, Sourced
from catalog.models.quotations import Quotation
from catalog.models.statement import Statement

Place = Quotation.Place
OF_THE_GUIDE = "The guide says so"
OF_ITS_KIND = "The guide says so of its kind"


@dataclass(frozen=True)
class KnownFact:
    """A line of the page: what is asked, what is known, and by whose word.

    That is a fact, with its note where no line before has shown it, or the guide.
    """

    id: str
    label: str
    value: str
    fact: Sourced | None = None
    note: str = ""
    said: str = ""

    @property
    def is_known(self) -> bool:
        return self.value != UNKNOWN


def known_under(certification: Certification) -> dict[str, list[KnownFact]]:
    """Return the lines for each criterion of the guide, by its place."""
    assessment = _fact(certification, "assessment")
    independence = _fact(certification, "independence")
    return {
        Place.DEPTH: [*_required(certification), _told("assessment", "Assessed by", assessment)],
        Place.RIGOR: [_watched(certification), _passed(certification), _taking(certification)],
        Place.INDEPENDENCE: [_told("independence", "It is about", independence)],
        Place.RECOGNITION: _recognised(certification),
        Place.SIGNAL: [_judged(certification)],
    }


def known_of_holding(certification: Certification) -> list[KnownFact]:
    """Return the lines on renewing a certification and on its closing.

    Of one that never expires nothing is asked about a renewal, unless a source speaks of it.
    """
    renewal: Renewal | None = _fact(certification, "renewal")
    cost = renewal.cost if renewal else UNKNOWN
    after = renewal.get_after_closing_display() if renewal else UNKNOWN
    lines = [_told("renewal", "Renewed", renewal)]
    if renewal is None or renewal.how in (*Renewal.PAID, Renewal.How.UNKNOWN):
        fact = renewal if cost != UNKNOWN else None
        lines.append(KnownFact("renewal-cost", "A renewal costs", cost, fact))
    if renewal is None and _is_for_good(certification.lifecycle_or_none):
        lines = []
    fact = renewal if after != UNKNOWN else None
    return [*lines, KnownFact("after-closing", "After it closes", after, fact)]


def _is_for_good(lifecycle: Lifecycle | None) -> bool:
    lasting = (Lifecycle.Validity.FOR_EVER, Lifecycle.Validity.NOT_APPLICABLE)
    return lifecycle is not None and lifecycle.validity in lasting


def _fact(certification: Certification, name: str) -> Any:  # noqa: ANN401 - a fact of any kind
    return getattr(certification, name, None)


def _told(name: str, label: str, fact: Any, value: str = "", *, said: str = "") -> KnownFact:  # noqa: ANN401 - as above
    """Return the line of a fact, if there is one, with its note; the fact in words is its value."""
    note = fact.note if fact else ""
    return KnownFact(name, label, value or str(fact or UNKNOWN), fact, note, said)


def _required(certification: Certification) -> list[KnownFact]:
    """Return the prerequisites that the guide names, then those that a source does."""
    label, requirement = "It asks for", _fact(certification, "requirement")
    parts = certification.sentences_in(Statement.Section.PREREQUISITE)
    lines = []
    if parts:
        lines.append(KnownFact("prerequisites", label, ", ".join(parts), said=OF_THE_GUIDE))
    if requirement or not parts:
        value = requirement.in_words if requirement else UNKNOWN
        lines.append(_told("requirement", label, requirement, value))
    return lines


def _watched(certification: Certification) -> KnownFact:
    assessment: Assessment | None = _fact(certification, "assessment")
    is_watched = assessment.proctored if assessment else None
    value = {True: "yes", False: "no", None: UNKNOWN}[is_watched]
    fact = assessment if is_watched is not None else None
    return KnownFact("proctored", "Supervised", value, fact)


def _passed(certification: Certification) -> KnownFact:
    """Return the pass mark of the newest exam that has one, with the code of an older exam."""
    exams = list(certification.exams.all())
    exam = next((exam for exam in exams if exam.pass_mark), None)
    if exam is None:
        return KnownFact("pass-mark", "Passed at", UNKNOWN)
    mark, note = str(exam.pass_mark), ""
    if f"{mark} per cent" in exam.note:  # only the note says of what the mark is a share
        mark = f"{mark} per cent"
    elif mark in exam.note:
        note = exam.note
    value = mark if exam == exams[0] else f"{mark} ({exam.code})"
    return KnownFact("pass-mark", "Passed at", value, exam, note=note)


def _taking(certification: Certification) -> KnownFact:
    workload = _fact(certification, "workload")
    hours = span_words(workload.hours_min, workload.hours_max, "hour") if workload else ""
    months = certification.study_time
    parts = [part for part in (months, hours) if part and part != UNKNOWN]
    said = OF_THE_GUIDE if certification.study_time_statement else ""
    return _told("workload", "It takes", workload, ", ".join(parts) or UNKNOWN, said=said)


def _recognised(certification: Certification) -> list[KnownFact]:
    recognitions: Iterable[Recognition] = certification.recognitions.all()
    lines = [
        _told(f"recognition-{row.order}", row.get_by_display().capitalize(), row, row.text)
        for row in recognitions
    ]
    return lines or [KnownFact("recognition", "Recognised by", UNKNOWN)]


def _judged(certification: Certification) -> KnownFact:
    """Return the tier of the certification or of its kind; the guide may rate neither."""
    value, said = "does not rate it", ""
    category = certification.one_of
    if certification.tier:
        value, said = certification.tier.name, OF_THE_GUIDE
    elif category and category.tier:
        value, said = f"{category.tier.name}, as one of {category}", OF_ITS_KIND
    return KnownFact("signal", "The guide", value, said=said)
