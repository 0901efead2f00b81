"""The facts of a certification under the guide's criteria, and about holding it.

Facts only, and no score. What no source says is shown as unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.fact_words import UNKNOWN, span_words
from catalog.models import Assessment, Certification, Recognition, Renewal, Sourced
from catalog.models.quotations import Quotation

Place = Quotation.Place


@dataclass(frozen=True)
class KnownFact:
    """A line of the page: what is asked, what is known, and the fact behind it, if there is one."""

    id: str
    label: str
    value: str
    fact: Sourced | None = None

    @property
    def is_known(self) -> bool:
        """True if a source or the guide says something."""
        return self.value != UNKNOWN


def known_under(certification: Certification) -> dict[str, list[KnownFact]]:
    """Return the lines for each criterion of the guide, by its place."""
    return {
        Place.DEPTH: [_required(certification), _assessed(certification)],
        Place.RIGOR: [_watched(certification), _passed(certification), _taking(certification)],
        Place.INDEPENDENCE: [_about(certification)],
        Place.RECOGNITION: _recognised(certification),
        Place.SIGNAL: [KnownFact("signal", "The guide", _judged(certification))],
    }


def known_of_holding(certification: Certification) -> list[KnownFact]:
    """Return the lines on renewing a certification and on its closing."""
    renewal: Renewal | None = _fact(certification, "renewal")
    cost = renewal.cost if renewal else UNKNOWN
    after = renewal.get_after_closing_display() if renewal else UNKNOWN
    lines = [KnownFact("renewal", "Renewed", str(renewal or UNKNOWN), renewal)]
    if renewal is None or renewal.how in (*Renewal.PAID, Renewal.How.UNKNOWN):
        fact = renewal if cost != UNKNOWN else None
        lines.append(KnownFact("renewal-cost", "A renewal costs", cost, fact))
    fact = renewal if after != UNKNOWN else None
    return [*lines, KnownFact("after-closing", "If it closes", after, fact)]


def _fact(certification: Certification, name: str) -> Any:  # noqa: ANN401 - a fact of any kind
    return getattr(certification, name, None)


def _required(certification: Certification) -> KnownFact:
    requirement = _fact(certification, "requirement")
    value = requirement.in_words if requirement else UNKNOWN
    return KnownFact("requirement", "It asks for", value, requirement)


def _assessed(certification: Certification) -> KnownFact:
    assessment = _fact(certification, "assessment")
    return KnownFact("assessment", "Assessed by", str(assessment or UNKNOWN), assessment)


def _watched(certification: Certification) -> KnownFact:
    assessment: Assessment | None = _fact(certification, "assessment")
    is_watched = assessment.proctored if assessment else None
    value = {True: "yes", False: "no", None: UNKNOWN}[is_watched]
    fact = assessment if is_watched is not None else None
    return KnownFact("proctored", "Supervised", value, fact)


def _passed(certification: Certification) -> KnownFact:
    exam = next((exam for exam in certification.exams.all() if exam.pass_mark), None)
    return KnownFact("pass-mark", "Passed at", str(exam.pass_mark) if exam else UNKNOWN, exam)


def _taking(certification: Certification) -> KnownFact:
    workload = _fact(certification, "workload")
    hours = span_words(workload.hours_min, workload.hours_max, "hour") if workload else ""
    months = certification.study_time
    parts = [part for part in (months, hours) if part and part != UNKNOWN]
    return KnownFact("workload", "It takes", ", ".join(parts) or UNKNOWN, workload)


def _about(certification: Certification) -> KnownFact:
    independence = _fact(certification, "independence")
    return KnownFact("independence", "It is about", str(independence or UNKNOWN), independence)


def _recognised(certification: Certification) -> list[KnownFact]:
    recognitions: Iterable[Recognition] = certification.recognitions.all()
    lines = [
        KnownFact(f"recognition-{row.order}", row.get_by_display().capitalize(), row.text, row)
        for row in recognitions
    ]
    return lines or [KnownFact("recognition", "Recognised by", UNKNOWN)]


def _judged(certification: Certification) -> str:
    if certification.tier:
        return certification.tier.name
    category = certification.one_of
    if category and category.tier:
        return f"{category.tier.name}, as one of {category}"
    return UNKNOWN
