"""Representatives: the few certifications that stand for all that no verdict tells apart.

Nothing argues about a certification that is not rated: for who must get it, all that can be
obtained fare alike, and all that have closed. So the sets of sheets need not tell them apart, and
cost the same however many there are.
"""

from dataclasses import replace
from datetime import date

from advisor.domain.certifications import Rated
from advisor.domain.questions import Power
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import Answers
from catalog.lifecycle import Status

# One for the certification that is asked about, and one for any other.
FEWEST = 2


class Representatives:
    """The representatives of the certifications of a rulebook on a day.

    `rulebook` is the same without those that others represent.
    """

    def __init__(self, rulebook: Rulebook, *, today: date) -> None:
        self._naming = rulebook.naming
        groups = _groups(rulebook, today)
        self._alike = {slug: slugs for slugs in groups for slug in slugs}
        represented = frozenset(slug for slugs in groups for slug in slugs[FEWEST:])
        self.rulebook = _without(rulebook, represented)

    def of(self, slug: str, about: str = "") -> str:
        """The slug of the representative of a certification, where one is asked about."""
        alike = self._alike.get(slug, (slug,))
        return alike[1] if about != slug and about in alike else alike[0]

    def represented(self, slug: str) -> tuple[str, ...]:
        """The slugs of all that fare like this one, itself included."""
        return self._alike.get(slug, (slug,))

    def narrowed(self, answers: Answers, about: str = "") -> Answers:
        """The answers with the representative named in the place of what is required."""
        named = self.named(answers)
        if not self._naming or not named:
            return answers
        return {**answers, self._naming.key: (self.of(named, about),)}

    def widened(self, found: Answers, given: Answers, about: str = "") -> Answers:
        """The answers found for narrowed ones, with the certification named that was given."""
        named = self.named(given)
        if not self._naming or not named or self.named(found) != self.of(named, about):
            return found
        return {**found, self._naming.key: (named,)}

    def named(self, answers: Answers) -> str:
        """The slug of the certification that the answers name as required; empty if none."""
        return "".join(answers.get(self._naming.key, ())) if self._naming else ""


def _groups(rulebook: Rulebook, today: date) -> list[tuple[str, ...]]:
    """The slugs that fare alike, in the order of the rulebook."""
    naming, holding = rulebook.naming, rulebook.holding
    if naming is None or naming.is_multiple or naming.power is not Power.CIRCUMSTANCE:
        return []
    closed: dict[bool, list[str]] = {True: [], False: []}
    for certification in rulebook.certifications:
        slug = certification.slug
        can_be_held = holding is not None and slug in holding.by_key
        if certification.rated is Rated.NO and slug in naming.by_key and not can_be_held:
            closed[certification.status_on(today) is Status.CLOSED].append(slug)
    return [tuple(slugs) for slugs in closed.values() if slugs]


def _without(rulebook: Rulebook, slugs: frozenset[str]) -> Rulebook:
    certifications = tuple(c for c in rulebook.certifications if c.slug not in slugs)
    questions = []
    for question in rulebook.questions:
        if question is rulebook.naming:
            choices = tuple(choice for choice in question.choices if choice.key not in slugs)
            questions.append(replace(question, choices=choices))
        else:
            questions.append(question)
    return replace(rulebook, certifications=certifications, questions=tuple(questions))
