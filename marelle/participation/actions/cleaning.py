"""What is done to a child's text before anything else: nothing that cannot be read stays in it."""

from __future__ import annotations

import re
import unicodedata

from marelle.participation.lexicon import worrying

LONGEST = 500
UNREADABLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
"""Control characters, invisible joiners, private and unassigned ones; emoji are symbols and stay."""
JOINERS = "\u200d\ufe0f"
"""What holds an emoji together."""


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` as it is kept: one form of each letter, no invisible character, one space at a time, not too long."""
    plain = unicodedata.normalize("NFC", text[: longest * 4])
    plain = "".join(
        " " if letter in "\r\n\t\v\f" else letter
        for letter in plain
        if letter in "\r\n\t\v\f" or letter in JOINERS or unicodedata.category(letter) not in UNREADABLE
    )
    return re.sub(r"\s+", " ", plain).strip()[:longest].strip()


def signs_of(text: str) -> list[str]:
    """Codes of what worries in a text, each once."""
    return list(dict.fromkeys(sign.category for sign in worrying(text)))
