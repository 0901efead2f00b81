"""The answer about one certification: what is asked for it, and when nothing can change it."""

from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from advisor.domain.answers import Sheet
from advisor.domain.decision_diagram import DecisionDiagram, Node
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_diagram import NONE
from advisor.domain.sheet_sets import Answers, SheetSet, keeping
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import SymbolicVerdicts


class AnswerKind(StrEnum):
    """The answers to whether the certification asked about is worth it for a learner."""

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


# Stands for whichever other certification is required: a leaf for each would make the diagram
# as many times larger as there are certifications.
THE_REQUIRED = AboutAnswer(AnswerKind.ANOTHER)


class AboutQuestions:
    """The questions that can still change the answer about one certification.

    It is read by many at once, so only what is remembered of it changes.
    """

    def __init__(
        self, verdicts: SymbolicVerdicts, slug: str, representatives: Representatives
    ) -> None:
        """Lay out the answers about a certification over all sheets.

        The verdicts are those of the rulebook of the representatives.
        """
        self.slug = slug
        self._representatives = representatives
        self._rulebook = verdicts.rulebook
        self._space = verdicts.space
        answers = self._answers = answers_about(verdicts, representatives.of(slug))
        self._diagram = DecisionDiagram(verdicts.space, answers)
        self._longest: dict[Node, int] = {}
        self._ways = {answer: _ways_to(verdicts, answer, answers[answer]) for answer in answers}

    def node(self, answers: Answers) -> Node:
        """The place in the decision once these answers are given."""
        narrowed = self._representatives.narrowed(answers, self.slug)
        node = self._diagram.root
        for question, values in narrowed.items():
            node = self._diagram.after(node, question, values)
        return node if node < 0 else self._only_leaf(narrowed) or node

    def _only_leaf(self, answers: Answers) -> Node | None:
        """The leaf where what is held, before its number is known, rules all others out."""
        holding, counting = self._rulebook.holding, self._rulebook.counting
        if not holding or holding.key not in answers:
            return None
        if all(question.key in answers for question in counting):
            return None
        keep = keeping(answers)
        possible = [
            answer for answer, sheets in self._answers.items() if self._space.has(sheets, keep)
        ]
        return self._diagram.leaf(possible[0]) if len(possible) == 1 else None

    def answer(self, sheet: Sheet) -> AboutAnswer | None:
        """The answer that no question left open can change; None while one can."""
        answer = self._diagram.answer(self.node(sheet.answers))
        return answer._replace(another=sheet.named) if answer == THE_REQUIRED else answer

    def open_questions(self, node: Node) -> frozenset[str]:
        """The keys of the questions that can still change the answer."""
        return self._diagram.questions(node)

    def left_after(self, node: Node, key: str) -> float:
        """The number of questions left on average once one is answered."""
        left = []
        for choice in self._rulebook.by_key[key].choices:
            with suppress(LookupError):  # nobody who has come this way can say so
                after = self._diagram.after(node, key, (choice.key,))
                left.append(len(self._diagram.questions(after)))
        return sum(left) / len(left)

    def examples(self, answers: Answers) -> list[Answers]:
        """Complete sheets with these answers that get the settled answer, one for each way to it.

        Empty while the answer is not settled.
        """
        settled = self._diagram.answer(self.node(answers))
        if settled is None:
            return []
        names = self._representatives
        keep = keeping(names.narrowed(answers, self.slug))
        ways = (self._space.cheapest(sheets, keep) for sheets in self._ways[settled])
        return [names.widened(way[1], answers, self.slug) for way in ways if way]

    @property
    def most(self) -> int:
        """The number of questions on the longest way to an answer."""
        return self.most_after(self._diagram.root)

    def most_after(self, node: Node) -> int:
        """The number of questions on the longest way from a place to an answer."""
        if node not in self._longest:
            key = next_question(self._rulebook, [(self, node)])
            ways = self._diagram.all_after(node, key) if key else ()
            self._longest[node] = 1 + max(map(self.most_after, ways)) if key else 0
        return self._longest[node]


def next_question(
    rulebook: Rulebook, places: Sequence[tuple[AboutQuestions, Node]], but: Container[str] = ()
) -> str | None:
    """The key of the question that leaves the fewest others to ask, on average.

    It counts for all certifications asked about. A question is asked only once no other can keep
    it from being asked. None if no question is left, those passed over (`but`) apart.
    """
    open_ones: set[str] = set()
    for about, node in places:
        open_ones |= about.open_questions(node)
    askable = [key for key in open_ones if rulebook.gates[key].isdisjoint(open_ones)]

    def left(key: str) -> tuple[float, int]:
        return sum(about.left_after(node, key) for about, node in places), rulebook.places[key]

    return min((key for key in askable if key not in but), key=left, default=None)


def answers_about(verdicts: SymbolicVerdicts, slug: str) -> Mapping[AboutAnswer, SheetSet]:
    """The answers about a certification, each with the sheets that get it; none is empty."""
    space = verdicts.space
    own, others = _recommending(verdicts, slug)
    found = {AboutAnswer(AnswerKind.GET_IT): own}
    for standing, sheets in verdicts.standings_of(slug).items():
        left = space.both(sheets, -own)
        if standing in (Standing.WORTH_IT, Standing.REQUIRED):
            for answer, recommending in others.items():
                here = space.both(left, recommending)
                found[answer] = space.any_of([found.get(answer, NONE), here])
        else:
            found[AboutAnswer(AnswerKind(standing.value))] = left
    return {answer: sheets for answer, sheets in found.items() if sheets != NONE}


def _recommending(
    verdicts: SymbolicVerdicts, slug: str
) -> tuple[SheetSet, Mapping[AboutAnswer, SheetSet]]:
    """The sheets that recommend a certification, and those that recommend another, or nothing."""
    space = verdicts.space
    own, others = verdicts.required(slug), {THE_REQUIRED: verdicts.recommended_as_required}
    for decided, sheets in verdicts.decided_but_required.items():
        if decided.recommended == slug:
            own = space.any_of([own, sheets])
            continue
        kind = AnswerKind.ANOTHER if decided.recommended else AnswerKind.NOT_NOW
        answer = AboutAnswer(kind, decided.recommended)
        others[answer] = space.any_of([others.get(answer, NONE), sheets])
    return own, others


def _ways_to(
    verdicts: SymbolicVerdicts, answer: AboutAnswer, sheets: SheetSet
) -> tuple[SheetSet, ...]:
    """The sheets with an answer, by the rule that decides where its reasons are the answer's."""
    if answer.kind is not AnswerKind.NOT_NOW:
        return (sheets,)
    ways = (verdicts.space.both(sheets, decided) for _, decided in verdicts.decided_by)
    return tuple(way for way in ways if way != NONE)
