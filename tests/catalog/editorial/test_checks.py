"""Checks of the content: an edit is refused for the faults that it brings, and for no others."""

import pytest

from catalog.editorial import checks
from catalog.editorial.checks import RefusedError, without_new_faults


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The faults that the only check finds; a test adds to the list."""
    found = ["an old one"]
    monkeypatch.setattr(checks, "CHECKS", [lambda: list(found)])
    return found


def test_edit_that_leaves_the_faults_as_they_were_is_not_refused(faults: list[str]) -> None:
    with without_new_faults():
        pass
    assert checks.faults() == ["an old one"]


def test_edit_is_refused_with_every_new_fault(faults: list[str]) -> None:
    with pytest.raises(RefusedError) as refused, without_new_faults():
        faults.extend(["one", "two"])
    assert refused.value.problems == ("one", "two")
    assert str(refused.value) == "one\ntwo"


def test_edit_that_takes_a_fault_away_is_not_refused(faults: list[str]) -> None:
    with without_new_faults():
        faults.clear()
    assert checks.faults() == []
