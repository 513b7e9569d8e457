"""Who may open a session with a group, for which place and how long, and who may run it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Organisation
from marelle.accounts.queries import Standing, standing
from marelle.ballots.enums import Mode, StationState
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import ConsultationState, Level
from marelle.participation.models import Consultation, Session
from marelle.territories.models import Territory

GROUPS = {Kind.COLLECTIVITE, Kind.STRUCTURE, Kind.DELEGATION}
"""The kinds of organisation whose people meet children."""
NATIONAL_TEAM = {Role.MANAGER, Role.ADVISER}


def can_open(user: Any, consultation: Consultation, *, on: date) -> Answer:
    """Whether this person may open a session at all: for some organisation of theirs, on this day."""
    if not organisations_for(user, consultation):
        return No(_nobody(consultation))
    return is_open(consultation, on=on)


def can_open_for(user: Any, consultation: Consultation, organisation: Organisation, *, on: date) -> Answer:
    if organisation not in organisations_for(user, consultation):
        return No(_nobody(consultation))
    return is_open(consultation, on=on)


def organisations_for(user: Any, consultation: Consultation) -> list[Organisation]:
    """The organisations in whose name this person may open a session on this consultation, the smallest first:
    a teacher who also sits in the town's team most often opens for the school."""
    who = standing(user)
    found = {m.organisation for m in who.memberships if _takes_part(who, m, consultation)}
    order = [Kind.STRUCTURE, Kind.COLLECTIVITE, Kind.DELEGATION, Kind.NATIONAL]
    return sorted(found, key=lambda one: (order.index(Kind(one.kind)), one.name, one.pk))


def is_open(consultation: Consultation, *, on: date) -> Answer:
    """The consultation takes answers on this day."""
    match consultation.state:
        case ConsultationState.DRAFT:
            return NotNow(_("Cette consultation est encore en préparation\u202f: elle n’est pas ouverte."))
        case ConsultationState.OPEN:
            pass
        case _:
            return NotNow(_("Cette consultation est terminée\u202f: on ne peut plus y répondre."))
    if consultation.opens_on and on < consultation.opens_on:
        return NotNow(_("Cette consultation commence le %(day)s.") % {"day": f"{consultation.opens_on:%d/%m/%Y}"})
    if consultation.closes_on and on > consultation.closes_on:
        return NotNow(
            _("Cette consultation s’est terminée le %(day)s.") % {"day": f"{consultation.closes_on:%d/%m/%Y}"}
        )
    return True


def can_use(user: Any, consultation: Consultation, mode: str) -> Answer:
    """An open link counts no children: only those who carry the consultation may publish one."""
    if mode != Mode.LINK or consultation.organisation_id in standing(user).organisation_ids:
        return True
    return NotNow(
        _(
            "Le lien ouvert, sans groupe compté, est réservé à l’organisation qui mène la consultation. "
            "Choisissez les tickets ou les tablettes partagées."
        )
    )


def can_count_for(
    user: Any, consultation: Consultation, organisation: Organisation, territory: Territory | None
) -> Answer:
    """The answers of the group count for this place: one that the consultation is about, near who opens."""
    if territory is None:
        if consultation.level == Level.NATIONAL and organisation.kind in {Kind.NATIONAL, Kind.DELEGATION}:
            return True
        return NotNow(
            _("Indiquez la commune ou l’intercommunalité du groupe\u202f: ses réponses compteront pour elle.")
        )
    if consultation.territory and not lies_in(territory, consultation.territory):
        return NotNow(
            _("Cette consultation est celle de %(here)s\u202f: %(territory)s n’en fait pas partie.")
            % {"here": consultation.territory, "territory": territory}
        )
    if not _is_near(standing(user), organisation, territory):
        return NotNow(
            _(
                "%(territory)s est hors du territoire de %(organisation)s. Demandez à quelqu’un de là-bas d’ouvrir la séance."
            )
            % {"territory": territory, "organisation": organisation}
        )
    return True


def can_last(consultation: Consultation, closes_at: datetime | None, *, at: datetime) -> Answer:
    """Until when the session stays open: later than now, and never after the consultation."""
    if closes_at is None:
        return True
    if closes_at <= at:
        return NotNow(_("Cette heure est déjà passée."))
    end = end_of(consultation)
    if end and closes_at > end:
        return NotNow(
            _("La consultation se termine le %(day)s\u202f: la séance ne peut pas durer plus longtemps.")
            % {"day": f"{consultation.closes_on:%d/%m/%Y}"}
        )
    return True


def end_of(consultation: Consultation) -> datetime | None:
    """The last minute of the consultation's last day."""
    day = consultation.closes_on
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def can_run(user: Any, session: Session) -> Answer:
    """Follow the group, enter paper, close: the people of the organisation, whoever opened it."""
    if session.organisation_id in standing(user).organisation_ids:
        return True
    return No(_("Conduire cette séance revient aux personnes de %(who)s.") % {"who": session.organisation})


def can_reopen(user: Any, session: Session, *, at: datetime) -> Answer:
    """A session closed by mistake opens again the same day, as long as the consultation does."""
    allowed = can_run(user, session)
    if not allowed:
        return allowed
    station, today = session.station, timezone.localdate(at)
    if station.state == StationState.SETTLED:
        return NotNow(_("Les comptes de cette séance sont arrêtés. Ouvrez une nouvelle séance."))
    if station.closed_at and timezone.localdate(station.closed_at) != today:
        return NotNow(_("Une séance se rouvre le jour même. Ouvrez une nouvelle séance pour ce groupe."))
    if session.consultation is None:  # An election: its box says when the vote is over.
        return True
    return is_open(session.consultation, on=today)


def until(at: datetime, consultation: Consultation | None, *, days: int = 0) -> datetime:
    """Seven in the evening, `days` from now; two hours at least, and within the consultation."""
    evening = timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=days), time(19, 0)))
    night = timezone.make_aware(datetime.combine(timezone.localdate(evening), time(23, 59)))
    wanted = min(max(evening, at + timedelta(hours=2)), max(night, at + timedelta(minutes=30)))
    end = end_of(consultation) if consultation else None
    return min(wanted, end) if end else wanted


def lies_in(territory: Territory, area: Territory) -> bool:
    inside = {territory.pk, territory.epci_id, territory.ept_id, territory.departement_id, territory.region_id}
    return area.pk in inside


def _takes_part(who: Standing, membership: Any, consultation: Consultation) -> bool:
    organisation = membership.organisation
    if organisation.kind == Kind.NATIONAL:
        return organisation.pk == consultation.organisation_id and membership.role in NATIONAL_TEAM
    if organisation.kind not in GROUPS:
        return False
    if consultation.level == Level.NATIONAL or organisation.pk == consultation.organisation_id:
        return True
    area, here = consultation.territory, organisation.territory
    if area is None:
        return False
    if consultation.level == Level.LOCAL:
        return organisation.kind == Kind.STRUCTURE and here is not None and lies_in(here, area)
    if organisation.kind == Kind.DELEGATION:
        return who.covers(area)
    return here is not None and lies_in(here, area)


def _is_near(who: Standing, organisation: Organisation, territory: Territory) -> bool:
    """A delegation: what it looks after. A collectivité: itself and what lies in it. A structure: its département,
    where a leisure centre takes its children."""
    here = organisation.territory
    match organisation.kind:
        case Kind.DELEGATION:
            return who.covers(territory)
        case Kind.STRUCTURE:
            return here is None or lies_in(territory, here) or here.departement_id == territory.departement_id
        case Kind.COLLECTIVITE:
            return here is not None and lies_in(territory, here)
    return True


def _nobody(consultation: Consultation) -> str:
    if consultation.level == Level.LOCAL:
        return _(
            "Ouvrir une séance ici revient aux personnes de %(who)s et des structures de son territoire "
            "(écoles, centres de loisirs, bibliothèques, associations)."
        ) % {"who": consultation.organisation}
    return _(
        "Ouvrir une séance revient aux personnes d’une collectivité, d’une délégation ou d’une structure "
        "(école, centre de loisirs, bibliothèque, association) du territoire."
    )
