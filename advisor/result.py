"""The result for the answers in a URL: a verdict and its counterfactuals, or none yet."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.diagram_cache import prospects_of
from advisor.domain.agreed_explanation import agreed_verdict
from advisor.domain.answers import Reading
from advisor.domain.counterfactuals import Counterfactual, nearest_change, single_changes
from advisor.domain.evaluation import Verdict, evaluate
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.domain.symbolic_verdicts import Decided


@dataclass(frozen=True)
class Result:
    """A verdict and what would change it; with open answers, only what is sure."""

    reading: Reading
    today: date
    verdict: Verdict
    changes: tuple[Counterfactual, ...] = ()

    @cached_property
    def nearest_change(self) -> Counterfactual | None:
        """The fewest moves in the learner's power that lead to a recommendation.

        None if there already is one, if answers are open, or if nothing in their power leads to
        one.
        """
        if self.verdict.recommended or self.reading.left_open:
            return None
        prospects = prospects_of(self.reading.rulebook, today=self.today)
        return nearest_change(prospects, self.reading.sheet, today=self.today)

    @property
    def decided(self) -> Decided:
        return Decided(self.verdict.outcome.slug, self.verdict.recommended)


def find_result(reading: Reading, *, today: date) -> Result | PossibleVerdicts:
    """The verdict on answers that lack nothing; a prospect if open ones can lead to several."""
    sheet = reading.sheet
    if not reading.left_open:
        verdict = evaluate(sheet, today=today)
        return Result(reading, today, verdict, single_changes(sheet, today=today))
    prospect = prospects_of(reading.rulebook, today=today).of(sheet.answers)
    if prospect.decided is None:
        return prospect
    return Result(reading, today, agreed_verdict(prospect, sheet, today=today))
