from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import KEEPERS, ROLES, Role
from marelle.accounts.queries import is_last_keeper, standing
from marelle.core.rules import Answer, No, NotNow


def _speaks_for(user, organisation) -> bool:
    """Someone whose role there invites; or a programme manager, who helps any organisation out."""
    who = standing(user)
    return who.is_manager or who.has_role_in(organisation, {role for role, about in ROLES.items() if about.invites})


def can_start(user, organisation, role: str) -> Answer:
    """Giving somebody a role, now (a manager) or by invitation (those whose role invites)."""
    if not _speaks_for(user, organisation):
        return No(_("Votre rôle ne permet pas d’inviter dans cette organisation."))
    if role not in ROLES or ROLES[role].kind != organisation.kind:
        return NotNow(_("Ce rôle n’existe pas dans cette organisation."))
    if organisation.closed_on:
        return NotNow(_("Cette organisation est close."))
    return True


def can_end(user, membership) -> Answer:
    organisation = membership.organisation
    if user.pk != membership.user_id and not _speaks_for(user, organisation):
        return No(_("Votre rôle ne permet pas de retirer quelqu’un de cette organisation."))
    today = timezone.localdate()
    if membership.ends_on and membership.ends_on <= today:
        return NotNow(_("Cette personne est déjà partie."))
    if is_last_keeper(membership, on=today):
        role = Role(KEEPERS[organisation.kind]).label
        return NotNow(
            _(
                "C’est la dernière personne qui tient le rôle « {role} ». Invitez d’abord quelqu’un d’autre "
                "dans ce rôle ; quand l’invitation sera acceptée, le départ sera possible."
            ).format(role=role)
        )
    return True
