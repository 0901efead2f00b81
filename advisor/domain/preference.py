"""The certifications that an outcome may recommend, and which of them to prefer."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.certifications import Certification
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.rulebook import Rulebook
from catalog.lifecycle import Status

# The reasons to prefer one to another, by the first field of their preferences that differs.
WHY = {
    "tier_order": "the guide rates it higher",
    "is_status_unknown": "it is known to be open",
    "is_price_unknown": "its price is known",
    "is_unused": "it is of a platform that you use",
    "cost_usd": "it costs you less",
    "name": "it comes first by its name: nothing else decides between them",
}


class Preference(NamedTuple):
    """The place of a certification among what can be recommended, the least first."""

    tier_order: int
    is_status_unknown: bool
    is_price_unknown: bool
    is_unused: bool
    cost_usd: Decimal
    name: str


class PreferredPlace(NamedTuple):
    """A certification at the place that it has for those who use its platform, or get it free."""

    preference: Preference
    slug: str
    is_used: bool
    is_free: bool


@lru_cache(maxsize=16)
def places(rulebook: Rulebook, outcome_slug: str, today: date) -> tuple[PreferredPlace, ...]:
    """Every place that a certification can have among those of an outcome, the first first."""
    outcome = rulebook.outcomes[outcome_slug]
    if outcome.recommends is Recommends.NOTHING:
        return ()
    closed = closed_on(rulebook, today)
    found = []
    for certification in rulebook.certifications:
        # A closed one keeps its place: the page tells which came closest.
        if not outcome.admits(certification):
            continue
        if outcome.recommends is Recommends.NAMED and certification.slug in closed:
            continue
        used = (True, False) if certification.platform else (False,)
        if certification.platform and outcome.needs_platform:
            used = (True,)
        free = (True, False) if certification.free_with else (False,)
        for is_used, is_free in product(used, free):
            place = _preference(certification, is_used=is_used, is_free=is_free, today=today)
            found.append(PreferredPlace(place, certification.slug, is_used, is_free))
    return tuple(sorted(found))


def candidates(outcome: Outcome, sheet: Sheet, *, today: date) -> tuple[str, ...]:
    """The certifications that an outcome may recommend to a learner, the one to prefer first."""
    if outcome.recommends is Recommends.NAMED:
        is_listed = sheet.named in sheet.rulebook.by_slug
        return (sheet.named,) if sheet.named and is_listed else ()
    freed = sheet.traits & sheet.rulebook.freeing
    return _in_order(sheet.rulebook, outcome.slug, sheet.platforms, freed, today)


def why_before(first: str, second: str, sheet: Sheet, *, today: date) -> str:
    """The reason to prefer one candidate to another, in words that complete “because …”."""
    certifications = (sheet.rulebook.by_slug[slug] for slug in (first, second))
    one, other = (_preference_for(found, sheet, today) for found in certifications)
    differing = (f for f in Preference._fields if getattr(one, f) != getattr(other, f))
    return WHY[next(differing, "name")]


@lru_cache(maxsize=2)
def closed_on(rulebook: Rulebook, today: date) -> frozenset[str]:
    """The certifications that can't be obtained on a day."""
    closed = (c.slug for c in rulebook.certifications if c.status_on(today) is Status.CLOSED)
    return frozenset(closed)


# All changes of an answer need the order again, and with many certifications it is dear.
@lru_cache(maxsize=256)
def _in_order(
    rulebook: Rulebook,
    outcome_slug: str,
    platforms: frozenset[str],
    freed: frozenset[str],
    today: date,
) -> tuple[str, ...]:
    found = []
    for place in places(rulebook, outcome_slug, today):
        certification = rulebook.by_slug[place.slug]
        is_used = certification.platform in platforms
        is_free = certification.free_with in freed
        if (place.is_used, place.is_free) == (is_used, is_free):
            found.append(place.slug)
    return tuple(found)


def _preference_for(certification: Certification, sheet: Sheet, today: date) -> Preference:
    is_used = certification.platform in sheet.platforms
    is_free = certification.free_with in sheet.traits
    return _preference(certification, is_used=is_used, is_free=is_free, today=today)


def _preference(
    certification: Certification, *, is_used: bool, is_free: bool, today: date
) -> Preference:
    cost = Decimal(0) if is_free else certification.total_usd
    return Preference(
        tier_order=certification.tier_order,
        is_status_unknown=certification.status_on(today) is Status.UNKNOWN,
        is_price_unknown=cost is None,
        is_unused=not is_used,
        cost_usd=cost or Decimal(0),
        name=certification.name,
    )
