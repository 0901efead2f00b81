"""Small rulebooks made by hand, for the edges that the shipped one does not have."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from advisor.domain.answers import Sheet, complete, read_answers
from advisor.domain.certifications import Certification, Citation, Effect, Fact, Statement
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.questions import Choice, Names, Power, Question
from advisor.domain.rulebook import Rule, Rulebook
from catalog.conditions import parse

TODAY = date(2026, 11, 23)

WANTS = Question(
    key="wants",
    label="Wants",
    text="Wants?",
    why="",
    choices=(
        Choice("no", "No", is_neutral=True),
        Choice("yes", "Yes", traits=frozenset({"wants"})),
    ),
    asked_when=parse(""),
    is_multiple=False,
    power=Power.CHOICE,
)
CLOUD = Question(
    key="cloud",
    label="Cloud",
    text="Cloud?",
    why="",
    choices=(
        Choice("gcp", "GCP", traits=frozenset({"uses-gcp"}), platform="gcp"),
        Choice("aws", "AWS", traits=frozenset({"uses-aws"}), platform="aws"),
        Choice("none", "None", is_exclusive=True, is_neutral=True),
    ),
    asked_when=parse(""),
    is_multiple=True,
    power=Power.CHOICE,
)
MEMBER = Question(
    key="member",
    label="Member",
    text="Member?",
    why="",
    choices=(
        Choice("no", "No", is_neutral=True),
        Choice("yes", "Yes", traits=frozenset({"member"})),
    ),
    asked_when=parse("wants"),
    is_multiple=False,
    power=Power.CHOICE,
)
BUDGET = Question(
    key="budget",
    label="Budget",
    text="Budget?",
    why="",
    choices=(
        Choice("0", "0", limit_usd=0),
        Choice("100", "100", limit_usd=100),
        Choice("any", "Any", is_neutral=True),
    ),
    asked_when=parse(""),
    is_multiple=False,
    power=Power.CHOICE,
)
TIME = Question(
    key="time",
    label="Time",
    text="Time?",
    why="",
    choices=(Choice("2", "2", limit_months=2), Choice("any", "Any", is_neutral=True)),
    asked_when=parse(""),
    is_multiple=False,
    power=Power.CHOICE,
)


def naming(*slugs: str) -> Question:
    """A question whose answer names a certification, or none of them."""
    return Question(
        key="required",
        label="Required",
        text="Required?",
        why="",
        choices=(*(Choice(s, s) for s in slugs), Choice("other", "Other", is_neutral=True)),
        asked_when=parse(""),
        is_multiple=False,
        power=Power.CIRCUMSTANCE,
        named_trait="requires-this",
    )


def holding(*slugs: str) -> Question:
    """A question whose answers name the certifications that are held."""
    return replace(
        naming(*slugs),
        key="holds",
        is_multiple=True,
        named_trait="holds-this",
        names=Names.HELD,
    )


def statement(text: str, effect: Effect, condition: str) -> Statement:
    """A statement that argues."""
    return Statement(text=text, url=f"/guide/#{text}", effect=effect, condition=parse(condition))


ALWAYS_FOR = statement("for", Effect.FOR, "not nothing")


def certification(
    slug: str,
    *statements: Statement,
    name: str = "",
    kind: str = "exam",
    tier: str | None = "high",
    tier_order: int = 1,
    platform: str = "",
    has_facts: bool = True,
    reported: str = "open",
    opens_on: date | None = None,
    sales_end_on: date | None = None,
    closes_on: date | None = None,
    total_usd: int | Decimal | None = 100,
    free_with: str | None = None,
    months_min: int | None = 2,
    is_rated_by_kind: bool = False,
) -> Certification:
    """A certification that is open, costs $100, takes two months, and is argued for."""
    return Certification(
        slug=slug,
        name=name or slug,
        kind=kind,
        tier=tier,
        tier_order=tier_order,
        platform=platform,
        has_facts=has_facts,
        reported=reported,
        opens_on=opens_on,
        sales_end_on=sales_end_on,
        closes_on=closes_on,
        total_usd=None if total_usd is None else Decimal(total_usd),
        free_with=free_with,
        months_min=months_min,
        lifecycle=Fact(f"/{slug}/#status", "status source"),
        price=Fact(f"/{slug}/#price", "price source"),
        study_time=Fact(f"/{slug}/#time", "time source"),
        statements=statements or (ALWAYS_FOR,),
        is_rated_by_kind=is_rated_by_kind,
    )


def outcome(
    slug: str,
    recommends: Recommends = Recommends.NOTHING,
    *,
    headline_without: str = "",
    kind: str = "",
    tiers: frozenset[str] = frozenset(),
    needs_platform: bool = False,
    if_none: str | None = None,
    trait: str | None = None,
) -> Outcome:
    """An outcome; its headline is its slug."""
    return Outcome(
        slug=slug,
        headline=slug,
        headline_without=headline_without,
        standfirst="",
        recommends=recommends,
        kind=kind,
        tiers=tiers,
        needs_platform=needs_platform,
        if_none=if_none,
        trait=trait,
    )


def rulebook(
    *certifications: Certification,
    outcomes: tuple[Outcome, ...] = (outcome("best", Recommends.WORTH_IT),),
    rules: tuple[tuple[str, str], ...] | None = None,
    citations: tuple[Citation, ...] = (),
    warnings: tuple[Citation, ...] = (),
    advice: tuple[Citation, ...] = (),
    questions: tuple[Question, ...] | None = None,
) -> Rulebook:
    """A rulebook whose only rule, unless others are given, decides for the first outcome."""
    by_slug = {each.slug: each for each in outcomes}
    named = naming(*(each.slug for each in certifications))
    return Rulebook(
        version="1",
        questions=questions or (WANTS, named, CLOUD, MEMBER, BUDGET, TIME),
        certifications=certifications,
        outcomes=by_slug,
        rules=tuple(
            Rule(
                order=n,
                name=condition,
                outcome=by_slug[slug],
                condition=parse(condition),
                citations=citations,
            )
            for n, (condition, slug) in enumerate(rules or (("", outcomes[0].slug),), 1)
        ),
        warnings=warnings,
        advice=advice,
    )


def sheet(book: Rulebook, **answers: str) -> Sheet:
    """A complete sheet: these answers, several with spaces between them, and neutral ones."""
    raw = {key: values.split() for key, values in answers.items()}
    reading = read_answers(book, raw)
    found = complete(book, reading.sheet.answers)
    assert found
    assert (reading.dropped, reading.problems) == ((), ())
    return found[0]
