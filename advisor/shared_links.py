"""Links that outlive what they name: old slugs, and what was decided when a link was shared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.validators import slug_re

from advisor.domain.about_certification import AboutAnswer, AnswerKind
from advisor.domain.answers import ABOUT, Reading, read_answers
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
        given = raw.get(question.key, [])
        unknown = [
            slug for slug in given if slug not in question.by_key and slug_re.fullmatch(slug)
        ]
        if renamed := renamed_slugs(unknown):
            today[question.key] = [renamed.get(slug, slug) for slug in given]
    return today


def stamped_url(pairs: Pairs, decided: Decided | AboutAnswer, *, today: date) -> str:
    """The verdict on these answers, with today and what was decided."""
    return result_url([*pairs, (AS_OF, today.isoformat()), (WAS, ".".join(filter(None, decided)))])


def take_stamp(
    raw: Raw, rulebook: Rulebook, *, today: date
) -> tuple[Stamp | None, tuple[Problem, ...]]:
    """Take the stamp out of the parameters of an address; what is wrong with it is named."""
    if not {AS_OF, WAS} & raw.keys():
        return None, ()
    given = {name: raw.pop(name, [""])[-1] for name in (AS_OF, WAS)}
    read = _answer_about if raw.get(ABOUT) else _decided
    day, was = read_past_day(given[AS_OF], today=today), read(given[WAS], rulebook)
    problems = []
    if day is None:
        problems.append(Problem(AS_OF, given[AS_OF], PAST_DAY_EXPECTED))
    if was is None and (day or given[WAS]):
        reason = "There is no such verdict any more, so we can’t say whether it is the same."
        problems.append(Problem(WAS, given[WAS], reason))
    return (Stamp(day, was) if day and was else None), tuple(problems)


def _decided(text: str, rulebook: Rulebook) -> Decided | None:
    outcome, slug = _parts(text, rulebook)
    is_known = outcome in rulebook.outcomes and (not slug or slug in rulebook.by_slug)
    return Decided(outcome, slug or None) if is_known else None


def _answer_about(text: str, rulebook: Rulebook) -> AboutAnswer | None:
    kind, slug = _parts(text, rulebook)
    is_known = kind in {known.value for known in AnswerKind} and (
        not slug or slug in rulebook.by_slug
    )
    return AboutAnswer(AnswerKind(kind), slug or None) if is_known else None


def _parts(text: str, rulebook: Rulebook) -> tuple[str, str]:
    """The outcome or answer of a link that was shared, and the slug of today behind it."""
    kind, _, slug = text.partition(".")
    if slug and slug not in rulebook.by_slug:
        slug = renamed_slugs([slug]).get(slug, "?")
    return kind, slug


def what_became(
    stamp: Stamp,
    rulebook: Rulebook,
    now: Decided | None,
    *,
    concerned: Iterable[str],
    today: date,
) -> Since:
    """The changes since a link was shared: of the verdict, and in the certifications concerned."""
    was = Decided(*stamp.was)
    slugs = {*concerned, was.recommended or "", now.recommended or "" if now else ""}
    return Since(
        day=stamp.day,
        headline=rulebook.sentence(*was),
        is_same=now == was,
        changes=changes_of(slugs, stamp.day, today=today),
    )


def changes_of(slugs: Iterable[str], since: date, *, today: date) -> list[DatedChange]:
    """The changes of certifications since a day that readers see."""
    rows = Certification.objects.published().filter(slug__in=set(slugs))
    return changes_since(since, rows.values_list("pk", flat=True), today=today)
