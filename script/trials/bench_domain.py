"""CPU time of the proof and of a verdict.

Shipped, asking more, and with 1,000 rated certifications.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from urllib.parse import parse_qs

import django
from django.core.management import call_command

from advisor.domain.answers import Sheet, read_answers
from advisor.domain.audit import prove
from advisor.domain.certifications import Certification, Effect, Statement
from advisor.domain.counterfactuals import nearest_change, single_changes
from advisor.domain.evaluation import evaluate
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.questions import Choice, Power, Question
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from catalog.conditions import parse

TODAY = date(2026, 11, 23)
READY = (
    "role=builder&mandate=no&goal=production&programming=confident&pillars=5&experience=deployed&portfolio=some"
    "&cloud=gcp&framework=tensorflow&learning=textbooks&time=3&budget=200&held=0"
)
LEARNERS = {
    "one": READY,
    "none-fits": READY.replace("goal=production", "goal=cloud&goal=theory").replace(
        "cloud=gcp", "cloud=gcp&cloud=aws&cloud=azure"
    ),
    "skip": READY.replace("programming=confident&pillars=5", "programming=basic&pillars=none"),
    "mandated": READY.replace("mandate=no", "mandate=yes&required=other"),
}
ROUNDS = 5


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least CPU time of some rounds, in milliseconds."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found) * 1000


def shipped() -> Rulebook:
    """The shipped rulebook, from a database of its own."""
    with tempfile.TemporaryDirectory(prefix="certguide-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "certguide.settings"}
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        from advisor.rulebook_loader import read_rulebook  # noqa: PLC0415 - models need Django to be set up

        call_command("migrate", verbosity=0)
        call_command("loadguide", verbosity=0)
        return read_rulebook("bench")


def asking_more(rulebook: Rulebook, *, first: bool, in_pairs: bool) -> Rulebook:
    """Ten more yes/no questions, first or last; each counts for one certification, or all in pairs.

    Pairs that lie far apart in the order of the questions are the worst for a decision diagram.
    """
    more = tuple(_yes_or_no(n) for n in range(10))
    pairs = " or ".join(f"(extra-{n} and extra-{n + 5})" for n in range(5))
    certifications = tuple(
        _arguing(certification, pairs if in_pairs else f"extra-{n % 10}")
        for n, certification in enumerate(rulebook.certifications)
    )
    asked = (*more, *rulebook.questions) if first else (*rulebook.questions, *more)
    return replace(rulebook, questions=asked, certifications=certifications)


def _yes_or_no(number: int) -> Question:
    trait = f"extra-{number}"
    return Question(
        key=trait,
        label=trait,
        text=trait,
        why="",
        choices=(Choice("no", "No"), Choice("yes", "Yes", traits=frozenset({trait}))),
        asked_when=parse(""),
        is_multiple=False,
        power=Power.CHOICE,
    )


def _arguing(certification: Certification, condition: str) -> Certification:
    said = Statement(condition, f"#{condition}", Effect.AGAINST, parse(condition))
    return replace(certification, statements=(*certification.statements, said))


def enlarged(rulebook: Rulebook, number: int) -> Rulebook:
    """The rulebook with so many more rated certifications, which the learner can name too."""
    chance = random.Random(number)
    rated = [certification for certification in rulebook.certifications if certification.tier]
    more = tuple(
        replace(
            rated[n % len(rated)],
            slug=f"more-{n}",
            name=f"More {n}",
            total_usd=chance.choice([None, *map(Decimal, range(50, 600, 10))]),
            months_min=chance.choice([None, 1, 2, 3, 6]),
        )
        for n in range(number)
    )
    named = tuple(Choice(certification.slug, certification.name) for certification in more)
    questions = tuple(
        replace(each, choices=(*named, *each.choices)) if each.named_trait else each
        for each in rulebook.questions
    )
    return replace(rulebook, certifications=(*rulebook.certifications, *more), questions=questions)


def show_proof(rulebook: Rulebook) -> None:
    """The proof, shipped and with ten more questions."""
    base = cpu_ms(lambda: prove(rulebook, today=TODAY))
    print(f"\n{'the proof over all sheets':<48}{'ms of CPU':>10}{'ratio':>8}")
    print(f"{'shipped':<48}{base:>10.0f}{1:>8.2f}")
    for first in (False, True):
        for in_pairs in (False, True):
            longer = asking_more(rulebook, first=first, in_pairs=in_pairs)
            found = cpu_ms(partial(prove, longer, today=TODAY))
            where = "first" if first else "last"
            title = f"ten more questions, {where}, {'in pairs' if in_pairs else 'one an entry'}"
            print(f"{title:<48}{found:>10.0f}{found / base:>8.2f}", flush=True)


def show_verdicts(title: str, rulebook: Rulebook) -> None:
    """A verdict with all single changes, and what can come of open answers."""
    print(f"\n{title:<24}{'verdict, changes':>18}{'settled':>10}{'of, open':>10}{'nearest':>10}")
    start = time.process_time()
    representatives = Representatives(rulebook, today=TODAY)
    verdicts = SymbolicVerdicts(representatives.rulebook, today=TODAY)
    prospects = PartialAnswers(verdicts, representatives)
    built = (time.process_time() - start) * 1000
    for name, query in LEARNERS.items():
        sheet = read_answers(rulebook, parse_qs(query)).sheet
        half = dict(list(sheet.answers.items())[: len(sheet.answers) // 2])
        figures = (
            cpu_ms(partial(_verdict, sheet)),
            cpu_ms(partial(prospects.settled, half)),
            cpu_ms(partial(prospects.of, half), rounds=1),
            cpu_ms(partial(nearest_change, prospects, sheet, today=TODAY)),
        )
        cells = "".join(f"{figure:>10.1f}" for figure in figures[1:])
        print(f"{name:<24}{figures[0]:>18.1f}{cells}", flush=True)
    print(f"{'prospects laid out once':<24}{built:>18.0f}")


def _verdict(sheet: Sheet) -> None:
    evaluate(sheet, today=TODAY)
    single_changes(sheet, today=TODAY)


def main() -> None:
    """Print the tables."""
    rulebook = shipped()
    show_proof(rulebook)
    show_verdicts("shipped, ms of CPU", rulebook)
    show_verdicts("1,000 more rated, ms", enlarged(rulebook, 1000))


if __name__ == "__main__":
    main()
