"""The checklist of a certification before readers see it, and the reason to do without."""

from collections.abc import Iterator

from catalog.editorial.checks import RefusedError
from catalog.models import Certification, Lifecycle, Statement

WAIVER = "_waiver"  # the name of the field with the reason
FOR = (Statement.Effect.FOR, Statement.Effect.EITHER)
AGAINST = (Statement.Effect.AGAINST, Statement.Effect.EITHER)


def checklist(certification: Certification | None) -> list[tuple[str, bool]]:
    """The items wanted before a certification is published, each with whether it is there.

    Of one that is still to be added nothing is there.
    """
    return [*_checked(certification or Certification())]


def missing(certification: Certification) -> list[str]:
    """The missing items of a certification's checklist."""
    return [words for words, is_there in checklist(certification) if not is_there]


def refuse_gaps(certification: Certification, waiver: str) -> None:
    """Raise RefusedError if something is missing and no reason to do without is given."""
    gaps = missing(certification)
    if gaps and not waiver.strip():
        raise RefusedError(
            f"“{certification}” is not published yet, for it lacks: {', '.join(gaps)}. Fill in "
            "what is known, tick “Draft”, or say under “Publish all the same” why readers should "
            "see it without."
        )


def _checked(certification: Certification) -> Iterator[tuple[str, bool]]:
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    if not certification.is_category:
        is_reported = lifecycle and lifecycle.reported != Lifecycle.Reported.UNKNOWN
        yield "a provider", certification.provider_id is not None
        yield "a state", bool(is_reported or (lifecycle and lifecycle.closes_on))
        yield "a price", bool(price and price.amount is not None)
        yield "the vendor’s page", bool(certification.page_url)
        successions = certification.successions.all() if certification.pk else ()
        for succession in successions:
            if succession.successor.is_draft:
                yield f"its successor “{succession.successor}”, published", False
    if certification.tier_id is not None:
        effects = {*certification.statements.values_list("effect", flat=True)}
        yield "a reason for it", bool(effects & {*FOR})
        yield "a reason against it", bool(effects & {*AGAINST})
