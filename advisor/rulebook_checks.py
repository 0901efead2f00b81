"""The check of the published rulebook: every answer sheet has an explained verdict."""

from collections.abc import Iterator

from django.db.models import Q

from advisor.models import Choice, Citation, Outcome, Question, Rule
from catalog.conditions import parse
from catalog.editorial.drafts import hidden, published
from catalog.models import Statement
from catalog.models.traits import condition_fields

LAST_RULE = "The last rule must always apply: leave its condition empty."


def faults() -> Iterator[str]:
    """The faults of the published rulebook as it stands."""
    last = Rule.objects.published().last()
    if last is None or last.condition:
        yield LAST_RULE
    for question in Question.objects.published().filter(choices=None, names_certification=None):
        yield f"“{question}” has no answers to choose from: add some."
    drafts = Statement.objects.filter(hidden(Statement)).values("pk")
    shown = Q(rule=None) | Q(rule__is_draft=False)
    for citation in Citation.objects.filter(shown, statement__in=drafts):
        where = f"reason of “{citation.rule}”" if citation.rule else citation.purpose
        yield f"“{citation}” is cited as {where}, so it can’t be a draft: take it out there first."
    yield from _traits_that_nothing_grants()


def _traits_that_nothing_grants() -> Iterator[str]:
    granted = {
        *Choice.objects.published().values_list("traits__slug", flat=True),
        *Question.objects.published().values_list("names_certification__slug", flat=True),
        *Outcome.objects.values_list("trait__slug", flat=True),
    }
    for model, name in condition_fields():
        rows = published(model._default_manager.all())
        for text in rows.values_list(name, flat=True).order_by().distinct():
            for trait in sorted(parse(text).traits - granted):
                row = rows.filter(**{name: text})[0]
                yield (
                    f"No published answer makes “{trait}” true, which the condition of “{row}” "
                    "names: publish its question first, or rewrite the condition."
                )
