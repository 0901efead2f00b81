"""The cache of decision diagrams: laid out once for a rulebook and a day in each process."""

from datetime import date
from functools import lru_cache
from threading import Lock

from advisor.domain.about_certification import AboutQuestions
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.rulebook import Rulebook
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from advisor.rulebook_loader import current_rulebook

# The diagrams of a rulebook grow while sets are laid out in them: one thread at a time does so.
_laying_out = Lock()


@lru_cache(maxsize=2)
def prospects_of(rulebook: Rulebook, *, today: date) -> PartialAnswers:
    """The verdicts that open answers can still lead to under a rulebook on a day."""
    with _laying_out:
        return PartialAnswers(_verdicts_of(rulebook, today))


@lru_cache(maxsize=500)
def about_questions(rulebook: Rulebook, slug: str, *, today: date) -> AboutQuestions:
    """The questions about one certification under a rulebook on a day."""
    with _laying_out:
        return AboutQuestions(_verdicts_of(rulebook, today), slug)


@lru_cache(maxsize=2)
def _verdicts_of(rulebook: Rulebook, today: date) -> SymbolicVerdicts:
    return SymbolicVerdicts(rulebook, today=today)


def most_questions_by_slug(rulebook: Rulebook, *, today: date) -> dict[str, int]:
    """The most questions that decide about each rated certification."""
    return {
        certification.slug: about_questions(rulebook, certification.slug, today=today).most
        for certification in rulebook.rated
    }


def most_questions_about(slug: str, today: date) -> int:
    """The most questions that decide about a certification, under the rulebook of now."""
    return about_questions(current_rulebook(), slug, today=today).most
