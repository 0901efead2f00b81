"""The number of examples that a test tries: fewer in script/test, which is to be quick."""

import os

THOROUGH = os.environ.get("THOROUGH") == "1"  # as in script/test-everything


def examples(thorough: int) -> int:
    """The number of examples to try, of as many as a thorough run tries."""
    return thorough if THOROUGH else thorough // 4
