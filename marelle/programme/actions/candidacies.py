"""From a collectivité's first word to an open file, and the ways out of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import candidacies as emails
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy, RouteVersion
from marelle.programme.queries import people
from marelle.programme.rules import candidacies as rules
from marelle.programme.rules.moves import can_move

from .moving import change_status, locked, stated


@transaction.atomic
def open_intention(
    *, organisation: Organisation, version: RouteVersion, intention: str, by: Any, at: datetime
) -> Candidacy:
    """A collectivité says that it wants to join. The national team is told, and will confirm."""
    # Colleagues who declare at the same moment queue here: the second one is told that it is done.
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    require(rules.can_open(by, organisation, version, at))
    if not intention.strip():
        raise Refused(_("Dites en quelques mots pourquoi votre collectivité veut s’engager."))

    assert organisation.territory is not None  # A collectivité has one: held by the database.
    candidacy = Candidacy.objects.create(
        territory=organisation.territory, organisation=organisation, route=version.route, version=version,
        intention=intention.strip(), opened_at=at, opened_by=by, status_since=at, last_activity_at=at,
        is_demonstration=organisation.is_demonstration,
    )  # fmt: skip

    record("programme.candidacy.opened", on=candidacy, by=by, at=at, route=version.route.key, version=version.number)
    for person in people.leads(organisation, localdate(at)):
        send_on_commit(emails.intention_received, to=person, at=at, candidacy=candidacy)
    for person in people.managers(localdate(at)):
        send_on_commit(emails.intention_to_confirm, to=person, at=at, candidacy=candidacy)
    return candidacy


@transaction.atomic
def confirm(*, candidacy: Candidacy, by: Any, at: datetime) -> Candidacy:
    """The national team says yes to an intention: the collectivité may write its file."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.CONFIRM))
    newest = candidacy.route.versions.latest("number")
    change_status(candidacy, Move.CONFIRM, at=at, confirmed_at=at, confirmed_by=by, version=newest)

    record("programme.candidacy.confirmed", on=candidacy, by=by, at=at, version=newest.number)
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.intention_confirmed, to=person, at=at, candidacy=candidacy)
    return candidacy


@transaction.atomic
def confirm_many(*, candidacies: Iterable[Candidacy], by: Any, at: datetime) -> list[Candidacy]:
    """Several intentions in one act: all of them, or none when one is refused (it is named)."""
    confirmed = []
    for candidacy in candidacies:
        try:
            confirmed.append(confirm(candidacy=candidacy, by=by, at=at))
        except Refused as refusal:
            raise Refused(f"{candidacy.territory}\u202f: {refusal}") from refusal
    return confirmed


@transaction.atomic
def abandon(*, candidacy: Candidacy, reason: str, by: Any, at: datetime) -> Candidacy:
    """End a candidacy before its title. What was written stays readable; the territory may begin again."""
    candidacy = locked(candidacy)
    require(can_move(by, candidacy, Move.ABANDON))
    reason = stated(reason)
    was = candidacy.status
    change_status(candidacy, Move.ABANDON, at=at, closed_reason=reason, review_due_on=None)
    candidacy.corrections.filter(closed_at__isnull=True).update(closed_at=at)  # Nobody waits for them any more.

    record("programme.candidacy.abandoned", on=candidacy, by=by, at=at, was=was)
    day = localdate(at)
    for person in dict.fromkeys([*people.leads(candidacy.organisation, day), *people.team_of(candidacy, day)]):
        send_on_commit(emails.candidacy_abandoned, to=person, at=at, candidacy=candidacy)
    return candidacy


@transaction.atomic
def extend_deadline(*, candidacy: Candidacy, due_at: datetime, reason: str, by: Any, at: datetime) -> Candidacy:
    """Give one collectivité until another moment to hand its file over; it is told, with the reason."""
    candidacy = locked(candidacy)
    require(rules.can_extend(by, candidacy))
    reason = stated(reason)
    if due_at <= at:
        raise Refused(_("Choisissez un jour à venir."))
    if candidacy.deadline and due_at <= candidacy.deadline:
        raise Refused(_("Ce jour n’est pas après l’échéance actuelle."))
    candidacy.due_at, candidacy.due_reason = due_at, reason
    candidacy.save(update_fields=["due_at", "due_reason"])

    record("programme.candidacy.deadline_extended", on=candidacy, by=by, at=at, due_at=due_at.isoformat())
    for person in people.leads(candidacy.organisation, localdate(at)):
        send_on_commit(emails.deadline_extended, to=person, at=at, candidacy=candidacy)
    return candidacy
