"""Outcomes: the overall verdicts, and what each may recommend, as immutable values."""

from dataclasses import dataclass
from enum import StrEnum

from advisor.domain.certifications import Certification, Rated

# Said after the headline that recommends such a certification.
UNRATED = {
    Rated.BY_NAME: "",
    Rated.BY_KIND: " The guide rates only its kind.",
    Rated.NO: " The guide does not rate it.",
}


class Recommends(StrEnum):
    """The certifications that an outcome may recommend."""

    NOTHING = "nothing"
    NAMED = "named"
    WORTH_IT = "worth-it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An overall verdict and what may be recommended with it; no kind or tiers means any."""

    slug: str
    headline: str
    headline_without: str
    standfirst: str
    recommends: Recommends
    kind: str
    tiers: frozenset[str]
    needs_platform: bool
    if_none: str | None
    trait: str | None

    def admits(self, certification: Certification) -> bool:
        """True if a certification is one that it recommends, whoever asks.

        One that is required may be any; of our own accord it is one that the guide rates by name.
        """
        if self.recommends is Recommends.NAMED:
            return True
        return (
            certification.rated is Rated.BY_NAME
            and self.kind in {"", certification.kind}
            and (not self.tiers or certification.tier in self.tiers)
        )

    def verdict(self, recommended: str | None) -> str:
        """The verdict in one sentence, with the name of what is recommended, if anything is."""
        if recommended is None:
            return self.headline_without or self.headline
        return f"{self.headline.rstrip('.')}: {recommended}."
