"""What an editor is told about a text while they write it: what will stop somebody from reading it. None of it forbids
to publish; a picture without consent does (`rules.editorial`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

from .media import media_in
from .texts import Piece, pieces

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
HEADING = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.S)
SHOUTED = re.compile(r"(?:\b[^\W\d_a-zà-ÿ]{2,}\b[\s’'-]+){3,}\b[^\W\d_a-zà-ÿ]{2,}\b")
"""Four words in a row in capitals: hard to read for everybody, spelled out by some screen readers."""
VAGUE = {
    "cliquez ici", "cliquer ici", "ici", "en savoir plus", "lire la suite", "plus d’informations", "lien", "ce lien",
    "voir", "suite", "télécharger", "plus",
}  # fmt: skip
"""Links read out in a list, away from their sentence, must say where they go."""
FILE_NAME = re.compile(r"(\.(avif|gif|jpe?g|png|webp|svg)$)|^(img|dsc|dscn|photo|image)[_ -]?\d+", re.I)
SAYS_IT_IS_ONE = re.compile(r"^(image|photo|photographie|illustration) (de|d’|d')", re.I)
LONG_SENTENCE = 60
"""Words."""


def remarks(thing: Any) -> list[str]:
    """In words, each once, in the order of the page."""
    said = [*_about_words(thing), *_about_pictures(thing)]
    if isinstance(thing, Page) and thing.depth > 1 and not thing.search_description.strip():
        said.append(
            _("Sans description\u202f: les moteurs de recherche en inventeront une (onglet «\u202fPromotion\u202f»).")
        )
    return list(dict.fromkeys(said))


def _about_words(thing: Any) -> Iterator[str]:
    level = 1
    for piece in pieces(thing):
        words = plain(piece)
        if SHOUTED.search(words) or (len(words) > 12 and words.isupper()):
            yield _("%(where)s\u202f: des mots en capitales, difficiles à lire.") % {"where": piece.where}
        if any(len(sentence.split()) > LONG_SENTENCE for sentence in re.split(r"[.!?\n•]", words)):
            yield _("%(where)s\u202f: une phrase de plus de %(count)d mots.") % {
                "where": piece.where,
                "count": LONG_SENTENCE,
            }
        if piece.kind != "rich":
            continue
        yield from _about_links(piece)
        for depth, title in HEADING.findall(piece.text):
            if not strip_tags(title).strip():
                yield _("%(where)s\u202f: un intertitre vide.") % {"where": piece.where}
            if int(depth) > level + 1 and level > 1:
                yield _("%(where)s\u202f: l’intertitre «\u202f%(title)s\u202f» saute un niveau.") % {
                    "where": piece.where,
                    "title": strip_tags(title),
                }
            level = int(depth)


def plain(piece: Piece) -> str:
    return strip_tags(re.sub(r"</(p|li|h\d)>|<br/?>", "\n", piece.text)) if piece.kind == "rich" else piece.text


def _about_links(piece: Piece) -> Iterator[str]:
    for inside in LINK.findall(piece.text):
        words = strip_tags(inside).replace("'", "’").strip(" .:!?…»«\u202f\u00a0").lower()
        if not words:
            yield _("%(where)s\u202f: un lien sans mots.") % {"where": piece.where}
        elif words in VAGUE:
            yield _("%(where)s\u202f: le lien «\u202f%(words)s\u202f» ne dit pas où il mène.") % {
                "where": piece.where,
                "words": words,
            }
        elif words.startswith(("http://", "https://", "www.")):
            yield _("%(where)s\u202f: le lien montre son adresse. Écrivez plutôt ce qu’on y trouve.") % {
                "where": piece.where
            }


def _about_pictures(thing: Any) -> Iterator[str]:
    pictures, _films = media_in(thing)
    for picture in pictures:
        words = {"title": picture.title}
        alt = picture.description.strip()
        if not alt or alt == picture.title or FILE_NAME.search(alt):
            yield _("L’image «\u202f%(title)s\u202f» ne dit pas ce qu’elle montre à qui ne la voit pas.") % words
        elif SAYS_IT_IS_ONE.match(alt):
            yield (
                _("L’image «\u202f%(title)s\u202f»\u202f: inutile de dire que c’est une image, dites ce qu’on y voit.")
                % words
            )
        if not picture.credit.strip():
            yield _("L’image «\u202f%(title)s\u202f» n’a pas de crédit.") % words
