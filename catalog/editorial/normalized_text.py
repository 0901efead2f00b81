"""Normalised text: what looks the same is stored the same, whichever way it came in."""

import re
import unicodedata

JOINERS = "\u200c\u200d"  # nobody sees them, but in some scripts and in pictures
# Pieces of a line to be replaced: characters that nobody sees, and blanks of any kind.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
IDLE_JOINER = re.compile(rf"(?<![^\x00-\u02ff])[{JOINERS}]|[{JOINERS}](?![^\x00-\u02ff])")
BLANKS = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def normalized(text: str, *, is_one_line: bool) -> str:
    """The text with composed characters, single blanks, and nothing that nobody sees."""
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    text = IDLE_JOINER.sub("", UNSEEN.sub("", text))
    if is_one_line:
        return " ".join(text.split())
    return "\n".join(BLANKS.sub(" ", line).strip() for line in text.strip().split("\n"))
