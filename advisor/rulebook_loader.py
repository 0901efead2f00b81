"""The loader: turns rows into an immutable rulebook, kept while the content version stands."""

from contextlib import suppress
from datetime import date
from functools import lru_cache

from django.db.models import Prefetch

from advisor import models
from advisor.domain import questions
from advisor.domain import rulebook as domain
from advisor.domain.partial_answers import PartialAnswers
from advisor.domain.symbolic import SymbolicVerdicts
from catalog.conditions import parse
from catalog.editorial.content_version import content_version
from catalog.fact_words import day_in_words
from catalog.models import Certification, Sourced


def current_rulebook() -> domain.Rulebook:
    """The rulebook of the content as it stands.

    Raises ContentVersion.DoesNotExist if there is none.
    """
    while True:
        with suppress(_ContentChangedError):
            return _load(content_version())


@lru_cache(maxsize=2)
def prospects_of(rulebook: domain.Rulebook, *, today: date) -> PartialAnswers:
    """What can come of open answers under a rulebook on a day."""
    return PartialAnswers(SymbolicVerdicts(rulebook, today=today))


class _ContentChangedError(Exception):
    """An editor saved while we read."""


@lru_cache(maxsize=1)
def _load(version: str) -> domain.Rulebook:
    rulebook = read_rulebook(version)
    if version != content_version():
        raise _ContentChangedError
    return rulebook


def read_rulebook(version: str) -> domain.Rulebook:
    """The rulebook as the database has it at this moment, within a transaction too."""
    certifications = list(Certification.objects.in_guide_order().with_facts())
    outcomes = {outcome.slug: _outcome(outcome) for outcome in _outcomes()}
    return domain.Rulebook(
        version=version,
        questions=tuple(_question(question, certifications) for question in _questions()),
        certifications=tuple(_certification(certification) for certification in certifications),
        outcomes=outcomes,
        rules=tuple(_rule(rule, outcomes) for rule in _rules()),
        warnings=_cited(models.Citation.Purpose.WARNING),
        advice=_cited(models.Citation.Purpose.INSTEAD),
    )


def _questions() -> list[models.Question]:
    return list(
        models.Question.objects.published()
        .select_related("names_certification")
        .prefetch_related("choices__traits")
    )


def _outcomes() -> list[models.Outcome]:
    return list(models.Outcome.objects.select_related("if_none", "trait").prefetch_related("tiers"))


def _rules() -> list[models.Rule]:
    citations = (
        models.Citation.objects.published()
        .order_by("order")
        .select_related("statement__chapter", "statement__certification")
    )
    return list(
        models.Rule.objects.published()
        .select_related("outcome")
        .prefetch_related(Prefetch("citations", queryset=citations))
    )


def _question(question: models.Question, certifications: list[Certification]) -> questions.Question:
    named = question.names_certification
    offered = (
        [
            questions.Choice(key=c.slug, label=c.name, said=f"the one required is {c.name}")
            for c in certifications
        ]
        if named
        else []
    )
    return questions.Question(
        key=question.key,
        label=question.label,
        text=question.text,
        why=question.why,
        choices=(*offered, *(_choice(choice) for choice in question.choices.all())),
        asked_when=parse(question.asked_when),
        is_multiple=question.is_multiple,
        power=questions.Power(question.power),
        named_trait=named.slug if named else None,
    )


def _choice(choice: models.Choice) -> questions.Choice:
    return questions.Choice(
        key=choice.key,
        label=choice.label,
        said=choice.said,
        hint=choice.hint,
        traits=frozenset(trait.slug for trait in choice.traits.all()),
        platform=choice.platform,
        limit_usd=choice.limit_usd,
        limit_months=choice.limit_months,
        is_exclusive=choice.is_exclusive,
        is_neutral=choice.is_neutral,
        action=choice.action,
    )


def _certification(certification: Certification) -> domain.Certification:
    page = certification.get_absolute_url()
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    study_time = certification.study_time_statement
    return domain.Certification(
        slug=certification.slug,
        name=certification.name,
        kind=certification.kind,
        tier=certification.tier.slug if certification.tier else None,
        tier_order=certification.tier.order if certification.tier else 0,
        platform=certification.platform,
        has_facts=certification.kind != Certification.Kind.CATEGORY,
        reported=lifecycle.reported if lifecycle else "unknown",
        opens_on=lifecycle.opens_on if lifecycle else None,
        sales_end_on=lifecycle.sales_end_on if lifecycle else None,
        closes_on=lifecycle.closes_on if lifecycle else None,
        total_usd=certification.total_usd,
        free_with=price.free_with.slug if price and price.free_with else None,
        months_min=certification.months_min,
        lifecycle=domain.Fact(f"{page}#status", _source(lifecycle)),
        price=domain.Fact(f"{page}#price", _source(price)),
        study_time=domain.Fact(study_time.get_absolute_url(), "The guide")
        if study_time
        else domain.Fact(f"{page}#study-time", "no source known"),
        statements=tuple(
            domain.Statement(
                text=statement.text,
                url=statement.get_absolute_url(),
                effect=domain.Effect(statement.effect),
                condition=parse(statement.condition),
            )
            for statement in certification.statements.all()
            if statement.condition
        ),
    )


def _source(fact: Sourced | None) -> str:
    if fact is None:
        return "no source known"
    sources = ", ".join(source.name for source in fact.sources.all()) or "no source named"
    checked = day_in_words(fact.checked_on)
    return f"{sources}; {fact.confidence} confidence, checked on {checked}"


def _outcome(outcome: models.Outcome) -> domain.Outcome:
    return domain.Outcome(
        slug=outcome.slug,
        headline=outcome.headline,
        headline_without=outcome.headline_without,
        standfirst=outcome.standfirst,
        recommends=domain.Recommends(outcome.recommends),
        kind=outcome.kind,
        tiers=frozenset(tier.slug for tier in outcome.tiers.all()),
        needs_platform=outcome.needs_platform,
        if_none=outcome.if_none.slug if outcome.if_none else None,
        trait=outcome.trait.slug if outcome.trait else None,
    )


def _rule(rule: models.Rule, outcomes: dict[str, domain.Outcome]) -> domain.Rule:
    return domain.Rule(
        order=rule.order,
        name=rule.name,
        outcome=outcomes[rule.outcome.slug],
        condition=parse(rule.condition),
        citations=tuple(_citation(citation) for citation in rule.citations.all()),
    )


def _cited(purpose: str) -> tuple[domain.Citation, ...]:
    citations = models.Citation.objects.published().filter(purpose=purpose).order_by("order")
    return tuple(
        _citation(citation)
        for citation in citations.select_related("statement__chapter", "statement__certification")
    )


def _citation(citation: models.Citation) -> domain.Citation:
    return domain.Citation(
        text=citation.statement.text,
        url=citation.statement.get_absolute_url(),
        condition=parse(citation.condition),
        place=citation.statement.place,
    )
