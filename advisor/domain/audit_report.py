"""The report of the proof: numbers of answer sheets, and the faults that were found."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from advisor.domain.rulebook import Rule
from advisor.domain.sheet_sets import Answers, SheetSet
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts


class FindingKind(StrEnum):
    """The kinds of mistakes that a rulebook can have."""

    UNANSWERABLE = "unanswerable-question"
    NO_VERDICT = "no-verdict"
    NO_REASON = "no-reason"
    BAD_RECOMMENDATION = "bad-recommendation"
    IDLE_RULE = "idle-rule"
    SILENT_STATEMENT = "silent-statement"
    IDLE_QUESTION = "idle-question"
    CONTRADICTION = "contradiction"

    @property
    def breaks_a_promise(self) -> bool:
        """True for a finding that lets readers down; others only clutter the rulebook."""
        return self in {
            FindingKind.UNANSWERABLE,
            FindingKind.NO_VERDICT,
            FindingKind.NO_REASON,
            FindingKind.BAD_RECOMMENDATION,
        }


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A fault in words, and an answer sheet that shows it; `about` names the row."""

    kind: FindingKind
    about: str
    words: str
    witness: Answers
    shown_by: str  # what the witness is


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of answer sheets: of all, and of those that each rule, verdict and standing gets."""

    sheets: int
    rules: tuple[tuple[Rule, int], ...]
    decided: Mapping[Decided, int]
    standings: Mapping[str, Mapping[Standing, int]]

    @property
    def outcomes(self) -> Mapping[str, int]:
        """The number of sheets for each outcome, the most frequent first."""
        return self._summed(lambda decided: decided.outcome)

    @property
    def recommended(self) -> Mapping[str, int]:
        """The number of sheets for each recommendation, "" for none, the most frequent first."""
        return self._summed(lambda decided: decided.recommended or "")

    def _summed(self, key: Callable[[Decided], str]) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for decided, sheets in self.decided.items():
            found[key(decided)] += sheets
        return dict(found.most_common())

    @classmethod
    def of(cls, verdicts: SymbolicVerdicts, count: Callable[[SheetSet], int]) -> "Numbers":
        """Count everything in the same way."""
        return cls(
            sheets=count(verdicts.sheets),
            rules=tuple((rule, count(sheets)) for rule, sheets in verdicts.decided_by),
            decided={decided: count(sheets) for decided, sheets in verdicts.decided.items()},
            standings={
                slug: {standing: count(sheets) for standing, sheets in found.items()}
                for slug, found in verdicts.standings.items()
            },
        )


@dataclass(frozen=True, slots=True)
class AuditReport(Numbers):
    """The result of the proof: exact numbers of answer sheets, and the faults.

    For shares, `weighed` has the numbers in which all certifications that an answer can name count
    as one.
    """

    weighed: Numbers
    findings: tuple[AuditFinding, ...]
