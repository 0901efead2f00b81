"""Notes for somebody who holds a certification."""

from collections.abc import Iterator

from advisor.domain.certifications import Certification
from advisor.domain.reasons import Reason, quoted, reported
from advisor.domain.rulebook import Rulebook


def notes_on_held(rulebook: Rulebook, certification: Certification) -> Iterator[Reason]:
    """The reasons on how long it is valid for who holds it, and how to show it."""
    holding = rulebook.holding
    because = (holding.answers[certification.slug],) if holding else ()
    if certification.validity:
        yield reported(certification.validity, certification.lifecycle, because)
    for sentence in rulebook.on_held:
        yield quoted(sentence, because)
