"""Small rulebooks made at random, with all their answer sheets, to hold the proof against."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from random import Random

from advisor.domain.answers import Sheet, read_answers
from advisor.domain.certifications import Certification, Citation, Effect
from advisor.domain.outcomes import Outcome, Recommends
from advisor.domain.questions import Choice, Power, Question
from advisor.domain.rulebook import Rule, Rulebook
from advisor.domain.sheet_sets import Answers
from catalog.conditions import Condition, parse
from tests.advisor.domain.hand_made import certification, holding, outcome, statement

TRAITS = ("t0", "t1", "t2", "t3", "t4")
NAMED, PLATFORMS = "this", ("gcp", "aws")
MOSTLY_UNRATED = 0.3  # of the books: what is not rated fares alike
DAYS = (None, None, None, date(2026, 1, 1), date(2027, 1, 1))


def random_book(seed: int) -> Rulebook:
    """A rulebook of three or four questions and two to four certifications, faults included."""
    random = Random(seed)
    outcomes = _outcomes(random)
    certifications = tuple(_certification(random, n) for n in range(random.randint(2, 4)))
    if random.random() < MOSTLY_UNRATED:
        others = (replace(each, tier=None, is_rated_by_kind=False) for each in certifications[1:])
        certifications = (certifications[0], *others)
    return Rulebook(
        version=str(seed),
        questions=tuple(_questions(random, certifications)),
        certifications=certifications,
        outcomes={each.slug: each for each in outcomes},
        rules=tuple(_rules(random, outcomes)),
        warnings=_cited(random, "warning", ("in-nothing", *TRAITS)),
        advice=_cited(random, "advice", ("in-nothing", *TRAITS)),
    )


def _condition(random: Random, traits: tuple[str, ...]) -> Condition:
    def part() -> str:
        return random.choice(("", "", "not ")) + random.choice(traits)

    shape = random.choice(("{}", "{}", "{} and {}", "{} or {}", "({} or {}) and {}"))
    return parse(shape.format(*(part() for _ in range(shape.count("{}")))))


def _questions(random: Random, certifications: tuple[Certification, ...]) -> list[Question]:
    questions = list(_questions_on_anything(random, certifications))
    if len(certifications) != 2 or random.random() >= 0.6:  # with more there are too many sheets
        return questions
    # Nobody gets rid of what they hold, so its number is no wish either.
    counted = [
        replace(question, power=Power.CIRCUMSTANCE)
        if any(choice.most_held for choice in question.choices)
        else question
        for question in questions
    ]
    return [*counted, holding(*(certification.slug for certification in certifications))]


def _questions_on_anything(
    random: Random, certifications: tuple[Certification, ...]
) -> Iterator[Question]:
    size = random.randint(3, 4)
    naming = random.randrange(size + 2)
    for place in range(size):
        is_naming = place == naming
        is_multiple = not is_naming and random.random() < 0.35
        is_always_asked = place == 0 or random.random() < 0.5
        yield Question(
            key=f"q{place}",
            label=f"Q{place}",
            text=f"Q{place}?",
            why="",
            choices=_named(certifications)
            if is_naming
            else _choices(random, is_multiple=is_multiple),
            asked_when=parse("") if is_always_asked else _condition(random, TRAITS),
            is_multiple=is_multiple,
            power=random.choice(list(Power)),
            named_trait=NAMED if is_naming else None,
        )


def _named(certifications: tuple[Certification, ...]) -> tuple[Choice, ...]:
    return (*(Choice(each.slug, each.name) for each in certifications), Choice("other", "Other"))


def _choices(random: Random, *, is_multiple: bool) -> tuple[Choice, ...]:
    size = random.randint(2, 3)
    neutral = random.randrange(size + 1)
    return tuple(
        Choice(
            key=f"c{n}",
            label=f"C{n}",
            traits=frozenset(random.sample((*TRAITS, *TRAITS, NAMED), random.randint(0, 2))),
            platform=random.choice(("", "", *PLATFORMS)),
            limit_usd=random.choice((None, None, 0, 100)),
            limit_months=random.choice((None, None, 1, 2)),
            is_exclusive=random.random() < (0.4 if is_multiple else 0.1),
            is_neutral=n == neutral,
            most_held=random.choice((None, None, 1)),
            action=random.choice(("", "do it")),
        )
        for n in range(size)
    )


def _certification(random: Random, number: int) -> Certification:
    traits = (*TRAITS, NAMED, "ghost")
    return certification(
        f"e{number}",
        *(
            statement(
                f"e{number} {n}", random.choice(list(Effect)), _condition(random, traits).text
            )
            for n in range(random.randint(1, 3))
        ),
        statement(f"e{number} for", Effect.FOR, _condition(random, traits).text),
        name=random.choice(("One", "Two")),
        kind=random.choice(("exam", "exam", "course-series")),
        tier=random.choice((None, "high", "high", "low")),
        tier_order=random.choice((1, 2)),
        is_rated_by_kind=random.random() < 0.2,
        platform=random.choice(("", *PLATFORMS)),
        reported=random.choice(("open", "open", "unknown", "closed")),
        sales_end_on=random.choice(DAYS),
        closes_on=random.choice(DAYS),
        total_usd=random.choice((None, 0, 100, 200)),
        free_with=random.choice((None, "t0", "t1")),
        months_min=random.choice((None, 1, 2, 3)),
    )


def _outcomes(random: Random) -> tuple[Outcome, ...]:
    def turning(slug: str, recommends: Recommends) -> Outcome:
        return outcome(
            slug,
            recommends,
            kind=random.choice(("", "", "exam")),
            tiers=random.choice((frozenset(), frozenset({"high"}))),
            needs_platform=random.random() < 0.5,
            if_none=random.choice((None, "nothing")),
        )

    return (
        turning("best", Recommends.WORTH_IT),
        turning("named", Recommends.NAMED),
        outcome("nothing", trait=random.choice((None, "in-nothing", "t0"))),
    )


def _rules(random: Random, outcomes: tuple[Outcome, ...]) -> Iterator[Rule]:
    size = random.randint(2, 4)
    for order in range(1, size + 1):
        is_default = order == size and random.random() < 0.85
        yield Rule(
            order=order,
            name=f"rule {order}",
            outcome=random.choice((outcomes[0], *outcomes)),
            condition=parse("") if is_default else _condition(random, TRAITS),
            citations=_cited(random, f"rule {order}:", TRAITS),
        )


def _cited(random: Random, text: str, traits: tuple[str, ...]) -> tuple[Citation, ...]:
    conditions = [
        _condition(random, traits) if random.random() < 0.6 else parse("")
        for _ in range(random.randint(1, 2))
    ]
    return tuple(
        Citation(f"{text} {n}", f"/guide/#{text}-{n}", condition)
        for n, condition in enumerate(conditions)
    )


def _values(question: Question) -> list[tuple[str, ...]]:
    """No answer, and every answer that is valid where the question is asked."""
    keys = list(question.by_key)
    if not question.is_multiple:
        return [(), *((key,) for key in keys)]
    several = [each for size in range(len(keys) + 1) for each in combinations(keys, size)]
    alone = {key for key in keys if question.by_key[key].is_exclusive}
    return [each for each in several if len(each) < 2 or alone.isdisjoint(each)]


def all_sheets(book: Rulebook) -> list[Sheet]:
    """Every answer sheet, found one by one."""
    keys = [question.key for question in book.questions]
    found = []
    for values in product(*map(_values, book.questions)):
        answers = {key: value for key, value in zip(keys, values, strict=True) if value}
        reading = read_answers(book, answers)
        if not (reading.missing or reading.problems or reading.dropped):
            found.append(reading.sheet)
    return found


def partial_answers(book: Rulebook, seed: int) -> Answers:
    """Some answers of one sheet at random."""
    random = Random(seed)
    whole = random.choice(all_sheets(book)).answers
    return {key: values for key, values in whole.items() if random.random() < 0.5}


def fitting(sheets: list[Sheet], answers: Answers) -> list[Sheet]:
    """The sheets that agree with these answers, or do not ask for them."""
    return [
        each
        for each in sheets
        if all(each.answers.get(key, values) == values for key, values in answers.items())
    ]
