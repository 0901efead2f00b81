"""Numbers of answer sheets, and what they come to, in words."""

from collections.abc import Mapping

from django import template

from advisor.domain.effect import Shift
from advisor.domain.rulebook import Outcome
from advisor.domain.verdicts import Decided

register = template.Library()

SMALLEST = 0.01  # percent: what is less is said to be so


@register.filter
def sheets(number: int) -> str:
    """A number of sheets, in full, e.g. “161,355,121,200”."""
    return f"{number:,}"


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
    shifts: list[Shift], outcomes: Mapping[str, Outcome], names: Mapping[str, str]
) -> str:
    """What becomes of one outcome; a single shift is told with what was and is recommended."""
    was, becomes = shifts[0].before, shifts[0].after
    if len(shifts) == 1:
        before, after = (decided_words(each, outcomes, names) for each in (was, becomes))
    else:
        before, after = (_headline(each, outcomes) for each in (was, becomes))
    if before == after:
        return f"Still “{before}”, with another recommendation or none"
    return f"From “{before}” to “{after}”"


def _headline(decided: Decided | None, outcomes: Mapping[str, Outcome]) -> str:
    return outcomes[decided.outcome].headline if decided else "no verdict"


@register.simple_tag
def name_of(names: Mapping[str, str], slug: str) -> str:
    """The name of an entry."""
    return names[slug]
