"""The decision for one answer sheet: its rule, its outcome and what is recommended."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.learners import Learners, OneLearner, Truth, first_that_holds
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.preference import candidates, closed_on
from advisor.domain.rulebook import Rule, Rulebook
from advisor.domain.standing import Standing, assess


class Decision(NamedTuple):
    """The outcome and the recommendation, before they are explained.

    `candidates` are the certifications that the outcome could have recommended, the best first.
    """

    outcome: Outcome
    rule: Rule
    candidates: tuple[str, ...]
    recommended: str | None


def decide(sheet: Sheet, *, today: date) -> Decision:
    """Decide outcome and recommendation for a complete sheet on a day."""
    rule = _deciding(sheet.rulebook)(sheet.traits)
    if rule is None:
        raise LookupError("No rule decides this sheet: the last rule must always apply.")
    outcome = rule.outcome
    able = candidates(outcome, sheet, today=today)
    recommended = next(fitting_candidates(outcome, sheet, able, today), None)
    if recommended is None and outcome.if_none:
        outcome = sheet.rulebook.outcomes[outcome.if_none]
    return Decision(outcome=outcome, rule=rule, candidates=able, recommended=recommended)


@lru_cache(maxsize=2)
def _deciding(rulebook: Rulebook) -> Callable[[frozenset[str]], Rule | None]:
    """The function that finds the first rule whose condition is met, if one is."""
    looked_at = frozenset[str]().union(*(rule.condition.traits for rule in rulebook.rules))

    @lru_cache(maxsize=10_000)
    def find(traits: frozenset[str]) -> Rule | None:
        rules = deciding_rules(rulebook, OneLearner(traits), among=True)
        return next((rule for rule, decides in rules if decides), None)

    return lambda traits: find(traits & looked_at)


def deciding_rules(
    rulebook: Rulebook, learners: Learners[Truth], *, among: Truth
) -> Iterator[tuple[Rule, Truth]]:
    """Each rule with those of the learners for whom it decides."""
    claims = ((rule, learners.meet(rule.condition)) for rule in rulebook.rules)
    return first_that_holds(learners, claims, among)


def fitting_candidates(
    outcome: Outcome, sheet: Sheet, able: Iterable[str], today: date
) -> Iterator[str]:
    """The candidates that fit the learner, the one to prefer first."""
    fitting = Standing.REQUIRED if outcome.recommends is Recommends.NAMED else Standing.WORTH_IT
    closed = closed_on(sheet.rulebook, today)  # can't fit, and to assess it is dear where many have
    for slug in able:
        if slug not in closed:
            found = assess(sheet.rulebook.by_slug[slug], sheet, today=today)
            if found.standing is fitting:
                yield slug
