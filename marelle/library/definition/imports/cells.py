"""One cell, read strictly: it gives its value, or says what is wrong and what to write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from marelle.library.definition.imports.body import read_body
from marelle.library.enums import Goal

ERASE = "vider"
"""Typed in a cell, it empties the field. An empty cell changes nothing."""
BLANK = re.compile(r"[ \t\u00a0\u202f]+")
BETWEEN = re.compile(r"^(\d{1,4})\s*(?:-|–|—|à|a|/)\s*(\d{1,4})$")
NUMBER = re.compile(r"^\d{1,9}$")


class Unread(Exception):
    """A cell that cannot be taken as it is; the message says what to write instead."""


@dataclass(frozen=True)
class Known:
    """What the tables of the installation hold, for a cell to name."""

    themes: Mapping[str, str] = field(default_factory=dict)
    """Name → slug."""
    articles: frozenset[int] = frozenset()
    territories: frozenset[str] = frozenset()
    """INSEE codes and SIREN of the collectivités that are here."""


Reader = Callable[[str, Known], Any]


def plain(text: str) -> str:
    """« Âges  (ans) » and « ages (ans) » are one word to whoever types."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    return BLANK.sub(" ", flat).strip().casefold()


def one_line(text: str) -> str:
    return " ".join(text.split())


def line(most: int) -> Reader:
    def read(text: str, _known: Known) -> str:
        said = one_line(text)
        if len(said) > most:
            raise Unread(
                _("{n} signes, {most} au plus\u202f: raccourcissez de {over}.").format(
                    n=len(said), most=most, over=len(said) - most
                )
            )
        return said

    return read


def paragraphs(text: str, _known: Known) -> str:
    return "\n".join(row.rstrip() for row in text.strip().splitlines())


def lines(text: str, _known: Known) -> list[str]:
    return [said for row in text.splitlines() if (said := one_line(re.sub(r"^\s*(\d+[.)]|[-•*])\s+", "", row)))]


def body(text: str, _known: Known) -> list[list[Any]]:
    return read_body(text)


def pieces(text: str) -> list[str]:
    return [said for one in re.split(r"[;,\n]", text) if (said := one_line(one))]


def choice(choices: Iterable[tuple[str, Any]]) -> Reader:
    """One of the words of a list, accents and capitals aside; its code is understood too."""

    def read(text: str, _known: Known) -> str:
        return _among(text, _by_word(choices), [str(label) for _code, label in choices])

    return read


def several(choices: Iterable[tuple[str, Any]]) -> Reader:
    """Words of a list, separated by semicolons; kept in the order of the list."""

    def read(text: str, _known: Known) -> list[str]:
        words, labels = _by_word(choices), [str(label) for _code, label in choices]
        found = {_among(piece, words, labels) for piece in pieces(text)}
        return [code for code, _label in choices if code in found]

    return read


def themes(text: str, known: Known) -> list[str]:
    words = {plain(name): slug for name, slug in known.themes.items()} | {
        plain(slug): slug for slug in known.themes.values()
    }
    return sorted({_among(piece, words, list(known.themes)) for piece in pieces(text)})


def articles(text: str, known: Known) -> list[int]:
    numbers = sorted({_whole(re.sub(r"^(article|art\.?)\s*", "", piece, flags=re.I)) for piece in pieces(text)})
    for number in numbers:
        if number not in known.articles:
            raise Unread(_("la bibliothèque n’a pas d’article {n} de la Convention.").format(n=number))
    return numbers


def goals(text: str, _known: Known) -> list[int]:
    numbers = sorted({_whole(re.sub(r"^odd\s*", "", piece, flags=re.I)) for piece in pieces(text)})
    for number in numbers:
        if number not in Goal.values:
            taken = ", ".join(str(one) for one in Goal.values)
            raise Unread(
                _("«\u202f{n}\u202f» n’est pas un objectif retenu ici. Possibles\u202f: {taken}.").format(
                    n=number, taken=taken
                )
            )
    return numbers


def between(least: int, most: int, *, units: str, example: str) -> Reader:
    """« 8 à 12 », « 8-12 », « 8 »: two bounds."""

    def read(text: str, _known: Known) -> list[int]:
        said = re.sub(rf"\b({units})\b\.?", "", plain(text)).replace("de ", "").strip()
        said = re.sub(r"\s+", " ", said)
        if found := BETWEEN.match(said):
            low, high = int(found[1]), int(found[2])
        elif NUMBER.match(said):
            low = high = int(said)
        else:
            raise Unread(
                _("«\u202f{text}\u202f» n’est pas compris. Écrivez par exemple «\u202f{example}\u202f».").format(
                    text=_short(text), example=example
                )
            )
        if low > high:
            raise Unread(_("{low} est plus grand que {high}\u202f: inversez-les.").format(low=low, high=high))
        if low < least or high > most:
            raise Unread(_("entre {least} et {most} seulement.").format(least=least, most=most))
        return [low, high]

    return read


def year(text: str, _known: Known) -> int:
    number = _whole(text)
    if not 1990 <= number <= 2100:
        raise Unread(_("«\u202f{text}\u202f» n’est pas une année. Écrivez par exemple 2024.").format(text=_short(text)))
    return number


def cost(text: str, _known: Known) -> int | str:
    """Euros, or « inconnu »."""
    if plain(text) == "inconnu":
        return "inconnu"
    return _whole(
        re.sub(r"(€|euros?)\s*$", "", text.strip(), flags=re.I)
        .replace("\u202f", "")
        .replace("\u00a0", "")
        .replace(" ", "")
    )


def territory(text: str, known: Known) -> str:
    code = text.strip().upper().replace(" ", "")
    if code.isdigit() and len(code) == 4:
        code = f"0{code}"  # The spreadsheet took the code for a number.
    if code not in known.territories:
        raise Unread(
            _(
                "aucune collectivité inscrite n’a le code «\u202f{code}\u202f». Écrivez le code INSEE (commune) ou le SIREN, et faites-la inscrire d’abord si elle ne l’est pas."
            ).format(code=_short(text))
        )
    return code


def _by_word(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {plain(str(label)): code for code, label in choices} | {plain(code): code for code, _label in choices}


def _among(text: str, words: Mapping[str, str], labels: list[str]) -> str:
    found = words.get(plain(text))
    if found is None:
        raise Unread(
            _("«\u202f{text}\u202f» n’est pas dans la liste. Possibles\u202f: {taken}.").format(
                text=_short(text), taken=", ".join(labels)
            )
        )
    return found


def _whole(text: str) -> int:
    if not NUMBER.match(text.strip()):
        raise Unread(_("«\u202f{text}\u202f» n’est pas un nombre entier.").format(text=_short(text)))
    return int(text)


def _short(text: str) -> str:
    said = one_line(text)
    return said if len(said) <= 60 else f"{said[:59]}…"
