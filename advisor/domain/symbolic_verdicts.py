"""The decision over all answer sheets at once: for which of them each verdict is given."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from advisor.domain.all_learners import AllLearners
from advisor.domain.certifications import Certification, Citation, Rated
from advisor.domain.decision import deciding_rules
from advisor.domain.learners import first_that_holds
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.preference import places
from advisor.domain.rulebook import Rule, Rulebook
from advisor.domain.sheet_diagram import NONE
from advisor.domain.sheet_sets import SheetSet, SheetSpace
from advisor.domain.standing import Arguments, Standing, arguments_on, standings_of


class Decided(NamedTuple):
    """Outcome and recommendation: the two things that a learner comes for."""

    outcome: str
    recommended: str | None


class SymbolicVerdicts(AllLearners):
    """The verdicts of a rulebook on a day, each with the set of the sheets that get it."""

    def __init__(self, rulebook: Rulebook, *, today: date, space: SheetSpace | None = None) -> None:
        super().__init__(rulebook, space)
        self.today = today
        self._standings: dict[str, Mapping[Standing, SheetSet]] = {}

    @cached_property
    def decided_by(self) -> list[tuple[Rule, SheetSet]]:
        """Each rule with the sheets that it decides."""
        return list(deciding_rules(self.rulebook, self, among=self.sheets))

    @cached_property
    def undecided(self) -> SheetSet:
        """The sheets that no rule decides."""
        # The last rule first: it should always apply, and then nothing is left at once.
        left = [-self.meet(rule.condition) for rule in reversed(self.rulebook.rules)]
        return self.space.all_of([*left, self.sheets])

    @cached_property
    def decided(self) -> Mapping[Decided, SheetSet]:
        """Each outcome with what is recommended, and the sheets that get it; none is empty."""
        found = dict(self.decided_but_required)
        for outcome in self._outcomes:
            if outcome.recommends is Recommends.NAMED:
                among = self._getting(outcome)
                for slug, fitting in self._required.items():
                    self._put(found, Decided(outcome.slug, slug), self.both(among, fitting))
        return found

    @cached_property
    def decided_but_required(self) -> Mapping[Decided, SheetSet]:
        """The same without the sheets that are recommended the certification required of them.

        There is a verdict for each name, so those that need all as one are spared them.
        """
        found: dict[Decided, SheetSet] = {}
        for outcome in self._outcomes:
            among = self._getting(outcome)
            recommending = []
            if outcome.recommends is Recommends.NAMED:
                recommending.append(self.recommended_as_required)
            else:
                for slug, sheets in self._recommended(outcome, among):
                    recommending.append(sheets)
                    self._put(found, Decided(outcome.slug, slug), sheets)
            without = self.without(among, self.any_of(recommending))
            self._put(found, Decided(outcome.if_none or outcome.slug, None), without)
        return found

    @property
    def _outcomes(self) -> list[Outcome]:
        return list(dict.fromkeys(rule.outcome for rule in self.rulebook.rules))

    def _getting(self, outcome: Outcome) -> SheetSet:
        """The sheets that rules with this outcome decide."""
        return self.any_of(s for rule, s in self.decided_by if rule.outcome.slug == outcome.slug)

    def _put(self, found: dict[Decided, SheetSet], decided: Decided, sheets: SheetSet) -> None:
        if sheets != NONE:
            found[decided] = self.any_of([found.get(decided, NONE), sheets])

    def _recommended(self, outcome: Outcome, among: SheetSet) -> Iterator[tuple[str, SheetSet]]:
        """The certifications recommended of our own accord, each with its sheets among these."""
        claims = []
        for place in places(self.rulebook, outcome.slug, self.today):
            certification = self.rulebook.by_slug[place.slug]
            fitting = self.standings_of(place.slug).get(Standing.WORTH_IT, NONE)
            if fitting == NONE:
                continue
            used = self.use(certification.platform)
            free = self.have(certification.free_with or "")
            here = [fitting, used if place.is_used else -used, free if place.is_free else -free]
            claims.append((place.slug, self.space.all_of(here)))
        yield from first_that_holds(self, claims, among)

    @cached_property
    def _required(self) -> Mapping[str, SheetSet]:
        """Each certification that can be required, and on which sheets, valid or not, it is."""
        found = {}
        for certification in self.rulebook.certifications:
            sheets = self.require(certification.slug)
            if sheets != NONE:
                standings = dict(self._standings_among(sheets, certification))
                found[certification.slug] = standings[Standing.REQUIRED]
        return found

    @cached_property
    def recommended_as_required(self) -> SheetSet:
        """The sheets that are recommended whichever certification is required of them."""
        naming = [outcome for outcome in self._outcomes if outcome.recommends is Recommends.NAMED]
        among = self.any_of(self._getting(outcome) for outcome in naming)
        return self.both(among, self.any_of(self._required.values()))

    def required(self, slug: str) -> SheetSet:
        """The sheets that are recommended a certification because it is required of them."""
        return self.both(self._required.get(slug, NONE), self.recommended_as_required)

    def shown_beside(self, citation: Citation) -> SheetSet:
        """The sheets that meet the condition of a warning or of advice."""
        shown = self.meeting(citation.condition, self._outcome_traits)
        return self.both(shown, self.meeting(citation.possible_when, self._outcome_traits))

    @cached_property
    def _outcome_traits(self) -> Mapping[str, SheetSet]:
        """The traits that outcomes make true, and on which sheets."""
        found: dict[str, SheetSet] = {}
        for decided, sheets in self.decided.items():
            trait = self.rulebook.outcomes[decided.outcome].trait
            if trait:
                found[trait] = self.any_of([found.get(trait, NONE), sheets])
        return found

    @cached_property
    def standings(self) -> Mapping[str, Mapping[Standing, SheetSet]]:
        """The standings of each rated certification with the sheets; none is empty.

        What is not rated has one standing for everybody of whom it is not required.
        """
        return {rated.slug: self.standings_of(rated.slug) for rated in self.rulebook.rated}

    def standings_of(self, slug: str) -> Mapping[Standing, SheetSet]:
        """The standings of one certification, rated or not, with the sheets; none is empty."""
        if slug not in self._standings:
            standings = self._standings_among(self.sheets, self.rulebook.by_slug[slug])
            self._standings[slug] = {
                standing: sheets for standing, sheets in standings if sheets != NONE
            }
        return self._standings[slug]

    def _standings_among(
        self, sheets: SheetSet, certification: Certification
    ) -> Iterator[tuple[Standing, SheetSet]]:
        # Nothing argues about what is not rated, and there are many of these.
        is_rated = certification.rated is not Rated.NO
        found = arguments_on(certification, self) if is_rated else Arguments([], [], [], [], [])
        return standings_of(certification, self, found, among=sheets, today=self.today)
