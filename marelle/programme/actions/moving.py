"""The one hand that moves a candidacy from a state to another. Callers hold the lock and asked the rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.programme.enums import MOVES, Move
from marelle.programme.models import Candidacy, StatusChange


def locked(candidacy: Candidacy) -> Candidacy:
    """The candidacy as it is now, held until the transaction ends."""
    return (
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("territory", "organisation", "route__mandate", "version")
        .get(pk=candidacy.pk)
    )


def change_status(candidacy: Candidacy, move: Move, *, at: datetime, **also: Any) -> Candidacy:
    """Move to the state that `MOVES` gives, since `at`, and set the fields in `also` in the same stroke.

    Fails closed: from a state the table does not list, nothing changes and the person is told.
    """
    origins, destination = MOVES[Move(move)]
    if candidacy.status not in origins:
        raise Refused(
            _("La candidature vient de changer d’état : « %(now)s ». Relisez la page avant de continuer.")
            % {"now": candidacy.get_status_display()}
        )
    was = candidacy.status
    for field, value in {"status": destination, "status_since": at, **also}.items():
        setattr(candidacy, field, value)
    candidacy.save(update_fields=["status", "status_since", *also])
    StatusChange.objects.create(candidacy=candidacy, move=move, was=was, status=destination, at=at)
    return candidacy


def stated(reason: str) -> str:
    """A reason in words, or a refusal: nobody is turned down, sent back or withdrawn without one."""
    reason = reason.strip()
    if not reason:
        raise Refused(_("Donnez le motif : il sera lu par les personnes concernées."))
    return reason


def sign_of_life(candidacy: Candidacy, *, by: Any, at: datetime) -> None:
    """Note that the collectivité did something; what the team does on its behalf is not a sign from it."""
    if candidacy.organisation_id in standing(by).collectivite_ids:
        candidacy.last_activity_at = at
        candidacy.save(update_fields=["last_activity_at"])
