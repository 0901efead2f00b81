"""The result for the answers in a URL: a verdict and its counterfactuals, or none yet."""

from collections.abc import Callable
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

    verdict: Verdict
    changes: tuple[Counterfactual, ...] = ()
    find_nearest: Callable[[], Counterfactual | None] = lambda: None

    @cached_property
    def nearest_change(self) -> Counterfactual | None:
        """The fewest moves in the learner's power that lead to a recommendation.

        None if there already is one, or if nothing in their power leads to one.
        """
        return None if self.verdict.recommended else self.find_nearest()

    @property
    def decided(self) -> Decided:
        """Outcome and recommendation."""
        return Decided(self.verdict.outcome.slug, self.verdict.recommended)


def find_result(reading: Reading, *, today: date) -> Result | PossibleVerdicts:
    """The verdict on answers that lack nothing; a prospect if open ones can lead to several."""
    rulebook, sheet = reading.rulebook, reading.sheet
    if reading.left_open:
        prospect = prospects_of(rulebook, today=today).of(sheet.answers)
        if prospect.decided is None:
            return prospect
        return Result(agreed_verdict(prospect, sheet, today=today))

    def find_nearest() -> Counterfactual | None:
        prospects = prospects_of(rulebook, today=today)
        return nearest_change(prospects, sheet, today=today)

    verdict = evaluate(sheet, today=today)
    return Result(verdict, single_changes(sheet, today=today), find_nearest)
