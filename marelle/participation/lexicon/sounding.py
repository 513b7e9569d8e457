"""How a French word sounds, roughly: « frape », « frappe » and « frappent » are one. Pure, bounded by the word's length."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 24
"""Letters of a word that are listened to; no word that matters is longer."""
LEET = str.maketrans("013457@$", "oieastas")
TIED = {0x153: "oe", 0xE6: "ae"}
"""Letters that no normalisation unties."""
CEDILLA = 0xE7
RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        (r"[sc]ch|sh|ch", "S"),
        (r"ph", "f"),
        (r"h", ""),
        (r"(?:E|er|ez|Ee)e?s?$|ai(?:s|t|ent)?$|et$", "E"),
        (r"(?<=..)ent$", "e"),
        (r"eau|au", "o"),
        (r"oi", "wa"),
        (r"ou", "U"),
        (r"(?:ai|ei|i|u)[nm](?![aeiouyEnmU])", "I"),
        (r"[ae][nm](?![aeiouyEnmIU])", "A"),
        (r"o[nm](?![aeiouyEnm])", "O"),
        (r"ai|ei", "E"),
        (r"qu|q", "k"),
        (r"c(?=[eiyEI])", "s"),
        (r"c", "k"),
        (r"gu(?=[eiyE])", "G"),
        (r"g(?=[eiyE])", "j"),
        (r"G", "g"),
        (r"x(?=.)", "ks"),
        (r"y", "i"),
        (r"z", "s"),
        (r"At$", "A"),
        (r"(?<=.)[stdxp]+$", ""),
        (r"(?<=.)e$", ""),
        (r"E", "e"),
        (r"(.)\1+", r"\1"),
    )
)


def folded(word: str) -> str:
    """Small letters without accents; three times the same letter or more is once."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(TIED))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"(.)\1{2,}", r"\1", plain)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The key under which words that sound alike meet: « suisside » and « suicide » give the same."""
    heard = "".join(_heard(letter) for letter in unicodedata.normalize("NFC", word.lower())[:LONGEST])
    for pattern, said in RULES:
        heard = pattern.sub(said, heard)
    return heard


def _heard(letter: str) -> str:
    """« E » for an e that sounds (acute, grave, circumflex, diaeresis); else the letter without its accent."""
    if ord(letter) == CEDILLA:
        return "s"
    plain = folded(letter)
    return "E" if plain == "e" and letter != "e" else plain
