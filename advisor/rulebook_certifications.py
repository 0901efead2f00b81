"""The certifications of a rulebook, from their rows.

The rows below them are read kind by kind and grouped here: a prefetch makes a query set for each
certification and relation, which with thousands of them takes longer than all else. What is not
judged is kept by the values of its row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from advisor import models
from advisor.domain import certifications as domain
from catalog.certification_rows import MOST_KEPT, Row, certification_of, texts_below
from catalog.conditions import parse
from catalog.fact_words import day_in_words, span_words
from catalog.models import (
    Certification,
    Correction,
    Expectation,
    Lifecycle,
    Price,
    Sourced,
    Statement,
)

Below = TypeVar("Below")


class _Groups(dict[int, list[Below]]):
    """Rows by the key of the row above; none for a key that no row has."""

    def __missing__(self, key: int) -> Sequence[Below]:
        """Return nothing, and remember nothing: most of thousands have no rows below."""
        return ()


@dataclass(frozen=True)
class _RowsBelow:
    """The rows below the certifications that readers see, each by the key of the row above.

    `sources` has the names of the sources of each kind of fact, by the key of the fact.
    """

    sources: Mapping[type[Sourced], Mapping[int, Sequence[str]]]
    statements: _Groups[Statement] = field(default_factory=_Groups)
    corrections: _Groups[Correction] = field(default_factory=_Groups)
    expectations: _Groups[Expectation] = field(default_factory=_Groups)
    cautions: _Groups[models.Citation] = field(default_factory=_Groups)

    def source(self, fact: Sourced | None) -> str:
        """By whose word a fact stands."""
        if fact is None:
            return "no source known"
        sources = ", ".join(self.sources[type(fact)].get(fact.pk, ())) or "no source named"
        checked = day_in_words(fact.checked_on)
        return f"{sources}; {fact.confidence} confidence, checked on {checked}"


def _rows_below() -> _RowsBelow:
    cautions = models.Citation.in_order().filter(purpose=models.Citation.Purpose.CAUTION)
    facts: tuple[type[Sourced], ...] = (Lifecycle, Price, Expectation, Correction)
    return _RowsBelow(
        statements=_grouped(_statements_that_count(), "certification_id"),
        corrections=_grouped(Correction.objects.published(), "statement_id"),
        expectations=_grouped(Expectation.objects.published(), "certification_id"),
        cautions=_grouped(cautions, "beside_id"),
        sources={fact: _source_names(fact) for fact in facts},
    )


def _statements_that_count() -> QuerySet[Statement]:
    """The sentences on certifications that argue, judge, give a study time or are corrected."""
    section = (*Statement.JUDGING, Statement.Section.STUDY_TIME)
    counts = (
        ~Q(condition="") | Q(section__in=section) | Q(pk__in=Correction.objects.values("statement"))
    )
    statements = Statement.objects.published().filter(counts, certification__isnull=False)
    return statements.order_by("order")


def _grouped(rows: Iterable[Below], key: str) -> _Groups[Below]:
    found: _Groups[Below] = _Groups()
    key_of = attrgetter(key)
    for row in rows:
        found.setdefault(key_of(row), []).append(row)
    return found


def _source_names(model: type[Sourced]) -> Mapping[int, list[str]]:
    """The names of the sources of each fact of a kind, by its key."""
    through: Any = model.sources.through
    rows = through.objects.order_by("source__name")
    return texts_below(rows, "source__name", above=f"{model._meta.model_name}_id")


def certifications_of(rows: Iterable[Row]) -> tuple[domain.Certification, ...]:
    """The certifications of rows, each with what the guide says of its category."""
    below = _rows_below()
    return tuple(_certification_of(row, below) for row in rows)


def _certification_of(row: Row, below: _RowsBelow) -> domain.Certification:
    is_judged = row.tier_id or row.membership__category_id
    if is_judged or row.id in below.statements or row.id in below.expectations:
        return _certification(certification_of(row), below)
    of_lifecycle = below.sources[Lifecycle].get(row.lifecycle__id, ())
    of_price = below.sources[Price].get(row.price__id, ())
    return _not_judged(row, tuple(of_lifecycle), tuple(of_price))


@lru_cache(maxsize=MOST_KEPT)
def _not_judged(
    row: Row, of_lifecycle: tuple[str, ...], of_price: tuple[str, ...]
) -> domain.Certification:
    """The certification of a row of which only facts, with these sources, are known."""
    sources = {Lifecycle: {row.lifecycle__id: of_lifecycle}, Price: {row.price__id: of_price}}
    return _certification(certification_of(row), _RowsBelow(sources))


def _certification(certification: Certification, below: _RowsBelow) -> domain.Certification:
    page = certification.get_absolute_url()
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    category = certification.one_of
    judged = [certification, *([category] if category else [])]
    tier = certification.tier or (category.tier if category else None)
    return domain.Certification(
        slug=certification.slug,
        name=certification.name,
        kind=certification.kind,
        tier=tier.slug if tier else None,
        tier_order=tier.order if tier else 0,
        is_rated_by_kind=certification.tier is None and tier is not None,
        platform=certification.platform,
        has_facts=certification.kind != Certification.Kind.CATEGORY,
        reported=lifecycle.reported if lifecycle else "unknown",
        opens_on=lifecycle.opens_on if lifecycle else None,
        sales_end_on=lifecycle.sales_end_on if lifecycle else None,
        closes_on=lifecycle.closes_on if lifecycle else None,
        total_usd=certification.total_usd,
        free_with=price.free_with.slug if price and price.free_with else None,
        most_usd=certification.most_usd,
        months_min=certification.months_min,
        months_max=certification.months_max,
        validity=_validity(lifecycle),
        lifecycle=domain.Fact(f"{page}#status", below.source(lifecycle)),
        price=domain.Fact(f"{page}#price", below.source(price)),
        study_time=_study_time(certification, below),
        statements=(
            *chain.from_iterable(_statements(owner, certification, below) for owner in judged),
            *_expectations(certification, below),
        ),
        corrections=_corrections(judged, below),
        judgement=tuple(sentence for owner in judged for sentence in _judgement(owner, below)),
    )


def _study_time(certification: Certification, below: _RowsBelow) -> domain.Fact:
    statement = certification.study_time_among(below.statements[certification.pk])
    if statement:
        return domain.Fact(statement.get_absolute_url(), "The guide")
    return domain.Fact(f"{certification.get_absolute_url()}#study-time", "no source known")


def _statements(
    owner: Certification, certification: Certification, below: _RowsBelow
) -> Iterator[domain.Statement]:
    """The sentences that argue on a certification: its own, or those of its category."""
    for statement in below.statements[owner.pk]:
        if not statement.condition:
            continue
        condition = certification.condition_of(statement)
        effect = domain.Effect(statement.effect)
        is_apart = owner is not certification or effect is domain.Effect.CAUTION
        yield domain.Statement(
            text=statement.text,
            url=statement.get_absolute_url(),
            effect=effect,
            condition=parse(condition),
            place=statement.place_under(owner) if is_apart else "",
        )
        for caution in below.cautions[statement.pk]:
            also = f" and ({caution.condition})" if caution.condition else ""
            yield domain.Statement(
                text=caution.statement.text,
                url=caution.statement.get_absolute_url(),
                effect=domain.Effect.CAUTION,
                condition=parse(f"({condition}){also}"),
                place=caution.statement.place,
                beside=statement.text,
            )


def _judgement(owner: Certification, below: _RowsBelow) -> Iterator[domain.Citation]:
    """The sentences that judge a certification, or those of its kind, whoever asks."""
    for statement in below.statements[owner.pk]:
        if statement.section in Statement.JUDGING and not statement.condition:
            place = statement.place_under(owner)
            yield domain.Citation(
                statement.text, statement.get_absolute_url(), domain.ALWAYS, place
            )


def _expectations(certification: Certification, below: _RowsBelow) -> Iterator[domain.Statement]:
    for expectation in below.expectations[certification.pk]:
        yield domain.Statement(
            text=expectation.text,
            url=f"{certification.get_absolute_url()}#expectation-{expectation.order}",
            effect=domain.Effect.PREREQUISITE,
            condition=parse(expectation.condition),
            source=below.source(expectation),
        )


def _corrections(
    owners: Iterable[Certification], below: _RowsBelow
) -> tuple[domain.Correction, ...]:
    """The corrections that touch the judgement, the same words once.

    Those of what it costs or how long it takes are not among them.
    """
    found: dict[str, domain.Correction] = {}
    for statement in chain.from_iterable(below.statements[owner.pk] for owner in owners):
        if statement.section in (Statement.Section.COST, Statement.Section.STUDY_TIME):
            continue
        for correction in below.corrections[statement.pk]:
            fact = domain.Fact(statement.get_absolute_url(), below.source(correction))
            found.setdefault(correction.text, domain.Correction(correction.text, fact))
    return tuple(found.values())


def _validity(lifecycle: Lifecycle | None) -> str:
    """The time that it is valid, in a sentence; empty where that is no question."""
    if lifecycle is None or lifecycle.validity == Lifecycle.Validity.NOT_APPLICABLE:
        return ""
    if lifecycle.validity == Lifecycle.Validity.YEARS:
        years = span_words(lifecycle.valid_years, lifecycle.valid_years, "year")
        return f"It is valid for {years}."
    if lifecycle.validity == Lifecycle.Validity.FOR_EVER:
        return "It does not expire."
    return "How long it is valid is not known."
