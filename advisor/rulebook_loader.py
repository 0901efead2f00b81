"""The loader: turns rows into an immutable rulebook, kept while the content version stands."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from threading import Lock

from django.db.models import Prefetch

from advisor import models
from advisor.domain import questions
from advisor.domain.certifications import ALWAYS, Certification, Citation, Rated
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.rulebook import Rule, Rulebook
from advisor.rulebook_certifications import certifications_of
from catalog.certification_rows import MOST_KEPT, certification_rows
from catalog.conditions import parse
from catalog.editorial.content_version import content_version
from catalog.models import Quotation


def current_rulebook() -> Rulebook:
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
def _load(version: str) -> Rulebook:
    rulebook = read_rulebook(version)
    if version != content_version():
        raise _ContentChangedError
    return rulebook


def read_rulebook(version: str) -> Rulebook:
    """The rulebook as the database has it at this moment, within a transaction too."""
    certifications = certifications_of(certification_rows())
    outcomes = {outcome.slug: _outcome(outcome) for outcome in _outcomes()}
    return Rulebook(
        version=version,
        questions=tuple(_question(question, certifications) for question in _questions()),
        certifications=certifications,
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
    citations = models.Citation.in_order()
    return list(
        models.Rule.objects.published()
        .select_related("outcome")
        .prefetch_related(Prefetch("citations", queryset=citations))
    )


def _question(
    question: models.Question, certifications: Iterable[Certification]
) -> questions.Question:
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
    names: questions.Names, certifications: Iterable[Certification]
) -> Iterator[questions.Choice]:
    """The certifications that a question offers as answers; nobody requires or holds a category."""
    for certification in certifications:
        slug, name = certification.slug, certification.name
        if not certification.has_facts:
            continue
        if names is questions.Names.REQUIRED:
            yield _choice_of(slug, name, f"the one required is {name}")
        elif certification.rated is Rated.BY_NAME:
            yield _choice_of(slug, name, f"you hold {name}")


@lru_cache(maxsize=MOST_KEPT)
def _choice_of(slug: str, name: str, said: str) -> questions.Choice:
    return questions.Choice(key=slug, label=name, said=said)


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


def _criteria() -> Iterator[Citation]:
    """The sentences by which the guide judges any certification."""
    quoted = Quotation.objects.by_place()
    for place in Quotation.CRITERIA:
        if place in quoted:
            statement = quoted[place]
            url = statement.get_absolute_url()
            yield Citation(statement.text, url, ALWAYS, statement.place)


def _outcome(outcome: models.Outcome) -> Outcome:
    return Outcome(
        slug=outcome.slug,
        headline=outcome.headline,
        headline_without=outcome.headline_without,
        standfirst=outcome.standfirst,
        recommends=Recommends(outcome.recommends),
        kind=outcome.kind,
        tiers=frozenset(tier.slug for tier in outcome.tiers.all()),
        needs_platform=outcome.needs_platform,
        if_none=outcome.if_none.slug if outcome.if_none else None,
        trait=outcome.trait.slug if outcome.trait else None,
    )


def _rule(rule: models.Rule, outcomes: dict[str, Outcome]) -> Rule:
    return Rule(
        order=rule.order,
        name=rule.name,
        outcome=outcomes[rule.outcome.slug],
        condition=parse(rule.condition),
        citations=tuple(_citation(citation) for citation in rule.citations.all()),
    )


def _cited(purpose: str) -> tuple[Citation, ...]:
    found = models.Citation.in_order().filter(purpose=purpose)
    return tuple(_citation(citation) for citation in found)


def _citation(citation: models.Citation) -> Citation:
    return Citation(
        text=citation.statement.text,
        url=citation.statement.get_absolute_url(),
        condition=parse(citation.condition),
        place=citation.statement.place,
        possible_when=parse(citation.possible_when),
    )
