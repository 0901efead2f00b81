"""The page for who chooses for others: for whom each certification of a list is, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from catalog.conditions import in_words, parse
from catalog.fact_words import dollars, months_words
from catalog.models import Certification, Statement

Labels = Mapping[str, str]  # the words of each trait


@dataclass(frozen=True, slots=True)
class Argument:
    """Sentences of the guide, or a fact, with the learner for whom they count.

    `learner` completes “a learner who …”; each sentence comes with the URL where it stands.
    """

    learner: str
    sentences: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ForWhom:
    """A certification with the learners for whom it is worth it, ruled out, or too early.

    `judgement` has the sentences that judge it whoever asks.
    """

    certification: Certification
    worth_it: list[Argument] = field(default_factory=list)
    ruled_out: list[Argument] = field(default_factory=list)
    needed: list[Argument] = field(default_factory=list)
    judgement: list[Statement] = field(default_factory=list)


def for_whom(certification: Certification, labels: Labels) -> ForWhom:
    """Sort what the guide says of a certification, or of its kind, by what follows from it."""
    found = ForWhom(certification)
    for owner in (certification, certification.one_of):
        for statement in owner.statements.all() if owner else ():
            if statement.condition:
                _add(found, statement, certification.condition_of(statement), labels)
            elif statement.section in Statement.JUDGING:
                found.judgement.append(statement)
    page = certification.get_absolute_url()
    found.ruled_out.extend(_limits(certification, page, labels))
    for expectation in certification.expectations.all():
        learner = in_words(parse(expectation.condition), labels)
        said = (expectation.text, f"{page}#expectation-{expectation.order}")
        found.needed.append(Argument(learner, [said]))
    return found


def _add(found: ForWhom, statement: Statement, condition: str, labels: Labels) -> None:
    """Put an argument where its effect belongs; a caution argues neither way."""
    effect, said = statement.effect, (statement.text, statement.get_absolute_url())
    learner = in_words(parse(condition), labels)
    if effect in (Statement.Effect.FOR, Statement.Effect.EITHER):
        _say(found.worth_it, learner, said)
    if effect == Statement.Effect.AGAINST:
        _say(found.ruled_out, learner, said)
    if effect == Statement.Effect.EITHER:
        learner = in_words(parse(f"not ({condition})"), labels)
        _say(found.ruled_out, learner, said)
    if effect == Statement.Effect.PREREQUISITE:
        _say(found.needed, learner, said)


def _say(arguments: list[Argument], learner: str, said: tuple[str, str]) -> None:
    for argument in arguments:
        if argument.learner == learner:
            argument.sentences.append(said)
            return
    arguments.append(Argument(learner, [said]))


def _limits(certification: Certification, page: str, labels: Labels) -> Iterator[Argument]:
    """The limits of money and time that rule a certification out."""
    if certification.is_category:
        return
    total, price = certification.total_usd, certification.price_or_none
    if total is None:
        said = ("It is not known to be free.", f"{page}#price")
        yield Argument("can spend nothing", [said])
    elif total:
        learner = f"can spend less than {dollars(total)} in all"
        if price and price.free_with:
            learner += f", and is not one who {labels[price.free_with.slug]}"
        yield Argument(learner, [(f"It costs {certification.cost}.", f"{page}#price")])
    if certification.months_min:
        learner = f"has less than {months_words(certification.months_min)} for study"
        said = (f"It takes {certification.study_time}.", f"{page}#study-time")
        yield Argument(learner, [said])
