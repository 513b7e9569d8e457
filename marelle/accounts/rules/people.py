from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.queries import is_last_keeper, standing
from marelle.core.rules import Answer, No, NotNow


def can_close(user, person) -> Answer:
    """Only one's own account; and never as the last one who can let others into an organisation: its file, its
    title and its other people would be locked in."""
    if user.pk != person.pk:
        return No(_("Chacun clôt son propre compte."))
    if person.closed_at:
        return NotNow(_("Ce compte est déjà clos."))
    today = timezone.localdate()
    alone = [m.organisation.name for m in standing(person).memberships if is_last_keeper(m, on=today)]
    if alone:
        return NotNow(
            _(
                "Vous êtes la dernière personne responsable de {names}. Invitez quelqu’un dans votre rôle ; quand "
                "l’invitation sera acceptée, vous pourrez clore votre compte."
            ).format(names=", ".join(sorted(set(alone))))
        )
    return True


def can_change(user, person) -> Answer:
    if user.pk != person.pk:
        return No(_("Chacun tient ses propres coordonnées."))
    return True
