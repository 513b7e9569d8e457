"""How a name is written in an address, and how people type it."""

from __future__ import annotations

import re
import unicodedata

PLAIN = {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss", ord("ø"): "o", ord("ł"): "l"} | dict.fromkeys(
    range(0x300, 0x370)
)
"""Ligatures in full; accents, once set apart from their letter, away."""
WORD = re.compile(r"[a-z0-9]+")
SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
"""What people write short in the names of communes."""
ON = re.compile(r"\bs\s?/\s?(s\b)?")


def folded(text: str) -> str:
    """Without accents, capitals or signs: "L’Haÿ-les-Roses" → "l hay les roses"."""
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text).translate(PLAIN)
    if "/" in text:  # Chalon s/Saône, Rosny s/s Bois
        text = ON.sub(lambda m: " sous " if m.group(1) else " sur ", text)
    return " ".join(WORD.findall(text))


def words(text: str) -> list[str]:
    """The folded words of a name, "St" and "Ste" written out."""
    return [SHORT.get(word, word) for word in folded(text).split()]


def slug(name: str) -> str:
    return folded(name).replace(" ", "-")[:200] or "territoire"
