"""The life of a candidacy, as tables. The diagram in `docs/states/` is drawn from them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class RouteKind(models.TextChoices):
    TITLED = "titled", "parcours avec titre"
    NETWORK = "network", "réseau"


class Status(models.TextChoices):
    INTERESTED = "interested", "intention déclarée"
    DRAFT = "draft", "dossier en cours"
    FILED = "filed", "dossier déposé"
    UNDER_REVIEW = "under_review", "en instruction"
    CORRECTION = "correction", "corrections demandées"
    COMMISSION = "commission", "devant la commission"
    PROBATION = "probation", "période probatoire"
    AWARDED = "awarded", "titre accordé, à signer"
    TITLED = "titled", "titre publié"
    REFUSED = "refused", "candidature refusée"
    ABANDONED = "abandoned", "candidature retirée"
    TITLE_WITHDRAWN = "title_withdrawn", "titre retiré"


class Move(models.TextChoices):
    CONFIRM = "confirm", "Confirmer l’intention"
    SUBMIT = "submit", "Déposer le dossier"
    OPEN_REVIEW = "open_review", "Ouvrir l’instruction"
    ASK_CORRECTION = "ask_correction", "Demander des corrections"
    RESUBMIT = "resubmit", "Renvoyer le dossier corrigé"
    CANCEL_CORRECTION = "cancel_correction", "Retirer la demande de corrections"
    SEND_TO_COMMISSION = "send_to_commission", "Transmettre à la commission"
    SEND_BACK = "send_back", "Reprendre l’instruction"
    AWARD = "award", "Accorder le titre"
    PUT_ON_PROBATION = "put_on_probation", "Ouvrir une période probatoire"
    REFUSE = "refuse", "Refuser la candidature"
    GRANT_TITLE = "grant_title", "Publier le titre"
    WITHDRAW_TITLE = "withdraw_title", "Retirer le titre"
    ABANDON = "abandon", "Retirer la candidature"


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

    INTERESTED = "interested", "intéressées"
    CONFIRMED = "confirmed", "confirmées"
    FILED = "filed", "déposées"
    DECIDED = "decided", "décidées"
    TITLED = "titled", "titrées"


class OutcomeKind(models.TextChoices):
    AWARD = "award", "titre accordé"
    AWARD_WITH_RECOMMENDATIONS = "award_with_recommendations", "titre accordé avec recommandations"
    PROBATION = "probation", "période probatoire"
    REFUSAL = "refusal", "refus"


OUTCOME_MOVES = {
    OutcomeKind.AWARD: Move.AWARD,
    OutcomeKind.AWARD_WITH_RECOMMENDATIONS: Move.AWARD,
    OutcomeKind.PROBATION: Move.PUT_ON_PROBATION,
    OutcomeKind.REFUSAL: Move.REFUSE,
}


class Advice(models.TextChoices):
    """What an opinion recommends."""

    FAVOURABLE = "favourable", "favorable"
    RESERVED = "reserved", "favorable avec réserves"
    UNFAVOURABLE = "unfavourable", "défavorable"


class Side(models.TextChoices):
    """Who is speaking on a file."""

    COLLECTIVITE = "collectivite", "la collectivité"
    TEAM = "team", "l’équipe du programme"


class Via(models.TextChoices):
    PAGE = "page", "sur la page"
    MAIL = "mail", "par courriel"


class NetworkStatus(models.TextChoices):
    ASKED = "asked", "adhésion demandée"
    MEMBER = "member", "membre du réseau"
    REFUSED = "refused", "demande non retenue"
    LEFT = "left", "a quitté le réseau"


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
    name: str


SQUARES = (
    Square(1, "join", "S’engager"),
    Square(2, "govern", "Se réunir"),
    Square(3, "listen", "Écouter"),
    Square(4, "plan", "Décider"),
    Square(5, "act", "Agir"),
    Square(6, "measure", "Mesurer"),
    Square(7, "share", "Partager"),
)
