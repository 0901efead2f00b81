"""Links that outlive what they name: old slugs, and what was decided when a link was shared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.validators import slug_re

from advisor.domain.about_certification import AboutAnswer, AnswerKind
from advisor.domain.answers import ABOUT, NOT_SURE, Reading, read_answers
from advisor.domain.rulebook import Rulebook
from advisor.domain.symbolic_verdicts import Decided
from advisor.url_builder import result_url
from catalog.changelog.dated_changes import DatedChange, changes_since
from catalog.comparison import MOST
from catalog.models import Certification
from catalog.models.certification import renamed_slugs
from catalog.url_builder import Pairs
from catalog.url_parameters import AS_OF, PAST_DAY_EXPECTED, Problem, read_past_day

Raw = dict[str, list[str]]
TOO_MANY = f"You can ask about {MOST} at once: this one was left out."
WAS = "was"  # the parameter with the verdict that was shared


@dataclass(frozen=True, slots=True)
class Stamp:
    """The day on which a link was shared, and the verdict, or answer about one, of that day."""

    day: date
    was: Decided | AboutAnswer


@dataclass(frozen=True, slots=True)
class Since:
    """The changes of a verdict since a link to it was shared."""

    day: date
    headline: str
    is_same: bool
    changes: list[DatedChange]


def take_about(raw: Raw, rulebook: Rulebook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take the certifications asked about out of the parameters of an address.

    Return the slugs of today, each once, and the values that name no certification.
    """
    given = list(dict.fromkeys(slug.strip() for slug in raw.pop(ABOUT, []) if slug.strip()))
    renamed = renamed_slugs(s for s in given if s not in rulebook.by_slug and slug_re.fullmatch(s))
    slugs = dict.fromkeys(renamed.get(slug, slug) for slug in given)
    known = tuple(slug for slug in slugs if slug in rulebook.by_slug)
    return known, tuple(slug for slug in slugs if slug not in rulebook.by_slug)


def read_link(rulebook: Rulebook, raw: Raw, about: tuple[str, ...] = ()) -> Reading:
    """Read the parameters of an address, but for the certifications asked about.

    A certification that was renamed is found by its old slug. Of more certifications than can be
    compared, the first are asked about.
    """
    reading = read_answers(rulebook, _with_slugs_of_today(rulebook, raw))
    problems = tuple(Problem(ABOUT, slug, TOO_MANY) for slug in about[MOST:])
    return replace(reading, about=about[:MOST], problems=(*reading.problems, *problems))


def _with_slugs_of_today(rulebook: Rulebook, raw: Raw) -> Raw:
    """The parameters with the slug of today for each old one among the answers."""
    today = dict(raw)
    for question in filter(None, (rulebook.naming, rulebook.holding)):
        given, known = raw.get(question.key, []), {*question.by_key, NOT_SURE}
        unknown = [slug for slug in given if slug not in known and slug_re.fullmatch(slug)]
        if renamed := renamed_slugs(unknown):
            today[question.key] = [renamed.get(slug, slug) for slug in given]
    return today


def stamped_url(pairs: Pairs, decided: Decided | AboutAnswer, *, today: date) -> str:
    """The verdict on these answers, with today and what was decided."""
    return result_url([*pairs, (AS_OF, today.isoformat()), (WAS, ".".join(filter(None, decided)))])


def take_stamp(
    raw: Raw, rulebook: Rulebook, *, is_about: bool, today: date
) -> tuple[Stamp | None, tuple[Problem, ...]]:
    """Take the stamp out of the parameters of an address; what is wrong with it is named.

    It has a verdict, or the answer about a certification where the address asks about one.
    """
    if not {AS_OF, WAS} & raw.keys():
        return None, ()
    given = {name: raw.pop(name, [""])[-1] for name in (AS_OF, WAS)}
    day = read_past_day(given[AS_OF], today=today)
    was = _read_was(given[WAS], rulebook, is_about=is_about)
    problems = []
    if day is None:
        problems.append(Problem(AS_OF, given[AS_OF], PAST_DAY_EXPECTED))
    if was is None and (day or given[WAS]):
        reason = "There is no such verdict any more, so we can’t say whether it is the same."
        problems.append(Problem(WAS, given[WAS], reason))
    return (Stamp(day, was) if day and was else None), tuple(problems)


def _read_was(text: str, rulebook: Rulebook, *, is_about: bool) -> Decided | AboutAnswer | None:
    kind, _, slug = text.partition(".")
    if slug and slug not in rulebook.by_slug:
        slug = renamed_slugs([slug]).get(slug, "?")
    is_known = kind in (list(AnswerKind) if is_about else rulebook.outcomes)
    if not is_known or (slug and slug not in rulebook.by_slug):
        return None
    return AboutAnswer(AnswerKind(kind), slug or None) if is_about else Decided(kind, slug or None)


def since_shared(
    stamp: Stamp,
    now: Decided | AboutAnswer | None,
    headline: str,
    concerned: Iterable[str],
    *,
    today: date,
) -> Since:
    """The changes since a link was shared: of the verdict, and in the certifications concerned.

    `headline` is the verdict, or the answer, of that day in a sentence.
    """
    rows = Certification.objects.published().filter(slug__in=set(concerned))
    changes = changes_since(stamp.day, rows.values_list("pk", flat=True), today=today)
    return Since(stamp.day, headline, now == stamp.was, changes)
