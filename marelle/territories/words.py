"""How a name is written in an address, and how people type it."""

from __future__ import annotations

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
"""What people write short in the names of communes."""
ON = re.compile(r"\bs\s?/\s?(s\b)?")


def folded(text: str) -> str:
    """Without accents, capitals or signs: "L’Haÿ-les-Roses" → "l hay les roses"."""
    text = unicodedata.normalize("NFD", text.translate(LIGATURES).lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = ON.sub(lambda m: " sous " if m.group(1) else " sur ", text)  # Chalon s/Saône, Rosny s/s Bois
    return " ".join(re.findall(r"[a-z0-9]+", text))


def words(text: str) -> list[str]:
    """The folded words of a name, "St" and "Ste" written out."""
    return [SHORT.get(word, word) for word in folded(text).split()]


def slug(name: str) -> str:
    return folded(name).replace(" ", "-")[:200] or "territoire"
