"""All answer sheets at once: sets of sheets as decision diagrams over what can be answered."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from advisor.domain.questions import Question
from advisor.domain.rulebook import Rulebook
from advisor.domain.sheet_diagram import ALL, NONE, Edge, SheetDiagram

SheetSet = Edge

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One choice of a sheet: the answer to a question, or one of several answers given or not.

    `options` are the choice's key, "" for none, and the levels of the diagram with their values.
    Where several can be given, a slot of the whole question comes first: for no answer at all, or
    an exclusive one. It takes the place of the slots of its choices, which are its `parts`.
    """

    question: str
    choice: str  # "" where it is about the whole question
    options: Mapping[str, tuple[tuple[int, bool], ...]]
    parts: int = 0

    def chosen_in(self, answers: Answers) -> str | None:
        """The option that these answers take, "" if the question is not answered; None if none."""
        values = answers.get(self.question, ())
        if self.choice:
            return self.choice if self.choice in values else ""
        option = "".join(values[:1])
        return option if option in self.options and len(values) <= 1 else None


# What it costs to take an option; None is not allowed. To leave a question out costs nothing:
# whether that is possible is for the set of sheets to say.
Cost = Callable[[Slot, str], int | None]


def free(_slot: Slot, _option: str) -> int:
    """Any option, at no cost."""
    return 0


def keeping(answers: Answers) -> Cost:
    """Only these answers where a question has one and is asked, and any where it has none."""

    def cost(slot: Slot, option: str) -> int | None:
        is_open = slot.question not in answers
        return 0 if is_open or option == slot.chosen_in(answers) else None

    return cost


class SheetSpace:
    """Everything that can be answered to the questions of one or several rulebooks."""

    def __init__(self, *rulebooks: Rulebook) -> None:
        """Lay out the questions in their order, each with the choices of all rulebooks."""
        self._bdd: Any = SheetDiagram()  # type: ignore[abstract]  # dd declares a method that it lacks
        self.slots: list[Slot] = []
        self._said: dict[tuple[str, str], SheetSet] = {}
        self._unanswered: dict[str, SheetSet] = {}
        self.several: set[str] = set()  # the keys of questions that take several answers
        offered: dict[str, tuple[Question, dict[str, None]]] = {}
        for rulebook in rulebooks:
            for question in rulebook.questions:
                _, choices = offered.setdefault(question.key, (question, {}))
                choices |= dict.fromkeys(choice.key for choice in question.choices)
                if question.is_multiple:
                    self.several.add(question.key)
        for question, choices in offered.values():
            self._lay_out(question, list(choices))

    def _lay_out(self, question: Question, choices: list[str]) -> None:
        key, first = question.key, len(self._bdd.vars)
        if key in self.several:
            self._bdd.declare(*(f"{key}={choice}" for choice in choices))
            self._add_several(question, {choice: n for n, choice in enumerate(choices, first)})
            return
        # One answer of n takes log n levels, or a catalogue would make the diagram too deep.
        size = len(choices).bit_length()
        self._bdd.declare(*(f"{key}.{bit}" for bit in range(size)))
        options = {
            option: tuple((first + bit, bool(number >> bit & 1)) for bit in range(size))
            for number, option in enumerate(["", *choices])
        }
        self.slots.append(Slot(key, "", options))
        self._unanswered[key] = self._cube(options[""])
        self._said |= {(key, choice): self._cube(options[choice]) for choice in choices}

    def _add_several(self, question: Question, levels: Mapping[str, int]) -> None:
        alone = ["", *(choice.key for choice in question.choices if choice.is_exclusive)]
        whole = {
            option: tuple((level, option == choice) for choice, level in levels.items())
            for option in alone
        }
        self.slots.append(Slot(question.key, "", whole, parts=len(levels)))
        self._unanswered[question.key] = self._cube(whole[""])
        for choice, level in levels.items():
            options = {"": ((level, False),), choice: ((level, True),)}
            self.slots.append(Slot(question.key, choice, options))
            self._said[question.key, choice] = self._cube(options[choice])

    def _cube(self, bits: Iterable[tuple[int, bool]]) -> SheetSet:
        literals = []
        for level, is_true in bits:
            variable: SheetSet = self._bdd.var(self._bdd.var_at_level(level))
            literals.append(variable if is_true else -variable)
        return self.all_of(reversed(literals))

    def both(self, one: SheetSet, other: SheetSet) -> SheetSet:
        """The sheets in both sets."""
        found: SheetSet = self._bdd.both(one, other)
        return found

    def all_of(self, sets: Iterable[SheetSet]) -> SheetSet:
        """The sheets in every set."""
        return reduce(self.both, sets, ALL)

    def any_of(self, sets: Iterable[SheetSet]) -> SheetSet:
        """The sheets in some set."""
        return -self.all_of(-sheets for sheets in sets)

    def at_most(self, number: int, sets: Sequence[SheetSet]) -> SheetSet:
        """The sheets in this number of the sets at most."""
        allowed = [ALL] * (number + 1)  # by how many more may still be
        for sheets in reversed(sets):
            allowed = [
                self._bdd.ite(sheets, allowed[more - 1] if more else NONE, allowed[more])
                for more in range(number + 1)
            ]
        return allowed[number]

    def said(self, question: str, choice: str) -> SheetSet:
        """The sheets that give this answer; none if there is no such answer."""
        return self._said.get((question, choice), NONE)

    def said_beside(self, question: str, choices: Collection[str]) -> list[SheetSet]:
        """For each answer to this question that is not among the choices, the sheets giving it."""
        return [
            sheets
            for (key, choice), sheets in self._said.items()
            if key == question and choice not in choices
        ]

    def unanswered(self, question: str) -> SheetSet:
        """The sheets that leave this question unanswered."""
        return self._unanswered[question]

    def apart_from(self, question: str, sheets: SheetSet) -> SheetSet:
        """The sheets that are in the set with some answer to this question."""
        whole = (slot for slot in self.slots if slot.question == question and not slot.choice)
        levels = (level for slot in whole for level, _ in slot.options[""])
        found: SheetSet = self._bdd.exist(list(map(self._bdd.var_at_level, levels)), sheets)
        return found

    def looks_at(self, sheets: SheetSet) -> frozenset[str]:
        """The questions on whose answers it depends whether a sheet is in the set."""
        return frozenset(name.split(".")[0].split("=")[0] for name in self._bdd.support(sheets))

    def count(self, sheets: SheetSet) -> int:
        """The number of sheets in the set, exactly."""
        return self._plain.of(sheets)

    @cached_property
    def _plain(self) -> "SheetCounter":
        return SheetCounter(self, {})

    def successors(self, sheets: SheetSet) -> tuple[int, SheetSet, SheetSet]:
        """The level that the set looks at first, and what is left of it for false and for true."""
        level, low, high = self._bdd.succ(sheets)
        return (level, low, high) if sheets > 0 else (level, -low, -high)

    @property
    def depth(self) -> int:
        """The number of levels."""
        return len(self._bdd.vars)

    def cheapest(self, sheets: SheetSet, cost: Cost = free) -> tuple[int, Answers] | None:
        """The sheet of the set that costs least, with its cost; None if none is allowed."""
        way = _Search(self, cost).best(0, sheets)
        return None if way is None else (way[0], _by_question(way[1]))

    def has(self, sheets: SheetSet, cost: Cost) -> bool:
        """True if an allowed sheet is in the set."""
        return self.cheapest(sheets, cost) is not None

    def follow(self, sheets: SheetSet, bits: Iterable[tuple[int, bool]]) -> SheetSet:
        """The rest of the set once these levels have these values, from the top down."""
        for level, is_true in bits:
            at, low, high = self._bdd.succ(sheets)
            if at == level:
                sheets = (high if is_true else low) * (1 if sheets > 0 else -1)
        return sheets


class SheetCounter:
    """Numbers of sheets, where a sheet with certain answers can count for more than another.

    Sets share most of their diagram, and each part is counted once for all of them.
    """

    def __init__(self, space: SheetSpace, weights: Mapping[tuple[str, str], int]) -> None:
        """Take the weight of each answer to a question with one answer; 1 where none is given."""
        self._space, self._weights = space, weights
        self._found: dict[tuple[int, SheetSet], int] = {}
        weighed = {question for question, _ in weights}
        self._slots = {
            min(level for level, _ in slot.options[""]): slot
            for slot in space.slots
            if slot.question in weighed and not slot.choice
        }

    def of(self, sheets: SheetSet) -> int:
        """The number of the sheets in the set."""
        return self._below(0, sheets)

    def _below(self, level: int, sheets: SheetSet) -> int:
        if sheets == NONE:
            return 0
        if level == self._space.depth:
            return 1
        if (level, sheets) not in self._found:
            slot = self._slots.get(level)
            self._found[level, sheets] = (
                self._over_options(slot, level, sheets) if slot else self._over_bit(level, sheets)
            )
        return self._found[level, sheets]

    def _over_bit(self, level: int, sheets: SheetSet) -> int:
        at, low, high = self._space.successors(sheets)
        if at > level:
            return 2 * self._below(level + 1, sheets)
        return self._below(level + 1, low) + self._below(level + 1, high)

    def _over_options(self, slot: Slot, level: int, sheets: SheetSet) -> int:
        total = 0
        for option, bits in slot.options.items():
            left = self._space.follow(sheets, bits)
            weight = self._weights.get((slot.question, option), 1)
            total += weight * self._below(level + len(bits), left)
        return total


Way = tuple[int, tuple[tuple[str, str], ...]]  # what it costs, and the answers


class _Search:
    """The cheapest way from each slot on, found once for each set of sheets that is left there."""

    def __init__(self, space: SheetSpace, cost: Cost) -> None:
        self._space, self._cost = space, cost
        self._found: dict[tuple[int, SheetSet], Way | None] = {}

    def best(self, place: int, left: SheetSet) -> Way | None:
        if left == NONE:
            return None
        if place == len(self._space.slots):
            return 0, ()
        if (place, left) not in self._found:
            cheapest = None
            for way in self._ways(place, left):
                if cheapest is None or way[0] < cheapest[0]:
                    cheapest = way
                if cheapest[0] == 0:
                    break
            self._found[place, left] = cheapest
        return self._found[place, left]

    def _ways(self, place: int, left: SheetSet) -> Iterator[Way]:
        slot = self._space.slots[place]
        after = place + 1 + slot.parts
        for option, bits in slot.options.items():
            price = self._price(slot, option)
            rest = None if price is None else self.best(after, self._space.follow(left, bits))
            if price is not None and rest is not None:
                taken = ((slot.question, option),) if option else ()
                yield price + rest[0], taken + rest[1]
        if slot.parts and (several := self.best(place + 1, left)) is not None:
            yield several

    def _price(self, slot: Slot, option: str) -> int | None:
        is_left_out = not option and not slot.choice
        return 0 if is_left_out else self._cost(slot, option)


def _by_question(pairs: Iterable[tuple[str, str]]) -> Answers:
    answers: dict[str, tuple[str, ...]] = {}
    for question, choice in pairs:
        answers[question] = (*answers.get(question, ()), choice)
    return answers
