"""Which consultations there are, for whom, and who is behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind
from marelle.accounts.models import Coverage, Membership, Organisation, User
from marelle.ballots.models import Envelope, Station
from marelle.core.frozen import canonical
from marelle.participation.enums import PREPARES, ConsultationState, Duty
from marelle.participation.models import Consultation
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.models import Territory


def overdue(on: date) -> QuerySet[Consultation]:
    """Consultations whose children wait for an answer that was promised for an earlier day."""
    return Consultation.objects.overdue(on).order_by("answer_due_on", "pk")


def about(territory: Territory) -> QuerySet[Consultation]:
    """What children of this territory are or were asked: its own, its département's, its intercommunalité's, France's."""
    places = [territory.pk, territory.departement_id, territory.epci_id, territory.ept_id]
    return Consultation.objects.public().filter(Q(territory__isnull=True) | Q(territory__in=[p for p in places if p]))


def people(consultation: Consultation) -> list[User]:
    """Everyone named for it, each once."""
    return _named(consultation, Duty.values)


def authors(consultation: Consultation) -> list[User]:
    """Those who prepare it and still belong to its organisation; failing them, those who prepare others there."""
    here = Membership.objects.on(timezone.localdate()).filter(organisation=consultation.organisation)
    present = {one.user_id for one in here}
    named = [person for person in _named(consultation, [Duty.AUTHOR]) if person.pk in present]
    if named:
        return named
    _level, roles = PREPARES[consultation.organisation.kind]
    rows = (
        here.on(timezone.localdate()).filter(role__in=roles, user__is_active=True).select_related("user").order_by("pk")
    )
    return list({one.user_id: one.user for one in rows}.values())


def leaders(consultation: Consultation) -> list[User]:
    """The adults who led a group in it, each once."""
    return list(User.objects.filter(pk__in=consultation.sessions.values("opened_by"), is_active=True).order_by("pk"))


def departements_of(organisation: Organisation, *, on: date) -> QuerySet[Territory]:
    """The départements a delegation looks after."""
    if organisation.kind != Kind.DELEGATION:
        return Territory.objects.none()
    covered = Coverage.objects.on(on).filter(delegation=organisation).values("territory")
    return Territory.objects.filter(pk__in=covered, kind=TerritoryKind.DEPARTEMENT).order_by("code")


def why_not_the_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Why `after` is not `before` with other spellings, in words; empty when it is."""
    if canonical(_bones(before)) != canonical(_bones(after)):
        return _(
            "Pendant que des enfants répondent, seuls les mots se corrigent\u202f: les questions, leurs réponses, leur "
            "ordre et leurs conditions ne changent plus."
        )
    return ""


TEXTS = {"text", "help", "label", "title", "audio"}
"""What may be corrected: read or heard, never counted."""


def _bones(value: Any) -> Any:
    """A questionnaire without its words: what is counted."""
    if isinstance(value, Mapping):
        return {key: _bones(inner) for key, inner in value.items() if key not in TEXTS}
    return [_bones(one) for one in value] if isinstance(value, list | tuple) else value


def _named(consultation: Consultation, duties: Any) -> list[User]:
    rows = consultation.stewards.filter(duty__in=duties, user__is_active=True).select_related("user").order_by("pk")
    return list({one.user_id: one.user for one in rows}.values())


def person_of(organisation: Organisation, email: str, *, on: date) -> User | None:
    """The person of this organisation who has this address, today."""
    present = organisation.memberships.filter(user__email__iexact=email.strip(), user__is_active=True)
    found = present.filter(pk__in=Membership.objects.on(on).values("pk")).select_related("user").first()
    return found.user if found else None


@dataclass(frozen=True)
class Progress:
    """How far a consultation has gone: numbers only, never what was answered."""

    sessions: int
    running: int
    answers: int
    """Sealed, counted or on paper: every child who answered."""


def progress(consultation: Consultation) -> Progress:
    """In two queries."""
    stations = Station.objects.filter(box=consultation.box_id)
    seen = stations.aggregate(all=Count("pk"), open=Count("pk", filter=Q(state="open")), sheets=Sum("sheets"))
    envelopes = Envelope.objects.filter(station__in=stations.values("pk")).count()
    return Progress(seen["all"], seen["open"], envelopes + (seen["sheets"] or 0))


def shelf(name: str, *, tended: QuerySet[Consultation], search: str, on: date) -> QuerySet[Consultation]:
    """One list of the public page, the most urgent first. `draft` is heavy and no list shows it."""
    rows = {
        "ouvertes": Consultation.objects.open().order_by("closes_on", "pk"),
        "terminees": Consultation.objects.public().exclude(state=ConsultationState.OPEN).order_by("-closed_at", "pk"),
        "retard": overdue(on),
        "preparation": tended.order_by("-created_at", "pk"),
    }[name]
    for word in search.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(territory__name__icontains=word) | Q(organisation__name__icontains=word)
        )
    return rows.select_related("organisation", "territory").defer("draft", "answer", "territory__other_names")
