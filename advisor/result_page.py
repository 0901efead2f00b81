"""The result page: the verdict with all that stands beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from advisor.counterfactual_text import ChangeLine, lines_of
from advisor.domain import certifications as domain
from advisor.domain.answers import Reading
from advisor.domain.counterfactuals import Counterfactual
from advisor.domain.evaluation import ExplainedStanding, Verdict
from advisor.domain.outcomes import Recommends
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.domain.standing import Standing, assess
from advisor.result import Result, find_result
from advisor.shared_links import Since, Stamp, since_shared, stamped_url
from advisor.undecided_page import MOST_NAMED, OpenAnswers, Undecided
from advisor.url_builder import list_url, wizard_url
from catalog.fact_words import dollars
from catalog.lifecycle import Status
from catalog.models import Certification, Price
from catalog.not_found import NotFound, not_found
from catalog.row_cache import certifications_by_slug

Row = tuple[Certification, ExplainedStanding]

# The words for each standing, in the order in which a page has them.
STANDINGS = {
    Standing.WORTH_IT: "Something in the guide speaks for it",
    Standing.REQUIRED: "Required of you",
    Standing.NOT_YET: "Not yet: something is missing",
    Standing.HELD: "You hold it",
    Standing.RULED_OUT: "Ruled out for you",
    Standing.CLOSED: "Closed",
    Standing.NO_REASON: "Nothing in the guide argues for it",
    Standing.NOT_RATED: "Not rated by this guide",
}
CONCERNED = 10  # certifications that came closest, of which a shared link says what changed


@dataclass(frozen=True)
class ResultPage(OpenAnswers):
    """The verdict with the certifications and links that its page shows."""

    found: Result
    certifications: Mapping[str, Certification]
    since: Since | None

    @property
    def verdict(self) -> Verdict:
        return self.found.verdict

    @cached_property
    def share(self) -> str:
        """The address that remembers today and what was decided."""
        return stamped_url(self.reading.pairs, self.found.decided, today=self.today)

    @cached_property
    def recommended(self) -> Row | None:
        """The one recommendation, if there is one."""
        return self._row(self.verdict.recommended) if self.verdict.recommended else None

    @property
    def passed_over(self) -> list[tuple[Certification, str]]:
        """The certifications that would have fitted too, each with why another is preferred."""
        return [(self.certifications[slug], why) for slug, why in self.verdict.passed_over]

    @cached_property
    def required(self) -> Row | None:
        """The certification that the learner named, if it can't be recommended."""
        named = self.reading.sheet.named
        if named is None or named not in self.certifications:
            return None
        if named == self.verdict.recommended:
            return None
        return self._row(named)

    @property
    def not_listed(self) -> NotFound | None:
        """Help on the certification that is required, where the catalogue does not have it."""
        named = self.reading.sheet.named
        if named is None or named in self.reading.rulebook.by_slug:
            return None
        return not_found(self.reading.rulebook.version)

    @cached_property
    def held(self) -> list[Row]:
        return [self._row(standing.slug) for standing in self.verdict.standings if standing.notes]

    @cached_property
    def nearest(self) -> list[Row]:
        """The certifications that came closest, the nearest first."""
        return [self._row(slug) for slug in self.verdict.nearest]

    @property
    def at_stake(self) -> tuple[Certification, str] | None:
        """The cost and time to spend otherwise, if nothing is recommended: “$200 and 2-3 months”.

        It is that of what came closest or was left open, else of the strongest that is within the
        learner's limits; of those that can still be had and of which it is known.
        """
        is_required = self.verdict.outcome.recommends is Recommends.NAMED
        if self.verdict.recommended or is_required or self.is_open:
            return None
        known = (*self.verdict.nearest, *self.verdict.left_open)
        strongest = (
            certification.slug
            for certification in self.reading.rulebook.certifications
            if certification.tier and not self._has_obstacle(certification)
        )
        for slug in dict.fromkeys((*known, *strongest)):
            rated = self.reading.rulebook.by_slug[slug]
            if rated.status_on(self.today) is not Status.CLOSED:
                certification = self.certifications[slug]
                spent = _spent(certification, rated.cost_usd(self.reading.sheet.traits))
                if spent:
                    return certification, spent
        return None

    def _has_obstacle(self, certification: domain.Certification) -> bool:
        """True if it has closed, or a limit of the learner rules it out."""
        return bool(assess(certification, self.reading.sheet, today=self.today).obstacles)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question that was answered, by its short name, and the answer in words."""
        return [(question.label, words) for question, words in self.reading.in_words if words]

    @property
    def is_open(self) -> bool:
        """True if questions were left open, so that only what is sure is shown."""
        return bool(self.reading.left_open)

    @property
    def standing_groups(self) -> list[tuple[str, list[Row]]]:
        """All other certifications by the words for their standing."""
        shown = (self.verdict.recommended, self.reading.sheet.named)
        rest = [found for found in self.verdict.standings if found.slug not in shown]
        groups = []
        for standing, words in STANDINGS.items():
            rows = [self._row(found.slug) for found in rest if found.standing is standing]
            if rows:
                groups.append((words, rows))
        return groups

    @cached_property
    def changes_to_one(self) -> list[ChangeLine]:
        """The changes within the learner's power that lead to a recommendation."""
        return self._lines(c for c in self.found.changes if c.is_in_reach and c.recommended)

    @cached_property
    def way_to_one(self) -> list[ChangeLine]:
        """The fewest changes within the learner's power that lead to a recommendation."""
        return self._lines(filter(None, [self.found.nearest_change]))

    @cached_property
    def changes_in_reach(self) -> list[ChangeLine]:
        """The others within the learner's power."""
        return self._lines(c for c in self.found.changes if c.is_in_reach and not c.recommended)

    @cached_property
    def changes_out_of_reach(self) -> list[ChangeLine]:
        """The changes not within the learner's power, with a few of those that name another."""
        changes = (c for c in self.found.changes if not c.is_in_reach)
        others = [change for change in changes if not self._names_another(change)]
        return self._lines([*others, *self._named_instead[:MOST_NAMED]])

    @property
    def count_out_of_reach(self) -> int:
        """The number of all changes that are not within the learner's power."""
        return len(self.changes_out_of_reach) + self.count_named_unshown

    @property
    def count_named_unshown(self) -> int:
        """The number of certifications that could be named instead and that no line shows."""
        return max(0, len(self._named_instead) - MOST_NAMED)

    @property
    def name_another(self) -> str | None:
        """The address at which to name another certification, in one's own words."""
        naming = self.reading.rulebook.naming
        return wizard_url(self.reading.pairs, change=naming.key) if naming else None

    @cached_property
    def _named_instead(self) -> list[Counterfactual]:
        """The changes by which the learner names another certification of the catalogue."""
        return [change for change in self.found.changes if self._names_another(change)]

    def _names_another(self, change: Counterfactual) -> bool:
        rulebook, move = self.reading.rulebook, change.moves[0]
        return move.question is rulebook.naming and move.after[0] in rulebook.by_slug

    @cached_property
    def list_url(self) -> str | None:
        """The catalogue with the certifications left open, if there are any."""
        return list_url(self.verdict.left_open)

    def _lines(self, changes: Iterable[Counterfactual]) -> list[ChangeLine]:
        return lines_of(changes, today=self.today)

    def _row(self, slug: str) -> Row:
        return self.certifications[slug], self._standings[slug]

    @cached_property
    def _standings(self) -> Mapping[str, ExplainedStanding]:
        return {standing.slug: standing for standing in self.verdict.standings}


def _spent(certification: Certification, cost_usd: Decimal | None) -> str:
    """Total cost and study time as far as they are known, e.g. “at least $177 and 3 months”."""
    price = certification.price_or_none
    is_least = price is not None and price.period == Price.Period.MONTH
    fee = f"{'at least ' if is_least else ''}{dollars(cost_usd)}" if cost_usd else ""
    months = certification.study_time if certification.months_min else ""
    return " and ".join(filter(None, (fee, months)))


def read_result_page(
    reading: Reading, stamp: Stamp | None, *, today: date
) -> ResultPage | Undecided:
    """The result page for answers that lack nothing, or the undecided page for open ones."""
    rulebook, found = reading.rulebook, find_result(reading, today=today)
    since = None
    if stamp:
        nearest = found.verdict.nearest if isinstance(found, Result) else ()
        recommended = found.decided.recommended if found.decided else None
        concerned = [reading.sheet.named, *nearest[:CONCERNED], stamp.was[1], recommended]
        headline = rulebook.sentence(*stamp.was)
        since = since_shared(stamp, found.decided, headline, filter(None, concerned), today=today)
    if isinstance(found, PossibleVerdicts):
        return Undecided(reading, today, found, since)
    shown = [standing.slug for standing in found.verdict.standings]
    certifications = certifications_by_slug(rulebook.version, shown)
    return ResultPage(reading, today, found, certifications, since)
