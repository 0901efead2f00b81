"""What the decision knows by short names, in words; and the lines of a shelf."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe

from advisor.addresses import pairs_of, result_url
from advisor.decision_map import DecisionMap
from advisor.domain.assessment import Standing
from advisor.domain.audit import Finding
from advisor.domain.evaluation import ExplainedStanding
from advisor.domain.rulebook import Effect, Outcome, Recommends
from catalog.conditions import Condition
from catalog.models import Certification
from catalog.templatetags.catalog_marks import kept, rendered

register = template.Library()


STANDINGS = {
    Standing.WORTH_IT: "Something in the guide speaks for it",
    Standing.REQUIRED: "Required of you",
    Standing.NOT_YET: "Not yet: something is missing",
    Standing.RULED_OUT: "Ruled out for you",
    Standing.CLOSED: "Closed",
    Standing.NO_REASON: "Nothing in the guide argues for it",
    Standing.NOT_RATED: "Not rated by this guide",
}


@register.simple_tag
def standing_words(standing: Standing) -> str:
    """A standing, in words."""
    return STANDINGS[standing]


@register.simple_tag
def lines_of_shelf(
    rows: Iterable[tuple[Certification, ExplainedStanding]], today: date
) -> SafeString:
    """Each entry on a shelf with what speaks for and against it, of parts made once."""
    lines = (
        kept("advisor/_named.html", entry, today) + rendered("advisor/_arguments.html", found=found)
        for entry, found in rows
    )
    return mark_safe("".join(f"<li>{each}</li>" for each in lines))  # noqa: S308 - of parts


EFFECTS = {
    Effect.FOR: "For it",
    Effect.AGAINST: "Against it",
    Effect.EITHER: "For it if so, against it if not",
    Effect.PREREQUISITE: "Needed first",
}


@register.simple_tag
def effect_words(effect: Effect) -> str:
    """What a statement on an entry does where it applies."""
    return EFFECTS[effect]


@register.simple_tag
def witness_url(finding: Finding) -> str:
    """The verdict on a sheet that shows a finding of the proof."""
    return result_url(pairs_of(finding.witness))


@register.simple_tag
def words_of(chart: DecisionMap, condition: Condition) -> str:
    """A condition in words that complete “a learner who …”; empty if it always holds."""
    return chart.words(condition)


@register.simple_tag
def recommends_words(chart: DecisionMap, outcome: Outcome) -> str:
    """What an outcome recommends, in one sentence."""
    if outcome.recommends is Recommends.NOTHING:
        return "It recommends nothing."
    if outcome.recommends is Recommends.NAMED:
        return "It recommends the one that was named, if the guide rates it and it is not closed."
    kind = f"{Certification.Kind(outcome.kind).label.lower()}" if outcome.kind else "entry"
    tiers = [name for slug, name in chart.tiers.items() if slug in outcome.tiers]
    rated = f" rated {' or '.join(tiers)}" if tiers else ""
    tied = " One tied to a cloud only goes to those who use it." if outcome.needs_platform else ""
    return f"It recommends at most one {kind}{rated} that is worth it for the learner.{tied}"
