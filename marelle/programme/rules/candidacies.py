"""Who may declare an intention for a collectivité, and give its candidacy more time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import RouteKind, Status
from marelle.programme.models import Candidacy, RouteVersion
from marelle.programme.queries.hats import hats


def can_open(user: Any, organisation: Organisation, version: RouteVersion, at: datetime) -> Answer:
    """A collectivité's referents declare its intention: eligible, one at a time, inside the window."""
    if not standing(user).has_role_in(organisation, SUBMITS_FILE):
        return No(_("Cela revient à la personne référente ou à l’élu·e de référence de la collectivité."))
    route, definition, territory = version.route, version.definition, organisation.territory
    if route.kind != RouteKind.TITLED:
        return NotNow(_("On rejoint ce réseau par son propre formulaire, sans candidature."))
    if territory is None or territory.ended_on or territory.kind not in definition.eligible:
        return NotNow(_("Ce parcours n’est pas ouvert à ce type de territoire."))
    deadlines = definition.deadlines
    if deadlines and at < deadlines.opens_at:
        return NotNow(_("Les candidatures ouvriront le %(day)s.") % {"day": _day(deadlines.opens_at)})
    if deadlines and at > deadlines.file_due_at:
        return NotNow(_("Les candidatures sont closes depuis le %(day)s.") % {"day": _day(deadlines.file_due_at)})
    if Candidacy.objects.open().filter(territory=territory, route=route).exists():
        return NotNow(_("%(territory)s a déjà une candidature en cours.") % {"territory": territory})
    return True


def can_extend(user: Any, candidacy: Candidacy) -> Answer:
    if not hats(user, candidacy).is_manager:  # Not one who belongs to the collectivité, or stepped aside.
        return No(_("Cela revient aux responsables du programme."))
    if candidacy.status not in {Status.INTERESTED, Status.DRAFT}:
        return NotNow(_("Le dossier est déjà déposé : il n’y a plus de délai à prolonger."))
    return True


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
