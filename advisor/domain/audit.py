"""The proof over all answer sheets: each has one explained verdict, and no row is idle."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain, product

from advisor.domain.audit_report import AuditFinding, AuditReport, FindingKind, Numbers
from advisor.domain.certifications import Certification, Effect, Rated, Statement
from advisor.domain.questions import Question
from advisor.domain.rulebook import Rulebook, RulebookKey
from advisor.domain.sheet_diagram import ALL, NONE
from advisor.domain.sheet_sets import SheetCounter, SheetSet
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from catalog.lifecycle import Status

# The words for the answer sheet of a finding.
PROOF = "An answer sheet that shows it"
MEANT = "A learner it was written for"
UNTOLD = "A learner who does not see it"


def audit(rulebook: Rulebook, *, today: date) -> AuditReport:
    """The proof of a rulebook on a day, over every answer sheet that there can be."""
    return _audit(rulebook.key, today)


def find_faults(rulebook: Rulebook, *, today: date) -> tuple[AuditFinding, ...]:
    """Everything that is wrong with a rulebook on a day, without the numbers."""
    return _find_faults(rulebook.key, today)


@lru_cache(maxsize=4)
def _audit(key: RulebookKey, today: date) -> AuditReport:
    return prove(key.rulebook, today=today)


def prove(rulebook: Rulebook, *, today: date) -> AuditReport:
    """Prove a rulebook on a day, even if its proof is there."""
    verdicts = SymbolicVerdicts(rulebook, today=today)
    exact = Numbers.of(verdicts, verdicts.space.count)
    return AuditReport(
        sheets=exact.sheets,
        rules=exact.rules,
        decided=exact.decided,
        standings=exact.standings,
        weighed=Numbers.of(verdicts, SheetCounter(verdicts.space, verdicts.weights).of),
        findings=findings_of(verdicts),
    )


@lru_cache(maxsize=4)
def _find_faults(key: RulebookKey, today: date) -> tuple[AuditFinding, ...]:
    return findings_of(SymbolicVerdicts(key.rulebook, today=today))


def findings_of(verdicts: SymbolicVerdicts) -> tuple[AuditFinding, ...]:
    """Everything that is wrong with these verdicts."""
    return tuple(_Proof(verdicts).findings())


class _Proof:
    """Each of its methods looks for one kind of fault."""

    def __init__(self, verdicts: SymbolicVerdicts) -> None:
        self._verdicts, self._space = verdicts, verdicts.space
        self._rulebook = verdicts.rulebook

    def findings(self) -> Iterator[AuditFinding]:
        yield from self._unanswerable()
        yield from self._without_verdict()
        yield from self._without_reason()
        yield from self._bad_recommendations()
        yield from self._idle_rules()
        yield from self._silent_statements()
        yield from self._silent_citations()
        yield from self._idle_questions()
        yield from self._contradictions()

    def _found(
        self,
        kind: FindingKind,
        about: str,
        words: str,
        sheets: SheetSet | None = None,
        by: str = PROOF,
    ) -> Iterator[AuditFinding]:
        """One finding, with a sheet of the set; none if the set is empty."""
        shown = self._verdicts.sheets if sheets is None else sheets
        witness = self._space.cheapest(shown)
        if witness is not None or sheets is None:
            yield AuditFinding(kind, about, words, witness[1] if witness else {}, by)

    def _unanswerable(self) -> Iterator[AuditFinding]:
        before = ALL
        for question in self._rulebook.questions:
            answered = self._verdicts.answered(question)
            if answered == NONE:
                stuck = self._space.both(before, self._verdicts.asked[question.key])
                words = "It is asked, but has no choice: nobody gets past it."
                yield from self._found(FindingKind.UNANSWERABLE, question.text, words, stuck)
                continue
            before = self._space.both(before, self._verdicts.valid(question))

    def _without_verdict(self) -> Iterator[AuditFinding]:
        words = "No rule decides these sheets: the last rule must always apply."
        left = self._verdicts.undecided
        yield from self._found(FindingKind.NO_VERDICT, "The rules", words, left)

    def _without_reason(self) -> Iterator[AuditFinding]:
        for rule, sheets in self._verdicts.decided_by:
            explained = self._space.any_of(
                self._verdicts.meet(citation.condition) for citation in rule.citations
            )
            words = "It decides these sheets, but none of the sentences that it cites applies."
            silent = self._space.both(sheets, -explained)
            yield from self._found(FindingKind.NO_REASON, rule.name, words, silent)

    def _bad_recommendations(self) -> Iterator[AuditFinding]:
        for decided, sheets in self._verdicts.decided.items():
            certification = self._rulebook.by_slug.get(decided.recommended or "")
            if certification is None:
                continue
            standings = self._verdicts.standings_of(certification.slug)
            # Of our own accord only what the guide names; what is required may be any.
            allowed = [Standing.REQUIRED]
            if certification.rated is Rated.BY_NAME:
                allowed.append(Standing.WORTH_IT)
            good = self._space.any_of(standings.get(standing, NONE) for standing in allowed)
            is_dead = certification.status_on(self._verdicts.today) is Status.CLOSED
            bad = sheets if is_dead else self._space.both(sheets, -good)
            words = "It is recommended although it is closed, held, not rated or ruled out."
            yield from self._found(FindingKind.BAD_RECOMMENDATION, certification.name, words, bad)

    def _idle_rules(self) -> Iterator[AuditFinding]:
        for rule, sheets in self._verdicts.decided_by:
            met = self._space.both(self._verdicts.sheets, self._verdicts.meet(rule.condition))
            if sheets == NONE:
                words = (
                    "Its condition can never be met."
                    if met == NONE
                    else "Wherever it applies, a rule before it has decided already."
                )
                shown, by = (None, PROOF) if met == NONE else (met, MEANT)
                yield from self._found(FindingKind.IDLE_RULE, rule.name, words, shown, by)

    def _silent_statements(self) -> Iterator[AuditFinding]:
        for certification in self._rulebook.certifications:
            for statement in certification.statements:
                about = f"{certification.name}: {statement.text}"
                met = self._verdicts.meet(statement.condition, certification)
                yield from self._silent(about, self._verdicts.sheets, met)
                missed = self._space.both(self._verdicts.sheets, -met)
                if statement.effect is Effect.PREREQUISITE and missed == NONE:
                    words = "Every sheet meets it, and it is said only where it is not met."
                    yield from self._found(FindingKind.SILENT_STATEMENT, about, words)

    def _silent_citations(self) -> Iterator[AuditFinding]:
        for rule, sheets in self._verdicts.decided_by:
            for citation in rule.citations if sheets != NONE else ():
                met = self._verdicts.meet(citation.condition)
                yield from self._silent(citation.text, sheets, met)
        for citation in chain(self._rulebook.warnings, self._rulebook.advice):
            met = self._verdicts.shown_beside(citation)
            yield from self._silent(citation.text, self._verdicts.sheets, met)

    def _silent(self, text: str, among: SheetSet, met: SheetSet) -> Iterator[AuditFinding]:
        if self._space.both(among, met) == NONE:
            words = "No learner would be shown this sentence."
            shown = None if among == NONE else among
            yield from self._found(FindingKind.SILENT_STATEMENT, text, words, shown, UNTOLD)

    def _idle_questions(self) -> Iterator[AuditFinding]:
        for question in self._rulebook.questions:
            asked = self._space.both(self._verdicts.sheets, self._verdicts.asked[question.key])
            if asked == NONE:
                yield from self._found(
                    FindingKind.IDLE_QUESTION, question.text, "It is never asked."
                )
            elif not self._counts(question):
                words = "Whatever is answered changes neither outcome, standing nor warning."
                yield from self._found(FindingKind.IDLE_QUESTION, question.text, words, asked)

    def _counts(self, question: Question) -> bool:
        """True if sheets that differ in this answer, and in what it brings up, are told apart.

        The sheets answer also what is not asked: of these, two that differ in this answer alone
        lead to all that it brings up or takes away.
        """
        return any(
            self._tells_apart(question, shown)
            for shown, questions in self._shown.items()
            if question.key in questions
        )

    @cached_property
    def _shown(self) -> Mapping[SheetSet, frozenset[str]]:
        """The sheets where learners see each thing, valid or not, and the questions that matter."""
        verdicts = SymbolicVerdicts(self._rulebook, today=self._verdicts.today, space=self._space)
        verdicts.sheets = ALL
        shown = {
            *verdicts.decided.values(),
            *chain.from_iterable(standings.values() for standings in verdicts.standings.values()),
            *(verdicts.shown_beside(warning) for warning in self._rulebook.warnings),
        }
        return {sheets: self._space.looks_at(sheets) for sheets in sorted(shown)}

    def _tells_apart(self, question: Question, shown: SheetSet) -> bool:
        here, others = (
            self._space.apart_from(question.key, self._space.both(self._verdicts.complete, sheets))
            for sheets in (shown, -shown)
        )
        return self._space.both(here, others) != NONE

    def _contradictions(self) -> Iterator[AuditFinding]:
        for certification in self._rulebook.certifications:
            pairs = product(
                self._spoken(certification, Effect.FOR), self._spoken(certification, Effect.AGAINST)
            )
            for (one, sheets), (other, same) in pairs:
                if sheets == same and sheets != NONE:
                    about = f"{certification.name}: {one.text}"
                    words = f"It speaks for the entry just where “{other.text}” speaks against."
                    yield from self._found(FindingKind.CONTRADICTION, about, words, sheets)

    def _spoken(
        self, certification: Certification, effect: Effect
    ) -> list[tuple[Statement, SheetSet]]:
        """The statements that speak for or against a certification, each with its sheets.

        A statement of either does both.
        """
        found = []
        for statement in certification.statements:
            met = self._verdicts.meet(statement.condition, certification)
            if statement.effect is Effect.EITHER and effect is Effect.AGAINST:
                met = -met
            if statement.effect in {effect, Effect.EITHER}:
                found.append((statement, self._space.both(self._verdicts.sheets, met)))
        return found
