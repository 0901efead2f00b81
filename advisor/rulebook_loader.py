"""The loader: turns rows into an immutable rulebook, kept while the content version stands."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from threading import Lock

from django.db.models import Prefetch, QuerySet

from advisor import models
from advisor.domain import questions
from advisor.domain import rulebook as domain
from catalog.conditions import parse
from catalog.editorial.content_version import content_version
from catalog.fact_words import day_in_words, span_words
from catalog.models import Certification, Expectation, Lifecycle, Quotation, Sourced, Statement

Cautions = Mapping[int, list[models.Citation]]  # by the sentence that they pull apart from


def current_rulebook() -> domain.Rulebook:
    """The rulebook of the content as it stands.

    Raises ContentVersion.DoesNotExist if there is none.
    """
    while True:
        version = content_version()
        with suppress(_ContentChangedError), _loading:
            return _load(version)


# What many ask for at once after an edit is read once.
_loading = Lock()


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
    certifications = list(Certification.objects.in_guide_order().with_judged_facts())
    outcomes = {outcome.slug: _outcome(outcome) for outcome in _outcomes()}
    return domain.Rulebook(
        version=version,
        questions=tuple(_question(question, certifications) for question in _questions()),
        certifications=_certifications(certifications),
        outcomes=outcomes,
        rules=tuple(_rule(rule, outcomes) for rule in _rules()),
        warnings=_cited(models.Citation.Purpose.WARNING),
        advice=_cited(models.Citation.Purpose.INSTEAD),
        on_held=_cited(models.Citation.Purpose.HELD),
        criteria=tuple(_criteria()),
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
    named, names = question.names_certification, questions.Names(question.names_as)
    return questions.Question(
        key=question.key,
        label=question.label,
        text=question.text,
        why=question.why,
        choices=(
            *(_named(names, certifications) if named else ()),
            *(_choice(choice) for choice in question.choices.all()),
        ),
        asked_when=parse(question.asked_when),
        is_multiple=question.is_multiple,
        power=questions.Power(question.power),
        named_trait=named.slug if named else None,
        names=names,
    )


def _named(
    names: questions.Names, certifications: list[Certification]
) -> Iterator[questions.Choice]:
    """The certifications that a question offers as answers; nobody requires or holds a category."""
    for certification in certifications:
        slug, name = certification.slug, certification.name
        if certification.kind == Certification.Kind.CATEGORY:
            continue
        if names is questions.Names.REQUIRED:
            yield questions.Choice(key=slug, label=name, said=f"the one required is {name}")
        elif certification.tier:
            yield questions.Choice(key=slug, label=name, said=f"you hold {name}")


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
        monthly_usd=choice.monthly_usd,
        most_held=choice.most_held,
    )


def _certifications(rows: list[Certification]) -> tuple[domain.Certification, ...]:
    """The certifications, each with what the guide says of the category that it is one of."""
    by_key = {certification.pk: certification for certification in rows}
    cautions: dict[int, list[models.Citation]] = {}
    for citation in _citations(models.Citation.Purpose.CAUTION).select_related("beside"):
        cautions.setdefault(citation.beside_id or 0, []).append(citation)
    return tuple(_certification(row, by_key, cautions) for row in rows)


def _certification(
    certification: Certification, by_key: Mapping[int, Certification], cautions: Cautions
) -> domain.Certification:
    page = certification.get_absolute_url()
    lifecycle, price = certification.lifecycle_or_none, certification.price_or_none
    study_time = certification.study_time_statement
    category = _category_of(certification, by_key)
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
        most_usd=price.total_usd(months_min=certification.months_max) if price else None,
        months_min=certification.months_min,
        months_max=certification.months_max,
        validity=_validity(lifecycle),
        lifecycle=domain.Fact(f"{page}#status", _source(lifecycle)),
        price=domain.Fact(f"{page}#price", _source(price)),
        study_time=domain.Fact(study_time.get_absolute_url(), "The guide")
        if study_time
        else domain.Fact(f"{page}#study-time", "no source known"),
        statements=(
            *(each for owner in judged for each in _statements(owner, certification, cautions)),
            *(_expectation(each, page) for each in certification.expectations.all()),
        ),
        corrections=_corrections(judged),
        judgement=tuple(each for owner in judged for each in _judgement(owner)),
    )


def _category_of(
    certification: Certification, by_key: Mapping[int, Certification]
) -> Certification | None:
    membership = certification.membership_or_none
    return by_key.get(membership.category_id) if membership else None


def _statements(
    owner: Certification, certification: Certification, cautions: Cautions
) -> Iterator[domain.Statement]:
    """The sentences that argue on a certification: its own, or those of its category."""
    for statement in owner.statements.all():
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
            place=_place(owner, statement) if is_apart else "",
        )
        for caution in cautions.get(statement.pk, ()):
            also = f" and ({caution.condition})" if caution.condition else ""
            yield domain.Statement(
                text=caution.statement.text,
                url=caution.statement.get_absolute_url(),
                effect=domain.Effect.CAUTION,
                condition=parse(f"({condition}){also}"),
                place=caution.statement.place,
                beside=statement.text,
            )


def _judgement(owner: Certification) -> Iterator[domain.Citation]:
    """The sentences that judge a certification, or those of its kind, whoever asks."""
    for statement in owner.statements.all():
        if statement.section in Statement.JUDGING and not statement.condition:
            place = _place(owner, statement)
            yield domain.Citation(
                statement.text, statement.get_absolute_url(), domain.ALWAYS, place
            )


def _criteria() -> Iterator[domain.Citation]:
    """The sentences by which the guide judges any certification."""
    quoted = Quotation.objects.by_place()
    for place in Quotation.CRITERIA:
        if place in quoted:
            statement = quoted[place]
            url = statement.get_absolute_url()
            yield domain.Citation(statement.text, url, domain.ALWAYS, statement.place)


def _place(owner: Certification, statement: Statement) -> str:
    section = Statement.Section(statement.section).label.rstrip(":")
    return f"{owner.name}: {section[0].lower()}{section[1:]}"


def _expectation(expectation: Expectation, page: str) -> domain.Statement:
    return domain.Statement(
        text=expectation.text,
        url=f"{page}#expectation-{expectation.order}",
        effect=domain.Effect.PREREQUISITE,
        condition=parse(expectation.condition),
        source=_source(expectation),
    )


def _corrections(owners: Iterable[Certification]) -> tuple[domain.Correction, ...]:
    """The corrections that touch the judgement, the same words once.

    Those of what it costs or how long it takes are not among them.
    """
    found: dict[str, domain.Correction] = {}
    for statement in chain.from_iterable(owner.statements.all() for owner in owners):
        if statement.section in (Statement.Section.COST, Statement.Section.STUDY_TIME):
            continue
        for correction in statement.corrections.all():
            fact = domain.Fact(statement.get_absolute_url(), _source(correction))
            found.setdefault(correction.text, domain.Correction(correction.text, fact))
    return tuple(found.values())


def _validity(lifecycle: Lifecycle | None) -> str:
    """How long it is valid, in a sentence; empty where that is no question."""
    if lifecycle is None or lifecycle.validity == Lifecycle.Validity.NOT_APPLICABLE:
        return ""
    if lifecycle.validity == Lifecycle.Validity.YEARS:
        years = span_words(lifecycle.valid_years, lifecycle.valid_years, "year")
        return f"It is valid for {years}."
    if lifecycle.validity == Lifecycle.Validity.FOR_EVER:
        return "It does not expire."
    return "How long it is valid is not known."


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
    return tuple(_citation(citation) for citation in _citations(purpose))


def _citations(purpose: str) -> QuerySet[models.Citation]:
    citations = models.Citation.objects.published().filter(purpose=purpose).order_by("order")
    return citations.select_related("statement__chapter", "statement__certification")


def _citation(citation: models.Citation) -> domain.Citation:
    return domain.Citation(
        text=citation.statement.text,
        url=citation.statement.get_absolute_url(),
        condition=parse(citation.condition),
        place=citation.statement.place,
        possible_when=parse(citation.possible_when),
    )
