"""What an outcome may recommend to a learner, and which of it to prefer."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.rulebook import Certification, Outcome, Recommends, Rulebook
from catalog.lifecycle import Status

# What decides between two certifications, by the first field of their preferences that differs.
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


def preference(
    certification: Certification, *, cost_usd: Decimal | None, is_used: bool, today: date
) -> Preference:
    """The place of a certification on a day for a learner who pays this for it.

    And uses its platform.
    """
    is_unknown = certification.status_on(today) is Status.UNKNOWN
    cost = cost_usd or Decimal(0)
    return Preference(
        certification.tier_order,
        is_unknown,
        cost_usd is None,
        not is_used,
        cost,
        certification.name,
    )


def candidates(
    rulebook: Rulebook, outcome: Outcome, sheet: Sheet, *, today: date
) -> tuple[str, ...]:
    """The rated certifications that an outcome may recommend, the one to prefer first."""
    if outcome.recommends is Recommends.NOTHING:
        return ()
    if outcome.recommends is Recommends.NAMED:
        named = rulebook.by_slug.get(sheet.named or "")
        return (named.slug,) if named and _is_candidate(named, outcome, sheet.platforms) else ()
    freed = sheet.traits & rulebook.freeing
    return _in_order(rulebook, outcome.slug, sheet.platforms, freed, today)


def why_before(rulebook: Rulebook, first: str, second: str, sheet: Sheet, *, today: date) -> str:
    """Why one candidate is preferred to another, in words that complete “because …”."""
    one, other = (
        _preference_of(rulebook.by_slug[slug], sheet.platforms, sheet.traits, today)
        for slug in (first, second)
    )
    differing = (f for f in Preference._fields if getattr(one, f) != getattr(other, f))
    return WHY[next(differing, "name")]


def _is_candidate(
    certification: Certification, outcome: Outcome, platforms: frozenset[str]
) -> bool:
    is_tied = outcome.needs_platform and certification.platform
    return outcome.admits(certification) and (not is_tied or certification.platform in platforms)


@lru_cache(maxsize=4)
def closed_on(rulebook: Rulebook, today: date) -> frozenset[str]:
    """The certifications that can't be obtained on a day."""
    closed = (
        each.slug for each in rulebook.certifications if each.status_on(today) is Status.CLOSED
    )
    return frozenset(closed)


# All changes of an answer need the order again, and with many certifications it is dear.
@lru_cache(maxsize=256)
def _in_order(
    rulebook: Rulebook,
    slug: str,
    platforms: frozenset[str],
    traits: frozenset[str],
    today: date,
) -> tuple[str, ...]:
    outcome = rulebook.outcomes[slug]
    certifications = [
        each for each in rulebook.certifications if _is_candidate(each, outcome, platforms)
    ]
    certifications.sort(
        key=lambda certification: _preference_of(certification, platforms, traits, today)
    )
    return tuple(certification.slug for certification in certifications)


def _preference_of(
    certification: Certification, platforms: frozenset[str], traits: frozenset[str], today: date
) -> Preference:
    is_used = certification.platform in platforms
    return preference(
        certification, cost_usd=certification.cost_usd(traits), is_used=is_used, today=today
    )
