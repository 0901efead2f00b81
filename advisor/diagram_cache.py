"""The cache of decision diagrams: laid out once for what a rulebook says, in each process.

Most edits, such as another name of a provider, leave the rulebook as it was but for its version,
and then its diagrams stand: they have keys of questions and slugs, and no row or version.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from threading import Lock

from advisor.domain.about_certification import AboutQuestions
from advisor.domain.possible_verdicts import PartialAnswers
from advisor.domain.representatives import Representatives
from advisor.domain.rulebook import Rulebook, RulebookKey
from advisor.domain.symbolic_verdicts import SymbolicVerdicts
from advisor.rulebook_loader import current_rulebook

# The diagrams of a rulebook grow while sets are laid out in them: one thread at a time does so.
_laying_out = Lock()


def prospects_of(rulebook: Rulebook, *, today: date) -> PartialAnswers:
    """The verdicts that open answers can still lead to under a rulebook on a day."""
    return _prospects(rulebook.key, today)


def about_questions(rulebook: Rulebook, slug: str, *, today: date) -> AboutQuestions:
    """The questions about one certification under a rulebook on a day."""
    return _asking(rulebook.key, today)(slug)


def most_questions_by_slug(rulebook: Rulebook, *, today: date) -> dict[str, int]:
    """The most questions that decide about each rated certification."""
    return {
        certification.slug: about_questions(rulebook, certification.slug, today=today).most
        for certification in rulebook.rated
    }


def most_questions_about(slug: str, today: date) -> int:
    """The most questions that decide about a certification, under the rulebook of now."""
    return about_questions(current_rulebook(), slug, today=today).most


@lru_cache(maxsize=1)
def _prospects(key: RulebookKey, today: date) -> PartialAnswers:
    with _laying_out:
        return PartialAnswers(*_verdicts(key, today))


@lru_cache(maxsize=1)
def _asking(key: RulebookKey, today: date) -> Callable[[str], AboutQuestions]:
    """The questions by slug; they go with their rulebook, whose diagram they hold."""
    with _laying_out:
        verdicts, representatives = _verdicts(key, today)

    @lru_cache(maxsize=500)
    def about(slug: str) -> AboutQuestions:
        with _laying_out:
            return AboutQuestions(verdicts, slug, representatives)

    return about


@lru_cache(maxsize=1)
def _verdicts(key: RulebookKey, today: date) -> tuple[SymbolicVerdicts, Representatives]:
    representatives = Representatives(key.rulebook, today=today)
    return SymbolicVerdicts(representatives.rulebook, today=today), representatives
