"""A title is published, and sometimes withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme import signals
from marelle.programme.emails import titles as emails
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy, Title
from marelle.programme.queries import people
from marelle.programme.rules.moves import can_move

from .moving import change_status, locked, stated


@transaction.atomic
def grant(*, candidacy: Candidacy, by: Any, at: datetime) -> Title:
    """Publish the title: from today until the end of the mandate, on a page anyone can read."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.GRANT_TITLE))
    mandate, today = candidacy.route.mandate, localdate(at)
    if mandate.ends_on < today:
        raise Refused(_("Ce mandat est terminé\u202f: un titre ne peut plus y commencer."))
    if Title.objects.filter(territory=candidacy.territory, mandate=mandate, withdrawn_on__isnull=True).exists():
        raise Refused(_("%(territory)s porte déjà un titre pour ce mandat.") % {"territory": candidacy.territory})
    title = Title.objects.create(
        territory=candidacy.territory, mandate=mandate, candidacy=candidacy, name=candidacy.version.definition.title_for(candidacy.territory.kind),
        starts_on=max(today, mandate.starts_on), ends_on=mandate.ends_on, published_at=at, published_by=by,
        is_demonstration=candidacy.is_demonstration,
    )  # fmt: skip
    change_status(candidacy, Move.GRANT_TITLE, at=at)

    record("programme.title.granted", on=candidacy, by=by, at=at, title=title.public_id)
    for person in people.leads(candidacy.organisation, today):
        send_on_commit(emails.title_granted, to=person, at=at, title=title)
    transaction.on_commit(lambda: signals.title_granted.send(Title, title=title))
    return title


@transaction.atomic
def withdraw(*, title: Title, reason: str, public_reason: str, by: Any, at: datetime) -> Title:
    """Take a title back. The collectivité reads the reason; the title's page stays and says since when and, in
    words meant for anyone, why. The territory may begin again."""
    candidacy = locked(title.candidacy)
    require(can_move(by, candidacy, Move.WITHDRAW_TITLE))
    reason = stated(reason)
    if not public_reason.strip():
        raise Refused(_("Écrivez ce que dira la page publique du titre."))
    title = Title.objects.select_for_update(of=("self",)).get(pk=title.pk)
    title.withdrawn_on, title.withdrawal_reason = localdate(at), public_reason.strip()
    title.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    change_status(candidacy, Move.WITHDRAW_TITLE, at=at, closed_reason=reason)

    record("programme.title.withdrawn", on=candidacy, by=by, at=at, title=title.public_id)
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.title_withdrawn, to=person, at=at, title=title)
    transaction.on_commit(lambda: signals.title_withdrawn.send(Title, title=title))
    return title
