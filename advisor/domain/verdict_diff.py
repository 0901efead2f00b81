"""The verdict diff of an edit: the verdicts over all answer sheets, before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from advisor.domain.audit import find_faults
from advisor.domain.audit_report import AuditFinding
from advisor.domain.certifications import Certification, Fact
from advisor.domain.questions import Choice
from advisor.domain.rulebook import Rulebook, RulebookKey
from advisor.domain.sheet_diagram import NONE
from advisor.domain.sheet_sets import Answers, SheetSet, SheetSpace
from advisor.domain.standing import Standing
from advisor.domain.symbolic_verdicts import Decided, SymbolicVerdicts

NO_FACT = Fact(url="", source="")


StandingChange = tuple[Standing, Standing]  # before and after


@dataclass(frozen=True, slots=True)
class VerdictShift:
    """Sheets that get another verdict; None where such a sheet can't be given or decided."""

    before: Decided | None
    after: Decided | None
    sheets: int


@dataclass(frozen=True, slots=True)
class VerdictDiff:
    """The verdicts of all sheets before and after an edit, the most frequent shift first.

    `witnesses` are ten sheets at most, for different shifts. `standings` says of each certification
    that stands otherwise, by slug, from what to what and on how many sheets; `findings` are the
    faults that the edit brings in.
    """

    sheets: int
    shifts: tuple[VerdictShift, ...]
    witnesses: tuple[tuple[VerdictShift, Answers], ...]
    standings: Mapping[str, Mapping[StandingChange, int]]
    findings: tuple[AuditFinding, ...]

    @property
    def changed(self) -> int:
        """The number of sheets that get another verdict, or had or will have none."""
        return sum(shift.sheets for shift in self.shifts)

    @property
    def decided_anew(self) -> int:
        """The number of sheets that have a verdict before and after, and not the same."""
        return sum(shift.sheets for shift in self.shifts if shift.before and shift.after)

    @property
    def by_outcomes(self) -> list[list[VerdictShift]]:
        """The shifts from one outcome to another, those that concern most sheets first."""
        return _by_outcomes(self.shifts)

    @property
    def breaks_a_promise(self) -> bool:
        """True if the edit would let readers down."""
        return any(finding.kind.breaks_a_promise for finding in self.findings)

    def __bool__(self) -> bool:
        return bool(self.shifts or self.standings or self.findings)


def _by_outcomes(shifts: Iterable[VerdictShift]) -> list[list[VerdictShift]]:
    found: dict[tuple[str, str], list[VerdictShift]] = {}
    for shift in shifts:
        found.setdefault((_outcome(shift.before), _outcome(shift.after)), []).append(shift)
    return sorted(found.values(), key=lambda group: -sum(shift.sheets for shift in group))


def _outcome(decided: Decided | None) -> str:
    return decided.outcome if decided else ""


def compare(before: Rulebook, after: Rulebook, *, most_witnesses: int, today: date) -> VerdictDiff:
    """Compare two rulebooks on a day, sheet by sheet; what only one of them asks, the other skips.

    A sheet answers whatever one of the two asks. Where an answer is possible in one only, there
    is no verdict in the other.
    """
    if _deciding(before) == _deciding(after):
        return VerdictDiff(0, (), (), {}, ())
    return _compare(before.key, after.key, most_witnesses, today)


@lru_cache(maxsize=2)  # an editor who confirms an edit sends the same again
def _compare(one: RulebookKey, other: RulebookKey, most_witnesses: int, today: date) -> VerdictDiff:
    before, after = one.rulebook, other.rulebook
    space = SheetSpace(after, before)
    old, new = (
        SymbolicVerdicts(rulebook, today=today, space=space) for rulebook in (before, after)
    )
    sheets = _sheets_of_either(old, new)
    old.sheets, new.sheets = (space.both(sheets, verdicts.complete) for verdicts in (old, new))
    moved = dict(_shifts(old, new, sheets))
    shifts = tuple(sorted(moved, key=lambda shift: -shift.sheets))
    first = [group[0] for group in _by_outcomes(shifts)]
    shown = list(dict.fromkeys([*first, *shifts]))[:most_witnesses]
    known = {(f.kind, f.about, f.words) for f in find_faults(before, today=today)}
    return VerdictDiff(
        sheets=space.count(sheets),
        shifts=shifts,
        witnesses=tuple(
            (shift, way[1]) for shift in shown if (way := space.cheapest(moved[shift])) is not None
        ),
        standings=dict(_moved(old, new)),
        findings=tuple(
            finding
            for finding in find_faults(after, today=today)
            if (finding.kind, finding.about, finding.words) not in known
        ),
    )


def _deciding(rulebook: Rulebook) -> tuple[object, ...]:
    """All that a verdict depends on: not what is only said."""
    return (
        [
            (
                *(q.key, q.asked_when, q.is_multiple, q.named_trait, q.names),
                [_granted(choice) for choice in q.choices],
            )
            for q in rulebook.questions
        ],
        [_bare(certification) for certification in rulebook.certifications],
        [[(s.effect, s.condition) for s in e.statements] for e in rulebook.certifications],
        [
            replace(o, headline="", headline_without="", standfirst="")
            for o in rulebook.outcomes.values()
        ],
        [(r.outcome.slug, r.condition, [c.condition for c in r.citations]) for r in rulebook.rules],
        [
            [(c.condition, c.possible_when) for c in cited]
            for cited in (rulebook.warnings, rulebook.advice)
        ],
    )


def _bare(certification: Certification) -> Certification:
    """A certification without its words; its statements are compared by themselves."""
    return replace(
        certification,
        lifecycle=NO_FACT,
        price=NO_FACT,
        study_time=NO_FACT,
        statements=(),
        validity="",
        judgement=(),
        corrections=(),
    )


def _granted(choice: Choice) -> Choice:
    return replace(choice, label="", said="", hint="", action="", is_neutral=False)


def _sheets_of_either(old: SymbolicVerdicts, new: SymbolicVerdicts) -> SheetSet:
    space, parts = new.space, []
    for key in dict.fromkeys([*new.rulebook.by_key, *old.rulebook.by_key]):
        asking = [verdicts for verdicts in (old, new) if key in verdicts.rulebook.by_key]
        asked = space.any_of(verdicts.asked[key] for verdicts in asking)
        answered = space.any_of(
            verdicts.answered(verdicts.rulebook.by_key[key]) for verdicts in asking
        )
        parts.append(
            space.any_of([space.both(asked, answered), space.both(-asked, space.unanswered(key))])
        )
    return space.all_of(reversed(parts))


def _shifts(
    old: SymbolicVerdicts, new: SymbolicVerdicts, sheets: SheetSet
) -> Iterator[tuple[VerdictShift, SheetSet]]:
    space, after = new.space, _with_none(new, sheets)
    by_outcome: dict[str, list[Decided | None]] = {}
    for becomes in after:
        by_outcome.setdefault(_outcome(becomes), []).append(becomes)
    # Whole outcomes first: with many certifications most pairs of verdicts have no sheet in common.
    whole = {
        outcome: space.any_of(after[becomes] for becomes in verdicts)
        for outcome, verdicts in by_outcome.items()
    }
    for was, these in _with_none(old, sheets).items():
        moved = space.both(these, -after.get(was, NONE))
        for name, here in whole.items():
            for becomes in by_outcome[name] if space.both(moved, here) != NONE else ():
                both = space.both(moved, after[becomes])
                if both != NONE:
                    yield VerdictShift(was, becomes, space.count(both)), both


def _with_none(verdicts: SymbolicVerdicts, sheets: SheetSet) -> dict[Decided | None, SheetSet]:
    found: dict[Decided | None, SheetSet] = dict(verdicts.decided.items())
    beside = verdicts.without(sheets, verdicts.sheets)
    return found | {None: verdicts.any_of([beside, verdicts.undecided])}


def _moved(
    old: SymbolicVerdicts, new: SymbolicVerdicts
) -> Iterator[tuple[str, dict[StandingChange, int]]]:
    """Each certification of both whose standing changes, its changes with numbers of sheets."""
    space = new.space
    for slug in old.standings.keys() & new.standings.keys():
        if old.standings[slug] == new.standings[slug]:
            continue
        turns = {
            (standing, other): space.count(space.both(sheets, others))
            for standing, sheets in old.standings[slug].items()
            for other, others in new.standings[slug].items()
            if standing is not other
        }
        found = [(turn, sheets) for turn, sheets in turns.items() if sheets]
        if found:
            yield slug, dict(sorted(found, key=lambda change: -change[1]))
