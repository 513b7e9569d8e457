"""Fictitious people: first names and surnames shuffled by a seed. Any likeness is chance."""

from __future__ import annotations

import random
from collections.abc import Iterator

from django.utils.text import slugify

FIRST = (
    "Inès Marc Léa Hugo Nadia Paul Aïcha Thomas Camille Yanis Sophie Karim Élodie Bastien Fatou Julien Manon Samir Claire "
    "Antoine Leïla Romain Anaïs Mehdi Julie Nicolas Awa Pierre Sarah Olivier Chloé Malik Hélène Vincent Amina Gaëlle Rémi "
    "Noémie Idriss Lucie Étienne Mariam Florent Zoé Adama Delphine Quentin Rachida Loïc Émilie"
).split()
LAST = (
    "Berger Caron Delmas Ferrand Garnier Hamidi Jolivet Keita Lambert Moreau Nguyen Oliveira Perrin Quéré Rousseau Sidibé "
    "Tessier Valette Wagner Yilmaz Aubert Benali Chauvin Diarra Escoffier Fontaine Guérin Haddad Imbert Jacquet Kermarrec "
    "Leclercq Marchand Navarro Ollivier Poulain Renaud Sauvage Traoré Vasseur"
).split()


def people(seed: int) -> Iterator[str]:
    """Names without end: every pair once in the order of the seed, then the pairs again with a number."""
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    random.Random(seed).shuffle(pairs)
    yield from pairs
    for turn in range(2, 1000):
        yield from (f"{pair} {turn}" for pair in pairs)


def address(name: str, place: str) -> str:
    """`ines.berger@rouen.marelle.example`: an address that cannot exist (RFC 2606)."""
    return f"{slugify(name).replace('-', '.')}@{slugify(place)[:40].strip('-') or 'ville'}.marelle.example"
