"""Normalised text: what looks the same is stored the same, whichever way it came in."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # nobody sees them, but in some scripts and in pictures
SELECTORS = "\ufe00-\ufe0f\U000e0000-\U000e01ef"  # of a picture's look, behind it
# Pieces of a line to be replaced: characters that nobody sees, and blanks of any kind.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
IDLE = re.compile(
    rf"(?<![^\x00-\u02ff])[{JOINERS}{SELECTORS}]+(?!\u20e3)|[{JOINERS}](?![^\x00-\u02ff])"
)
BLANKS = re.compile(r"(?:[^\S\n]|\u2800)+")
LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def normalized(text: str, *, is_one_line: bool) -> str:
    """The text with composed characters, single blanks, and nothing that nobody sees."""
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    text = BLANKS.sub(" ", IDLE.sub("", UNSEEN.sub("", text)))
    if is_one_line:
        return " ".join(text.split())
    return "\n".join(line.strip() for line in text.strip().split("\n"))
