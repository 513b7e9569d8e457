from __future__ import annotations

from django.utils.translation import gettext as _

from marelle.accounts.enums import CLAIM_MOVES, ROLES, ClaimStatus, Kind, Proof, Role
from marelle.accounts.models import Claim
from marelle.accounts.queries import collectivite_of, has_official_address, standing
from marelle.accounts.queries.proconnect import territory_by_proconnect
from marelle.core.rules import Answer, No, NotNow

from .organisations import JOINING


def can_ask(user, territory, *, role: str, proof: str) -> Answer:
    """Anybody with an account may say « I speak for this territory »; what they bring is checked by a person."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return No(_("Connectez-vous d’abord."))
    if territory.kind not in JOINING:
        return NotNow(_("Seules une commune ou une intercommunalité peuvent rejoindre le programme."))
    if territory.ended_on:
        return NotNow(_("Ce territoire n’existe plus dans la liste officielle. Choisissez celui qui l’a remplacé."))
    if role not in ROLES or ROLES[role].kind != Kind.COLLECTIVITE:
        return NotNow(_("Ce rôle n’existe pas dans une collectivité."))
    if Claim.objects.open().filter(territory=territory, user=user).exists():
        return NotNow(_("Vous avez déjà une demande en cours pour ce territoire."))
    here = collectivite_of(territory)
    if here and standing(user).roles_in(here):
        return NotNow(_("Vous appartenez déjà à cette collectivité."))
    if proof == Proof.PROCONNECT and territory_by_proconnect(user) != territory:
        return NotNow(_("ProConnect ne vous connaît pas comme agent de ce territoire. Choisissez une autre preuve."))
    if proof == Proof.EMAIL_DOMAIN and not has_official_address(user, territory):
        return NotNow(
            _(
                "Votre adresse {email} n’est pas une adresse connue de cette mairie ou de cette intercommunalité. "
                "Joignez plutôt un document : un arrêté, une attestation signée, une fiche de poste."
            ).format(email=user.email)
        )
    return True


def can_decide(user, claim, move: str) -> Answer:
    """The national team; the head of the delegation of the territory; the lead of the collectivité when it is
    already here. Never the person who asks: nobody vouches for themself."""
    who = standing(user)
    if claim.user_id == getattr(user, "pk", None):
        return No(_("Une autre personne doit vérifier votre demande."))
    leads = any(m.role == Role.LEAD and m.organisation.territory_id == claim.territory_id for m in who.memberships)
    if not (who.is_national_staff or who.heads(claim.territory) or leads):
        return No(_("Cette demande est vérifiée par l’équipe nationale ou la délégation du territoire."))
    if move not in CLAIM_MOVES[claim.status]:
        return NotNow(_("Cette demande est déjà {status}.").format(status=claim.get_status_display()))
    return True


def can_withdraw(user, claim) -> Answer:
    if claim.user_id != getattr(user, "pk", None):
        return No(_("Seule la personne qui a demandé peut retirer sa demande."))
    if ClaimStatus.WITHDRAWN not in CLAIM_MOVES[claim.status]:
        return NotNow(_("Cette demande est déjà {status}.").format(status=claim.get_status_display()))
    return True
