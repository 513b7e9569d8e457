"""From allowed moves to buttons: where each one leads, in the words of the person who presses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from marelle.core.rules import Answer, NotNow
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy


@dataclass(frozen=True)
class Door:
    label: Any
    url: str
    icon: str
    kind: str
    can: Answer
    is_post: bool = False


@dataclass(frozen=True)
class Way:
    """How a move is made: by which page, and what its button says."""

    label: Any
    name: str
    icon: str
    is_post: bool = False
    kind: str = "primary"


WAYS: dict[Move, Way] = {
    Move.CONFIRM: Way(_("Confirmer l’intention"), "programme:confirm", "check", is_post=True),
    Move.SUBMIT: Way(_("Vérifier et déposer le dossier"), "programme:file_check", "send"),
    Move.RESUBMIT: Way(_("Vérifier et renvoyer le dossier corrigé"), "programme:file_check", "send"),
    Move.OPEN_REVIEW: Way(_("Ouvrir l’instruction"), "programme:review", "book-open"),
    Move.ASK_CORRECTION: Way(_("Demander des corrections"), "programme:review", "pencil", kind="calm"),
    Move.CANCEL_CORRECTION: Way(_("Retirer la demande de corrections"), "programme:review", "undo-2", kind="calm"),
    Move.SEND_TO_COMMISSION: Way(_("Transmettre à la commission"), "programme:commission", "gavel"),
    Move.SEND_BACK: Way(_("Reprendre l’instruction"), "programme:send_back", "undo-2", kind="calm"),
    Move.REFUSE: Way(_("Enregistrer la décision"), "programme:decide", "gavel"),
    Move.GRANT_TITLE: Way(_("Publier le titre"), "programme:papers", "award"),
    Move.WITHDRAW_TITLE: Way(_("Retirer le titre"), "programme:title_withdraw", "circle-x", kind="link"),
    Move.ABANDON: Way(_("Retirer la candidature"), "programme:abandon", "circle-x", kind="link"),
}
"""Awarding, refusing and putting on probation are one page: the decision."""


def doors(candidacy: Candidacy, answers: dict[Move, Answer], title_id: str | None) -> tuple[list[Door], list[Door]]:
    """(what may be done now, what is the person's to do but not now, with its reason)."""
    now, later = [], []
    for move, way in WAYS.items():
        can = answers[move]
        url = _url(way.name, title_id if move == Move.WITHDRAW_TITLE else candidacy.public_id)
        if can and url:
            now.append(Door(way.label, url, way.icon, way.kind, can, way.is_post))
        elif isinstance(can, NotNow):
            later.append(Door(way.label, url, way.icon, way.kind, can, way.is_post))
    return now, later


ORDER = ("primary", "calm", "link")


def in_order(found: list[Door]) -> list[Door]:
    """What is most often meant first, what ends things last."""
    return sorted(found, key=lambda door: ORDER.index(door.kind))


ROOMS = (
    (_("Le dossier"), "programme:file"),
    (_("Les échanges"), "programme:messages"),
    (_("L’instruction"), "programme:review"),
    (_("La décision"), "programme:decision"),
    (_("Délibération, convention et titre"), "programme:papers"),
)


def rooms(candidacy: Candidacy, *, closed: set[str]) -> list[dict[str, Any]]:
    """Pages about this candidacy that the person may open, but those in `closed`."""
    found = [{"label": label, "url": _url(name, candidacy.public_id)} for label, name in ROOMS if name not in closed]
    return [one for one in found if one["url"]]


def _url(name: str, public_id: str | None) -> str:
    """Empty while the page is not there."""
    try:
        return reverse(name, args=[public_id]) if public_id else ""
    except NoReverseMatch:
        return ""
