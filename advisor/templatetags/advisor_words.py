"""The learner's own answers, and what to do otherwise, in words."""

from collections.abc import Sequence

from django import template

from advisor.addresses import result_url
from advisor.domain.answers import Answer
from advisor.domain.assessment import Standing
from advisor.domain.changes import Change, Move
from advisor.domain.rulebook import Rulebook

register = template.Library()


@register.simple_tag
def said(rulebook: Rulebook, answers: Sequence[Answer]) -> str:
    """What the learner said, e.g. “you use AWS, or plan to; you want to be hired”."""
    return "; ".join(rulebook.by_key[a.question].by_key[a.answer].said for a in answers)


@register.simple_tag
def condition_of(change: Change) -> str:
    """The change as the condition of a sentence, e.g. “If you build and deploy a real model”."""
    return "If " + ", and ".join(_condition_of(move) for move in change.moves)


def _condition_of(move: Move) -> str:
    added, removed = move.added, move.removed
    if added and added.action and move.is_forward:
        return f"you {added.action}"
    if added:
        return added.said if removed else f"besides, {added.said}"
    return f"it were no longer so that {removed.said}" if removed else ""


@register.simple_tag
def consequence_of(rulebook: Rulebook, change: Change) -> str:
    """What the verdict would be, in one sentence."""
    name = rulebook.by_slug[change.recommended].name if change.recommended else None
    return rulebook.outcomes[change.outcome].verdict(name)


@register.simple_tag
def change_url(change: Change) -> str:
    """The verdict on the changed sheet."""
    return result_url(change.sheet.pairs)


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
