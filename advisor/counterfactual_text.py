"""Lines of text for the answers that would change the verdict, one for each."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TypedDict

from django.utils.text import get_text_list

from advisor.domain.counterfactuals import Counterfactual, Move
from advisor.domain.reasons import learners_words
from advisor.domain.standing import assess
from advisor.url_builder import result_url
from catalog.fact_words import dollars


class ChangeLine(TypedDict):
    """A change as its line shows it.

    `url` is the verdict on the changed sheet; `condition` is the change, e.g. “If you build and
    deploy a real model”; `consequence` the verdict then, and what is not known of the one then
    recommended; `assumed` what is taken for granted of the questions that only then come up.
    """

    url: str
    condition: str
    consequence: str
    assumed: str


def lines_of(changes: Iterable[Counterfactual], *, today: date) -> list[ChangeLine]:
    return [
        ChangeLine(
            url=result_url(change.sheet.pairs),
            condition=condition_of(change.moves, change.cost_usd),
            consequence=_consequence(change, today),
            assumed=_assumed(change),
        )
        for change in changes
    ]


def condition_of(moves: Sequence[Move], cost_usd: int | None = None) -> str:
    """Moves in words with their price, e.g. “If you build and deploy a real model”."""
    taken = [words for move in moves if (words := _taken(move))]
    left = [words for move in moves if (words := _left(move))]
    taken = [words if n == 0 else words.removeprefix("you ") for n, words in enumerate(taken)]
    words = ", ".join([*([f"If {get_text_list(taken, 'and')}"] if taken else []), *left])
    if cost_usd:
        words += f", which costs {dollars(cost_usd)} at least"
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=10_000)
def _taken(move: Move) -> str:
    """The words for answers that are added, e.g. “you also work with AWS”; empty if none is."""
    added = move.added
    if added is None:
        return ""
    words = f"you {added.action}" if added.action and move.is_forward else added.said
    is_more = move.question.is_multiple and not move.removed
    return words.replace("you ", "you also ", 1) if is_more and words.startswith("you ") else words


def _left(move: Move) -> str:
    """The words for answers only given up, e.g. “without “AWS” among your cloud platforms”."""
    if move.removed is None or move.added:
        return ""
    return f"without “{move.removed.label}” among your {move.question.label.lower()}"


def _consequence(change: Counterfactual, today: date) -> str:
    rulebook = change.sheet.rulebook
    words = [rulebook.sentence(change.outcome, change.recommended)]
    if change.recommended:
        certification = rulebook.by_slug[change.recommended]
        cost = certification.cost_usd(change.sheet.traits)
        if cost and any(move.is_of_money for move in change.moves):
            words.append(f"It costs {dollars(cost)} in all.")
        found = assess(certification, change.sheet, today=today)
        words += [caution.text for caution in found.cautions]
    return " ".join(words)


def _assumed(change: Counterfactual) -> str:
    return learners_words(
        answer for answer in change.sheet.given if answer.question in change.follow_ups
    )
