"""Which consultations there are, for whom, and who is behind each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind
from marelle.accounts.models import Coverage, Organisation, User
from marelle.core.frozen import canonical
from marelle.participation.enums import PREPARES, Duty
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
    here = consultation.organisation.memberships.all()
    present = {one.user_id for one in here.on(timezone.localdate())}
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
