"""The sources of a certification's facts, numbered in the order in which its page shows them."""

from collections.abc import Iterator, Mapping

from catalog.lifecycle import Status
from catalog.models import Certification, Rated, Source, Sourced
from catalog.models.certification_queries import CRITERIA


def numbered_sources(certification: Certification, status: Status) -> dict[Source, int]:
    """Return the number of each source behind a fact of the page, from 1; empty for a category."""
    numbers: dict[Source, int] = {}
    if certification.is_category:
        return numbers
    for fact in _facts(certification, status):
        for source in fact.sources.all():
            numbers.setdefault(source, len(numbers) + 1)
    return numbers


def numbers_of(fact: Sourced, numbers: Mapping[Source, int]) -> list[int]:
    """Return the numbers of a fact's sources, the first in the list first."""
    return sorted(numbers[source] for source in fact.sources.all())


def _facts(certification: Certification, status: Status) -> Iterator[Sourced]:
    is_by_kind = certification.rated == Rated.BY_KIND
    singles = {name: getattr(certification, name, None) for name in ("price", *CRITERIA)}
    singles |= {
        "lifecycle": certification.lifecycle_or_none,
        "membership": certification.membership_or_none if is_by_kind else None,
    }
    if status.is_ending:  # said first, with what came after
        yield from filter(None, [singles.pop("lifecycle")])
        yield from certification.successions.all()
    in_order = ("membership", "lifecycle", "price", "workload")
    yield from filter(None, (singles.pop(name, None) for name in in_order))
    yield from certification.exams.all()
    yield from certification.expectations.all()
    yield from filter(None, singles.values())
    yield from certification.recognitions.all()
