"""Messages on a file: written by the collectivité and the national team, read by the delegation too."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import Side, Status
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries.hats import Hats, hats


def can_read(user: Any, candidacy: Candidacy) -> Answer:
    found = hats(user, candidacy)
    return found.is_collectivite or found.is_team or No(_("Ces échanges ne vous sont pas ouverts."))


def can_write(user: Any, candidacy: Candidacy) -> Answer:
    """After a refusal or a withdrawn title people may still ask why; a file they took back is silent."""
    if side_of(hats(user, candidacy)) is None:
        return No(_("Seules la collectivité et l’équipe nationale écrivent sur ce dossier."))
    if candidacy.status == Status.ABANDONED:
        return NotNow(_("Cette candidature a été retirée : on n’y écrit plus."))
    return True


def can_settle(user: Any, message: Message) -> Answer:
    """Saying « nothing to answer » is up to the side whose answer is awaited."""
    side = side_of(hats(user, message.candidacy))
    if side is None or side == message.side:
        return No(_("C’est à la personne qui reçoit le message de dire s’il appelle une réponse."))
    if message.settled_at is not None:
        return NotNow(_("Ce message est déjà marqué sans suite à donner."))
    return True


def side_of(found: Hats) -> Side | None:
    """On whose behalf a person writes; None for those who only read."""
    if found.is_collectivite:
        return Side.COLLECTIVITE
    return Side.TEAM if found.is_national else None
