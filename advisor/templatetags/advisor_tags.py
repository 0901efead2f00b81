"""Words for standings, outcomes and numbers of answer sheets, and lists of certifications."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe

from advisor.decision_map import DecisionMap
from advisor.domain.audit_report import AuditFinding
from advisor.domain.certifications import Effect
from advisor.domain.evaluation import ExplainedStanding
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import Decided
from advisor.domain.verdict_diff import VerdictShift
from advisor.result_page import STANDINGS
from advisor.url_builder import pairs_of, result_url
from catalog.conditions import Condition
from catalog.models import Certification
from catalog.templatetags.catalog_tags import cached_include, cached_part

register = template.Library()


@register.simple_tag
def standing_words(standing: Standing) -> str:
    return STANDINGS[standing]


@register.simple_tag
def standing_lines(
    rows: Iterable[tuple[Certification, ExplainedStanding]], today: date
) -> SafeString:
    """Lines of certifications with the same standing, each with its arguments, of cached parts."""
    lines = (
        cached_part("advisor/_certification_link.html", certification, today)
        + cached_include("advisor/_reasons_in_short.html", found=found)
        for certification, found in rows
    )
    return mark_safe("".join(f"<li>{line}</li>" for line in lines))  # noqa: S308 - of parts


EFFECTS = {
    Effect.FOR: "For it",
    Effect.AGAINST: "Against it",
    Effect.EITHER: "For it if so, against it if not",
    Effect.PREREQUISITE: "Needed first",
    Effect.CAUTION: "A caution",
}


@register.simple_tag
def effect_words(effect: Effect) -> str:
    return EFFECTS[effect]


@register.simple_tag
def witness_url(finding: AuditFinding) -> str:
    """The verdict on a sheet that shows a finding of the proof."""
    return result_url(pairs_of(finding.witness))


@register.simple_tag
def words_of(chart: DecisionMap, condition: Condition) -> str:
    """A condition in words that complete “a learner who …”; empty if it always holds."""
    return chart.words(condition)


@register.simple_tag
def recommends_words(chart: DecisionMap, outcome: Outcome) -> str:
    """The sentence that says what an outcome recommends."""
    if outcome.recommends is Recommends.NOTHING:
        return "It recommends nothing."
    if outcome.recommends is Recommends.NAMED:
        return "It recommends the one that was named, if it can still be had and is not held."
    kind = f"{Certification.Kind(outcome.kind).label.lower()}" if outcome.kind else "entry"
    tiers = [name for slug, name in chart.tiers.items() if slug in outcome.tiers]
    rated = f" rated {' or '.join(tiers)}" if tiers else ""
    tied = " One tied to a cloud only goes to those who use it." if outcome.needs_platform else ""
    return f"It recommends at most one {kind}{rated} that is worth it for the learner.{tied}"


SMALLEST = 0.01  # percent: what is less is said to be so


@register.filter
def sheets(number: int) -> str:
    """A number of sheets, in full, e.g. “161,355,121,200”."""
    return f"{number:,}"


@register.filter
def sheets_beside(number: int, others: int) -> str:
    """The number of sheets that are not among the others, in full."""
    return sheets(number - others)


@register.filter
def share(number: int, of: int) -> str:
    """A share in percent, with enough digits to tell none and all from almost."""
    percent = 100 * number / of if of else 0
    if number and percent < SMALLEST:
        return f"under {SMALLEST} %"
    if number != of and percent > 100 - SMALLEST:
        return f"over {100 - SMALLEST} %"
    return f"{percent:.2f}".rstrip("0").rstrip(".") + " %"


@register.simple_tag
def decided_words(
    decided: Decided | None, outcomes: Mapping[str, Outcome], names: Mapping[str, str]
) -> str:
    """Outcome and recommendation in one sentence; what there is to say if there is neither."""
    if decided is None:
        return "No verdict: this can’t be answered, or no rule decides it"
    name = names[decided.recommended] if decided.recommended else None
    return outcomes[decided.outcome].verdict(name)


@register.simple_tag
def shifts_words(
    shifts: list[VerdictShift], outcomes: Mapping[str, Outcome], names: Mapping[str, str]
) -> str:
    """The words for the shifts of one outcome; a single shift has its recommendations too."""
    was, becomes = shifts[0].before, shifts[0].after
    if len(shifts) == 1:
        before, after = (decided_words(decided, outcomes, names) for decided in (was, becomes))
    else:
        before, after = (_headline(decided, outcomes) for decided in (was, becomes))
    if before == after:
        return f"Still “{before}”, with another recommendation or none"
    return f"From “{before}” to “{after}”"


def _headline(decided: Decided | None, outcomes: Mapping[str, Outcome]) -> str:
    return outcomes[decided.outcome].headline if decided else "no verdict"


@register.simple_tag
def name_of(names: Mapping[str, str], slug: str) -> str:
    return names[slug]
