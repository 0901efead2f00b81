"""A decision diagram over questions: which answer follows, and which questions still matter."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from advisor.domain.sheet_diagram import NONE
from advisor.domain.sheet_sets import SheetSet, SheetSpace

Leaf = TypeVar("Leaf")
Node = int  # a decision; a negative one is a leaf
Left = tuple[tuple[int, SheetSet], ...]  # the leaves that can still be reached, with their sheets
SEVERAL = "*"  # the option of a question with several answers that leads to its choices, one by one


class DecisionDiagram(Generic[Leaf]):
    """The answer that each sheet leads to, over the slots of a space in their order.

    A slot whose possible options all lead to the same node is left out, so the questions below a
    node are exactly those that can still change the answer.
    """

    def __init__(self, space: SheetSpace, answers: Mapping[Leaf, SheetSet]) -> None:
        """Lay out a partition of the valid sheets: each answer with the sheets that get it."""
        self._slots = space.slots
        self._leaves = list(answers)
        self._decisions: list[tuple[int, dict[str, Node]]] = []
        self._numbers: dict[tuple[int, frozenset[tuple[str, Node]]], Node] = {}
        self._questions: dict[Node, frozenset[str]] = {}
        self._after: dict[tuple[Node, int, str], Node | None] = {}
        self._places: dict[str, list[int]] = {}
        for place, slot in enumerate(space.slots):
            self._places.setdefault(slot.question, []).append(place)
        root = self._lay_out(space, 0, tuple(enumerate(answers.values())), {})
        if root is None:
            raise ValueError("No sheet gets any of these answers.")
        self.root: Node = root
        self._like = self._options_alike()

    def _lay_out(
        self,
        space: SheetSpace,
        place: int,
        left: Left,
        laid_out: dict[tuple[int, Left], Node | None],
    ) -> Node | None:
        """The node for what is left of the answers' sheets from a slot on; None if nothing is."""
        if not left:
            return None
        if place == len(self._slots):
            return -1 - left[0][0]
        if (place, left) not in laid_out:
            slot = self._slots[place]
            children = {}
            for option, bits in slot.options.items():
                followed = ((leaf, space.follow(sheets, bits)) for leaf, sheets in left)
                rest = tuple(pair for pair in followed if pair[1] != NONE)
                children[option] = self._lay_out(space, place + 1 + slot.parts, rest, laid_out)
            if slot.parts:
                children[SEVERAL] = self._lay_out(space, place + 1, left, laid_out)
            laid_out[place, left] = self._node(place, children)
        return laid_out[place, left]

    def _node(self, place: int, children: Mapping[str, Node | None]) -> Node | None:
        possible = {option: child for option, child in children.items() if child is not None}
        if not possible:
            return None
        if len(set(possible.values())) == 1:
            return next(iter(possible.values()))
        key = (place, frozenset(possible.items()))
        if key not in self._numbers:
            self._numbers[key] = len(self._decisions)
            self._decisions.append((place, possible))
        return self._numbers[key]

    def _options_alike(self) -> list[dict[str, str]]:
        """For each slot, each option with the first that leads everywhere where it leads.

        Of all certifications that can be required most are alike, and one stands for them: the
        decisions are kept with one of each kind only.
        """
        ways: list[dict[str, list[tuple[Node, Node | None]]]] = [
            {option: [] for option in (*slot.options, SEVERAL)} for slot in self._slots
        ]
        for node, (place, children) in enumerate(self._decisions):
            for option, way in ways[place].items():
                way.append((node, children.get(option)))
        alike = []
        for way_of in ways:
            first: dict[tuple[tuple[Node, Node | None], ...], str] = {}
            alike.append({o: first.setdefault(tuple(way), o) for o, way in way_of.items()})
        for place, children in self._decisions:
            for option, like in alike[place].items():
                if like != option:
                    children.pop(option, None)
        self._numbers = {
            (place, frozenset(children.items())): node
            for node, (place, children) in enumerate(self._decisions)
        }
        return alike

    def leaf(self, answer: Leaf) -> Node:
        """The node of an answer."""
        return -1 - self._leaves.index(answer)

    def answer(self, node: Node) -> Leaf | None:
        """The answer that nothing can change any more; None while something can."""
        return self._leaves[-1 - node] if node < 0 else None

    def questions(self, node: Node) -> frozenset[str]:
        """The keys of the questions that can still change the answer."""
        if node < 0:
            return frozenset()
        if node not in self._questions:
            place, children = self._decisions[node]
            below = (self.questions(child) for child in set(children.values()))
            self._questions[node] = frozenset({self._slots[place].question}).union(*below)
        return self._questions[node]

    def after(self, node: Node, question: str, values: tuple[str, ...]) -> Node:
        """The node once a question is answered; where that question is not asked, nothing changes.

        Raises LookupError for an answer that no valid sheet gives.
        """
        whole, *parts = self._places[question]
        is_one = len(values) == 1 and values[0] in self._slots[whole].options
        found = self._with(node, whole, values[0] if is_one else SEVERAL)
        for place in () if is_one else parts:
            choice = self._slots[place].choice
            found = None if found is None else self._with(found, place, choice * (choice in values))
        if found is None:
            raise LookupError(f"No sheet answers “{question}” with {', '.join(values)}.")
        return found

    def all_after(self, node: Node, question: str) -> set[Node]:
        """The nodes after every answer to a question, several choices at once included."""
        whole, *parts = self._places[question]
        options = {self._like[whole][option] for option in self._slots[whole].options if option}
        found = {self._with(node, whole, option) for option in options}
        several = {self._with(node, whole, SEVERAL)} if parts else set[Node | None]()
        for place in parts:
            several = {
                self._with(before, place, option)
                for before in several
                if before is not None
                for option in self._slots[place].options
            }
        return {after for after in found | several if after is not None}

    def _with(self, node: Node, place: int, option: str) -> Node | None:
        """The node once a slot takes an option; None if no sheet does so."""
        if node < 0 or self._decisions[node][0] > place:
            return node
        option = self._like[place][option]
        key = (node, place, option)
        if key not in self._after:
            at, children = self._decisions[node]
            if at == place:  # those who are not asked keep their way
                self._after[key] = children.get(option, children.get(""))
            else:
                rest = {o: self._with(child, place, option) for o, child in children.items()}
                self._after[key] = self._node(at, rest)
        return self._after[key]
