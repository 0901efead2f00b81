"""The page for open answers that can still lead to several verdicts, and what it shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from advisor.domain.answers import Reading
from advisor.domain.possible_verdicts import PossibleVerdicts
from advisor.domain.questions import Question
from advisor.shared_links import Since
from advisor.url_builder import result_url, wizard_url

MOST_NAMED = 10  # certifications shown of those of which any could be named: there may be thousands


@dataclass(frozen=True)
class OpenAnswers:
    """The questions left open on a sheet, and where to answer them."""

    reading: Reading
    today: date

    @property
    def canonical(self) -> str:
        return result_url(self.reading.pairs)

    @property
    def edit(self) -> str:
        return wizard_url(self.reading.pairs)

    @property
    def left_open(self) -> list[tuple[Question, str]]:
        """The questions left open, each with the address at which to answer it."""
        return self._to_answer(self.reading.left_open)

    def _to_answer(self, keys: Sequence[str]) -> list[tuple[Question, str]]:
        pairs = self.reading.pairs
        return [(self.reading.rulebook.by_key[key], wizard_url(pairs, change=key)) for key in keys]


@dataclass(frozen=True)
class Undecided(OpenAnswers):
    """No verdict: open answers can still lead to several."""

    prospect: PossibleVerdicts
    since: Since | None

    @property
    def deciding(self) -> list[tuple[Question, str]]:
        """The questions on whose answers the verdict depends."""
        return self._to_answer(self.prospect.deciding)

    @cached_property
    def possible(self) -> list[tuple[str, list[str]]]:
        """The verdicts still possible: each outcome with the first of its recommendations."""
        places = {slug: n for n, slug in enumerate(self.reading.rulebook.outcomes)}
        found = sorted(
            self.prospect.possible,
            key=lambda decided: (places[decided.outcome], not decided.recommended),
        )
        possible = []
        for outcome, group in groupby(found, key=lambda decided: decided.outcome):
            slugs = [decided.recommended for decided in group]
            names = [self.reading.rulebook.by_slug[slug].name for slug in slugs if slug]
            if len(names) > MOST_NAMED:
                names[MOST_NAMED:] = [f"any of {len(names) - MOST_NAMED} others"]
            if names:
                possible.append((self.reading.rulebook.outcomes[outcome].headline, names))
            if None in slugs:
                possible.append((self.reading.rulebook.sentence(outcome, None), []))
        return possible
