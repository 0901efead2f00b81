"""The map of the decision: who is asked what, which rules look at it, and what each decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.domain.audit_report import AuditReport
from advisor.domain.certifications import Certification
from advisor.domain.outcomes import Outcome
from advisor.domain.questions import Question
from advisor.domain.rulebook import Rule, Rulebook
from advisor.domain.standing import Standing
from catalog.conditions import Condition, in_words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at its height, with a line from each question that can bring it up.

    `rules` are those that look at its answer.
    """

    question: Question
    y: int
    when: str
    brought_up_by: tuple[Question, ...]
    arcs: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Decides:
    """A rule at its height: how many sheets reach it, how many of them it decides.

    For shares both are weighed too; `bar` is the share as a width. `lines` come from the questions
    that it looks at.
    """

    rule: Rule
    y: int
    when: str
    reached: int
    decided: int
    reached_weight: int
    decided_weight: int
    bar: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DecisionMap:
    """The rulebook with what the proof found; `labels` and `tiers` have words by slug."""

    rulebook: Rulebook
    report: AuditReport
    labels: Mapping[str, str]
    tiers: Mapping[str, str]

    # The picture's places, in its own pixels.
    width, top = 1000, 30
    asked_at, asked_to, asked_step = 90, 300, 46
    rule_at, bar_at, bar_width, rule_step = 500, 520, 460, 66

    def words(self, condition: Condition) -> str:
        """A condition in words that complete “a learner who …”; empty if it always holds."""
        return in_words(condition, self.labels)

    @property
    def is_proven(self) -> bool:
        """True if the proof found nothing that breaks a promise to readers."""
        return not any(finding.kind.breaks_a_promise for finding in self.report.findings)

    @property
    def height(self) -> int:
        asked, rules = len(self.rulebook.questions), len(self.rulebook.rules)
        return self.top + max(asked * self.asked_step, rules * self.rule_step)

    @cached_property
    def questions(self) -> list[Asked]:
        """The questions from the top down."""
        book = self.rulebook
        return [
            Asked(
                question,
                y,
                when=self.words(question.asked_when),
                brought_up_by=(above := self._looked_at(question.asked_when)),
                arcs=tuple(self._arc(self._heights[earlier.key], y) for earlier in above),
                rules=tuple(r for r in book.rules if question in self._looked_at(r.condition)),
            )
            for question, y in zip(book.questions, self._heights.values(), strict=True)
        ]

    @cached_property
    def rules(self) -> list[Decides]:
        """The rules from the top down."""
        found, left, weight = [], self.report.sheets, self.report.weighed.sheets
        counted = zip(self.report.rules, self.report.weighed.rules, strict=True)
        for place, ((rule, decided), (_, weighed)) in enumerate(counted):
            y = self.top + place * self.rule_step
            looked_at = self._looked_at(rule.condition)
            lines = tuple(self._line(self._heights[question.key], y) for question in looked_at)
            bar = round(self.bar_width * weighed / weight, 1) if weight else 0
            words = self.words(rule.condition)
            found.append(
                Decides(rule, y, words, left, decided, weight, weighed, bar=bar, lines=lines)
            )
            left -= decided
            weight -= weighed
        return found

    @property
    def outcomes(self) -> list[tuple[Outcome, int, int]]:
        """Every outcome with the number and the weight of its sheets, the most frequent first."""
        counts, weights = self.report.outcomes, self.report.weighed.outcomes
        found = [
            (outcome, counts.get(slug, 0), weights.get(slug, 0))
            for slug, outcome in self.rulebook.outcomes.items()
        ]
        return sorted(found, key=lambda row: -row[2])

    @property
    def certifications(
        self,
    ) -> Iterator[tuple[Certification, int, list[tuple[Standing, int, int]]]]:
        """Each rated certification, the weight of its recommendations, and of its standings."""
        weighed = self.report.weighed
        for certification in self.rulebook.rated:
            slug = certification.slug
            counts, weights = self.report.standings[slug], weighed.standings[slug]
            in_order = [
                (standing, counts[standing], weights[standing])
                for standing in Standing
                if standing in counts
            ]
            yield certification, weighed.recommended.get(slug, 0), in_order

    @property
    def not_rated(self) -> int:
        """The number of certifications that the guide rates neither by name nor by kind."""
        return len(self.rulebook.certifications) - len(self.rulebook.rated)

    @cached_property
    def _heights(self) -> Mapping[str, int]:
        return {
            q.key: self.top + n * self.asked_step for n, q in enumerate(self.rulebook.questions)
        }

    def _looked_at(self, condition: Condition) -> tuple[Question, ...]:
        known = self.rulebook.questions_by_trait
        keys = {question.key for trait in condition.traits for question in known.get(trait, ())}
        return tuple(question for question in self.rulebook.questions if question.key in keys)

    def _arc(self, start: int, end: int) -> str:
        """A line down the left side, the wider the farther it goes."""
        x = self.asked_at - min(self.asked_at - 10, 14 + (end - start) // 4)
        return f"M{self.asked_at} {start}C{x} {start} {x} {end} {self.asked_at} {end}"

    def _line(self, start: int, end: int) -> str:
        middle = (self.asked_to + self.rule_at) // 2
        return f"M{self.asked_to} {start}C{middle} {start} {middle} {end} {self.rule_at} {end}"
