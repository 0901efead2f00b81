"""What the tests of the advisor share: the shipped rulebook."""

import pytest

from advisor.domain.rulebook import Rulebook
from advisor.rulebook_loader import current_rulebook


@pytest.fixture
def rulebook(guide: None) -> Rulebook:
    """The shipped rulebook."""
    return current_rulebook()
