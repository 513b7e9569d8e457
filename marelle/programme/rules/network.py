"""Who joins the network for a collectivité, who confirms it, who leaves, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import NETWORK_MOVES, NetworkStatus
from marelle.programme.models import NetworkMembership, RouteVersion


def can_ask(user: Any, organisation: Organisation, version: RouteVersion | None) -> Answer:
    """Those who may engage the collectivité ask for it, once."""
    if not standing(user).has_role_in(organisation, SUBMITS_FILE):
        return No(
            _("Rejoindre le réseau revient à la personne référente ou à l’élu·e de référence de la collectivité.")
        )
    territory = organisation.territory
    if version is None:
        return NotNow(_("Le réseau n’est pas ouvert aux adhésions en ce moment."))
    if territory is None or territory.kind not in version.definition.eligible or territory.ended_on:
        return NotNow(_("Le réseau est ouvert aux communes et aux intercommunalités qui existent aujourd’hui."))
    present = NetworkMembership.objects.open().filter(territory=territory).first()
    if present and present.status == NetworkStatus.MEMBER:
        return NotNow(_("%(territory)s est déjà membre du réseau.") % {"territory": territory})
    if present:
        return NotNow(
            _("Une demande est déjà en attente pour %(territory)s : vous recevrez la réponse par courriel.")
            % {"territory": territory}
        )
    return True


def can_see_requests(user: Any) -> Answer:
    return standing(user).is_national_staff or No(_("Cette liste est tenue par l’équipe nationale."))


def can_decide(user: Any, membership: NetworkMembership) -> Answer:
    """Confirm or refuse a request."""
    if not standing(user).is_manager:
        return No(_("Confirmer ou refuser une adhésion revient aux responsables du programme."))
    if membership.organisation_id in standing(user).collectivite_ids:
        return No(
            _("Vous faites partie de cette collectivité\u202f: vos collègues de l’équipe nationale s’en chargent.")
        )
    return _moves(membership, NetworkStatus.MEMBER, _("Cette demande a déjà reçu sa réponse."))


def can_leave(user: Any, membership: NetworkMembership) -> Answer:
    """A collectivité withdraws its request or leaves the network; nobody does it in its place."""
    if not standing(user).has_role_in(membership.organisation, SUBMITS_FILE):
        return No(_("Quitter le réseau revient à la personne référente ou à l’élu·e de référence de la collectivité."))
    return _moves(membership, NetworkStatus.LEFT, _("Cette adhésion est déjà terminée."))


def _moves(membership: NetworkMembership, to: NetworkStatus, reason: str) -> Answer:
    return to in NETWORK_MOVES[NetworkStatus(membership.status)] or NotNow(reason)
