"""Checks of the published content: no edit may leave it in a state that fails one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Check = Callable[[], Iterable[str]]

# Each says what is wrong with the published content as it stands, in words that say what to do.
# They are asked before and after every edit: cache what takes long.
CHECKS: list[Check] = []


class RefusedError(Exception):
    """A refusal with every reason, in words. The code that catches it undoes the rest."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def faults(checks: Iterable[Check] | None = None) -> list[str]:
    """The faults of the published content as it stands, by all checks or by these."""
    return [fault for check in (CHECKS if checks is None else checks) for fault in check()]


@contextmanager
def without_new_faults(checks: Iterable[Check] | None = None) -> Iterator[None]:
    """Raise RefusedError if what is done inside leaves a fault that was not there before."""
    known = faults(checks)
    yield
    found = [fault for fault in faults(checks) if fault not in known]
    if found:
        raise RefusedError(*found)
