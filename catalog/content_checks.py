"""Checks of the content as a whole, also of what comes by import, restore or publishing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.editorial.checks import CHECKS
from catalog.editorial.drafts import published
from catalog.models import (
    Alias,
    Assessment,
    Certification,
    Exam,
    Independence,
    Lifecycle,
    Membership,
    Price,
    Recognition,
    Renewal,
    Requirement,
    Sourced,
    Workload,
)
from catalog.models.membership import fault_of
from catalog.text_folding import fold_name

# The facts that are refused without a source.
SOURCED: tuple[type[Sourced], ...] = (
    *(Membership, Assessment, Requirement, Independence, Workload, Recognition, Renewal),
)
# The facts of a certification that can be had, which a category of them can't.
OF_ONE: tuple[type[Sourced], ...] = (Lifecycle, Price, Exam)


def facts_without_source() -> Iterator[str]:
    for model in SOURCED:
        rows: Any = published(model.objects.filter(sources=None))
        for fact in rows.select_related("certification"):
            if fact.needs_source:
                kind = fact._meta.verbose_name
                yield f"{fact.certification}: {kind}: name a source, or say that it is unknown."


def facts_of_categories() -> Iterator[str]:
    """Say of each category which fact it has that only one certification can have."""
    for model in OF_ONE:
        of_category: dict[str, Any] = {"certification__kind": Certification.Kind.CATEGORY}
        rows: Any = published(model.objects.filter(**of_category))
        for fact in rows.select_related("certification"):
            kind = fact._meta.verbose_name
            yield f"{fact.certification}: a category has no {kind} of its own: remove it."


def memberships_of_no_category() -> Iterator[str]:
    """Say of each certification that is one of a draft or of no category why that can't be."""
    rows = Membership.objects.filter(certification__is_draft=False)
    for membership in rows.select_related("certification", "category"):
        fault = fault_of(membership.certification, membership.category)
        if fault:
            yield f"{membership.certification}: kind in the guide: {fault}"


def names_given_twice() -> Iterator[str]:
    named: dict[str, set[int]] = defaultdict(set)
    for key, *names in Certification.objects.values_list("pk", "name", "slug"):
        for name in names:
            named[fold_name(name)].add(key)
    aliases = list(Alias.objects.values_list("certification", "name"))
    codes = list(Exam.objects.exclude(code="").values_list("certification", "code"))
    owners = defaultdict(set, {name: set(keys) for name, keys in named.items()})
    for key, name in (*aliases, *codes):
        owners[fold_name(name)].add(key)
    for given, found in ((aliases, owners), (codes, named)):  # two codes alike are told below
        for key, name in given:
            others = found[fold_name(name)] - {key}
            if others:
                yield f"“{name}” is a name of two entries: {_names({key, *others})}."
    counts = Counter(fold_name(code) for _, code in codes)
    for code in sorted(code for code, count in counts.items() if count > 1):
        yield f"The exam code {code.upper()} is given twice: {_names(owners[code])}."


def _names(keys: Iterable[int]) -> str:
    names = (
        Certification.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True)
    )
    return " and ".join(f"“{name}”" for name in names)


def register() -> None:
    checks = facts_without_source, facts_of_categories, memberships_of_no_category
    CHECKS.extend((*checks, names_given_twice))
