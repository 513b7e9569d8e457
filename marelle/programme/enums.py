"""The life of a candidacy, as tables. The diagram in `docs/states/` is drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class RouteKind(models.TextChoices):
    TITLED = "titled", _("parcours avec titre")
    NETWORK = "network", _("réseau")


class Status(models.TextChoices):
    INTERESTED = "interested", _("intention déclarée")
    DRAFT = "draft", _("dossier en cours")
    FILED = "filed", _("dossier déposé")
    UNDER_REVIEW = "under_review", _("en instruction")
    CORRECTION = "correction", _("corrections demandées")
    COMMISSION = "commission", _("devant la commission")
    PROBATION = "probation", _("période probatoire")
    AWARDED = "awarded", _("titre accordé, à signer")
    TITLED = "titled", _("titre publié")
    REFUSED = "refused", _("candidature refusée")
    ABANDONED = "abandoned", _("candidature retirée")
    TITLE_WITHDRAWN = "title_withdrawn", _("titre retiré")


class Move(models.TextChoices):
    CONFIRM = "confirm", _("Confirmer l’intention")
    SUBMIT = "submit", _("Déposer le dossier")
    OPEN_REVIEW = "open_review", _("Ouvrir l’instruction")
    ASK_CORRECTION = "ask_correction", _("Demander des corrections")
    RESUBMIT = "resubmit", _("Renvoyer le dossier corrigé")
    CANCEL_CORRECTION = "cancel_correction", _("Retirer la demande de corrections")
    SEND_TO_COMMISSION = "send_to_commission", _("Transmettre à la commission")
    SEND_BACK = "send_back", _("Reprendre l’instruction")
    AWARD = "award", _("Accorder le titre")
    PUT_ON_PROBATION = "put_on_probation", _("Ouvrir une période probatoire")
    REFUSE = "refuse", _("Refuser la candidature")
    GRANT_TITLE = "grant_title", _("Publier le titre")
    WITHDRAW_TITLE = "withdraw_title", _("Retirer le titre")
    ABANDON = "abandon", _("Retirer la candidature")


S = Status
MOVES: dict[Move, tuple[frozenset[Status], Status]] = {
    Move.CONFIRM: (frozenset({S.INTERESTED}), S.DRAFT),
    Move.SUBMIT: (frozenset({S.DRAFT}), S.FILED),
    Move.OPEN_REVIEW: (frozenset({S.FILED}), S.UNDER_REVIEW),
    Move.ASK_CORRECTION: (frozenset({S.UNDER_REVIEW}), S.CORRECTION),
    Move.RESUBMIT: (frozenset({S.CORRECTION}), S.UNDER_REVIEW),
    Move.CANCEL_CORRECTION: (frozenset({S.CORRECTION}), S.UNDER_REVIEW),
    Move.SEND_TO_COMMISSION: (frozenset({S.UNDER_REVIEW}), S.COMMISSION),
    Move.SEND_BACK: (frozenset({S.COMMISSION}), S.UNDER_REVIEW),
    Move.AWARD: (frozenset({S.COMMISSION, S.PROBATION}), S.AWARDED),
    Move.PUT_ON_PROBATION: (frozenset({S.COMMISSION}), S.PROBATION),
    Move.REFUSE: (frozenset({S.COMMISSION, S.PROBATION}), S.REFUSED),
    Move.GRANT_TITLE: (frozenset({S.AWARDED}), S.TITLED),
    Move.WITHDRAW_TITLE: (frozenset({S.TITLED}), S.TITLE_WITHDRAWN),
    Move.ABANDON: (
        frozenset({S.INTERESTED, S.DRAFT, S.FILED, S.UNDER_REVIEW, S.CORRECTION, S.COMMISSION, S.PROBATION, S.AWARDED}),
        S.ABANDONED,
    ),
}

CLOSED = frozenset({S.REFUSED, S.ABANDONED, S.TITLE_WITHDRAWN})
"""Nothing moves from here; the territory may begin again."""
WRITABLE = frozenset({S.DRAFT, S.CORRECTION})
"""The collectivité may write in its file."""
FOLLOWS_NEW_VERSIONS = frozenset({S.INTERESTED, S.DRAFT})
"""What was never handed over follows the newest version of its route; all else stays on the one it answered."""
IN_INSTRUCTION = frozenset({S.FILED, S.UNDER_REVIEW, S.CORRECTION, S.COMMISSION})
"""The national team works on it."""
SEEN_BY_VOLUNTEERS = frozenset(S) - {S.INTERESTED, S.DRAFT, S.ABANDONED}
"""A volunteer reads a file once it has been handed over, not while it is being written."""


class FunnelStage(models.TextChoices):
    """How far a territory has come, counted cumulatively: a titled one was also interested."""

    INTERESTED = "interested", _("intéressées")
    CONFIRMED = "confirmed", _("confirmées")
    FILED = "filed", _("déposées")
    DECIDED = "decided", _("décidées")
    TITLED = "titled", _("titrées")


class OutcomeKind(models.TextChoices):
    AWARD = "award", _("titre accordé")
    AWARD_WITH_RECOMMENDATIONS = "award_with_recommendations", _("titre accordé avec recommandations")
    PROBATION = "probation", _("période probatoire")
    REFUSAL = "refusal", _("refus")


OUTCOME_MOVES = {
    OutcomeKind.AWARD: Move.AWARD,
    OutcomeKind.AWARD_WITH_RECOMMENDATIONS: Move.AWARD,
    OutcomeKind.PROBATION: Move.PUT_ON_PROBATION,
    OutcomeKind.REFUSAL: Move.REFUSE,
}


class Advice(models.TextChoices):
    """What an opinion recommends."""

    FAVOURABLE = "favourable", _("favorable")
    RESERVED = "reserved", _("favorable avec réserves")
    UNFAVOURABLE = "unfavourable", _("défavorable")


class Side(models.TextChoices):
    """Who is speaking on a file."""

    COLLECTIVITE = "collectivite", _("la collectivité")
    TEAM = "team", _("l’équipe du programme")


class Via(models.TextChoices):
    PAGE = "page", _("sur la page")
    MAIL = "mail", _("par courriel")


class NetworkStatus(models.TextChoices):
    ASKED = "asked", _("adhésion demandée")
    MEMBER = "member", _("membre du réseau")
    REFUSED = "refused", _("demande non retenue")
    LEFT = "left", _("a quitté le réseau")


NETWORK_MOVES = {
    NetworkStatus.ASKED: {NetworkStatus.MEMBER, NetworkStatus.REFUSED, NetworkStatus.LEFT},
    NetworkStatus.MEMBER: {NetworkStatus.LEFT},
    NetworkStatus.REFUSED: set(),
    NetworkStatus.LEFT: set(),
}


@dataclass(frozen=True)
class Square:
    """A square of the hopscotch: what a territory does there."""

    number: int
    key: str
    name: StrOrPromise


SQUARES = (
    Square(1, "join", _("S’engager")),
    Square(2, "govern", _("Se réunir")),
    Square(3, "listen", _("Écouter")),
    Square(4, "plan", _("Décider")),
    Square(5, "act", _("Agir")),
    Square(6, "measure", _("Mesurer")),
    Square(7, "share", _("Partager")),
)
