"""Words as search compares them: their stems."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.listing.search_words import stem_of

WORDS = tuple(
    f"{start}{end}"
    for start in ("certif", "general", "engineer", "practition", "fundament")
    for end in ("ication", "ications", "izing", "ally", "ational", "ement", "fulness", "s")
)


@pytest.fixture
def threads_alternate() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_alternate")
def test_stems_are_the_same_in_several_threads_at_once() -> None:
    stem = stem_of.__wrapped__
    expected = [stem(word) for word in WORDS]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: [stem(word) for word in WORDS], range(16)))
    assert found == [expected] * 16
