"""The learner's own answers, and what to do otherwise, in words."""

from collections.abc import Sequence

from django import template

from advisor.addresses import pairs_of, result_url
from advisor.decision_map import DecisionMap
from advisor.domain.assessment import Standing
from advisor.domain.audit import Finding
from advisor.domain.changes import Change, Move
from advisor.domain.evaluation import learners_words
from advisor.domain.rulebook import Choice, Effect, Outcome, Recommends, Rulebook
from catalog.conditions import Condition
from catalog.models import Certification

register = template.Library()


@register.simple_tag
def condition_of(change: Change) -> str:
    """The change as the condition of a sentence, e.g. “If you build and deploy a real model”."""
    taken = [_taken(move, move.added) for move in change.moves if move.added]
    left = [_left(move, move.removed) for move in change.moves if move.removed and not move.added]
    taken = [words if n == 0 else words.removeprefix("you ") for n, words in enumerate(taken)]
    words = ", ".join([*(["If " + _and(taken)] if taken else []), *left])
    return words[:1].upper() + words[1:]


def _taken(move: Move, added: Choice) -> str:
    """What is done or true then, e.g. “you also work with AWS”."""
    words = f"you {added.action}" if added.action and move.is_forward else added.said
    is_more = move.question.is_multiple and not move.removed and words.startswith("you ")
    return words.replace("you ", "you also ", 1) if is_more else words


def _left(move: Move, removed: Choice) -> str:
    """What is given up, e.g. “without “AWS” among your cloud platforms”."""
    return f"without “{removed.label}” among your {move.question.label.lower()}"


def _and(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


@register.simple_tag
def assumed(change: Change) -> str:
    """What a change takes for granted of the questions that only then come up."""
    return learners_words(each for each in change.sheet.given if each.question in change.follow_ups)


@register.simple_tag
def consequence_of(rulebook: Rulebook, change: Change) -> str:
    """What the verdict would be, in one sentence."""
    return rulebook.sentence(change.outcome, change.recommended)


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
