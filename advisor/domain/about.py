"""The answer about one certification: what is asked for it, and when nothing can change it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from advisor.domain.decision_diagram import DecisionDiagram, Node
from advisor.domain.questions import Question
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_sets import NONE, Answers, SheetSet
from advisor.domain.standing import Standing
from advisor.domain.symbolic import SymbolicVerdicts


class AnswerKind(StrEnum):
    """Whether the certification asked about is worth it for a learner."""

    GET_IT = "get-it"
    CLOSED = "closed"
    HELD = "held"
    RULED_OUT = "ruled-out"
    NOT_YET = "not-yet"
    NO_REASON = "no-reason"
    NOT_RATED = "not-rated"
    ANOTHER = "another"
    NOT_NOW = "not-now"


class AboutAnswer(NamedTuple):
    """The answer about a certification; `another` is the slug of the one recommended instead."""

    kind: AnswerKind
    another: str | None = None


class AboutQuestions:
    """The questions that can still change the answer about one certification, and their order."""

    def __init__(self, verdicts: SymbolicVerdicts, slug: str) -> None:
        """Lay out the answers about a certification over all sheets."""
        self._rulebook = verdicts.rulebook
        self._diagram = DecisionDiagram(verdicts.space, answers_about(verdicts, slug))
        self._gates = _gates(verdicts.rulebook)
        self._next: dict[Node, str] = {}

    def node(self, answers: Answers) -> Node:
        """The place in the decision once these answers are given."""
        node = self._diagram.root
        for question, values in answers.items():
            node = self._diagram.after(node, question, values)
        return node

    def settled(self, node: Node) -> AboutAnswer | None:
        """The answer that no other question can change; None while one can."""
        return self._diagram.answer(node)

    def open_questions(self, node: Node) -> tuple[Question, ...]:
        """The questions that can still change the answer, the one to ask next first."""
        keys = self._diagram.questions(node)
        if not keys:
            return ()
        first = self.next_question(node)
        rest = [q for q in self._rulebook.questions if q.key in keys and q.key != first]
        return (self._rulebook.by_key[first], *rest)

    def next_question(self, node: Node) -> str:
        """The key of the question that leaves the fewest others to ask, on average.

        A question is asked only once nothing can keep it from being asked.
        """
        if node not in self._next:
            keys = self._diagram.questions(node)
            askable = [key for key in keys if self._gates[key].isdisjoint(keys)]
            self._next[node] = min(askable, key=lambda key: self._left_after(node, key))
        return self._next[node]

    def _left_after(self, node: Node, key: str) -> tuple[float, int]:
        """How many questions are left on average after one, and its place in the wizard."""
        left = []
        for choice in self._rulebook.by_key[key].choices:
            after = self._diagram.after(node, key, (choice.key,))
            left.append(len(self._diagram.questions(after)))
        return sum(left) / len(left), self._rulebook.places[key]

    @cached_property
    def most(self) -> int:
        """The number of questions on the longest way to an answer."""
        known: dict[Node, int] = {}

        def longest(node: Node) -> int:
            if self._diagram.answer(node) is not None:
                return 0
            if node not in known:
                key = self.next_question(node)
                ways = self._diagram.all_after(node, key)
                known[node] = 1 + max(longest(after) for after in ways)
            return known[node]

        return longest(self._diagram.root)


def answers_about(verdicts: SymbolicVerdicts, slug: str) -> Mapping[AboutAnswer, SheetSet]:
    """The answers about a certification, each with the sheets that get it; none is empty."""
    space = verdicts.space
    recommending: dict[str | None, SheetSet] = {}
    for decided, sheets in verdicts.decided.items():
        before = recommending.get(decided.recommended, NONE)
        recommending[decided.recommended] = space.any_of([before, sheets])
    own = recommending.pop(slug, NONE)
    found = {AboutAnswer(AnswerKind.GET_IT): own}
    for standing, sheets in verdicts.standings[slug].items():
        left = space.both(sheets, -own)
        if standing not in (Standing.WORTH_IT, Standing.REQUIRED):
            found[AboutAnswer(AnswerKind(standing.value))] = left
            continue
        for another, others in recommending.items():
            kind = AnswerKind.NOT_NOW if another is None else AnswerKind.ANOTHER
            answer = AboutAnswer(kind, another)
            here = space.both(left, others)
            found[answer] = space.any_of([found.get(answer, NONE), here])
    return {answer: sheets for answer, sheets in found.items() if sheets != NONE}


def _gates(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """The questions on whose answers it depends whether each is asked."""
    found = {}
    for place, question in enumerate(rulebook.questions):
        gates = question.asked_when.traits
        before = rulebook.questions[:place]
        found[question.key] = frozenset(q.key for q in before if not q.traits.isdisjoint(gates))
    return found
