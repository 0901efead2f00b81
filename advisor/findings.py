"""What is found on the answers of an address: a verdict and what would change it, or none yet."""

from dataclasses import dataclass
from datetime import date

from advisor.domain.answers import Reading
from advisor.domain.changes import Change, nearest_change, single_changes
from advisor.domain.evaluation import Verdict, evaluate
from advisor.domain.prospects import Prospect, agreed_verdict
from advisor.domain.rulebook import Rulebook
from advisor.domain.verdicts import Decided
from advisor.loader import prospects_of


@dataclass(frozen=True, slots=True)
class Findings:
    """A verdict and what would change it; with open answers, only what is sure.

    `nearest_change` is None if something is recommended, or if nothing in the learner's power
    leads to a recommendation.
    """

    verdict: Verdict
    changes: tuple[Change, ...] = ()
    nearest_change: Change | None = None

    @property
    def decided(self) -> Decided:
        """Outcome and recommendation."""
        return Decided(self.verdict.outcome.slug, self.verdict.recommended)


def find_verdict(rulebook: Rulebook, reading: Reading, *, today: date) -> Findings | Prospect:
    """The verdict on answers that lack nothing; a prospect if open ones can lead to several."""
    prospects, sheet = prospects_of(rulebook, today=today), reading.sheet
    if reading.left_open:
        prospect = prospects.of(sheet.answers)
        if prospect.decided is None:
            return prospect
        return Findings(agreed_verdict(rulebook, prospect, sheet, today=today))
    verdict = evaluate(rulebook, sheet, today=today)
    return Findings(
        verdict,
        single_changes(rulebook, sheet, today=today),
        None if verdict.recommended else nearest_change(rulebook, prospects, sheet, today=today),
    )
