"""Who tends the files of a resource, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.library.models import Resource, ResourceFile

MOST_FILES = 60


def can_tend(user: Any, resource: Resource | None = None) -> Answer:
    """Those who write the pages: a file that is put right replaces one that is wrong, and each version is kept."""
    if not getattr(user, "is_authenticated", False) or not standing(user).roles & WRITES_PAGES:
        return No(_("Les fichiers d’une ressource sont tenus par l’équipe éditoriale."))
    return True


def can_add(user: Any, resource: Resource) -> Answer:
    answer = can_tend(user, resource)
    if isinstance(answer, No):
        return answer
    if resource.files.count() >= MOST_FILES:
        return NotNow(
            _("Cette ressource a déjà {n} fichiers. Retirez-en, ou faites-en deux ressources et un kit.").format(
                n=MOST_FILES
            )
        )
    return True


def can_change(user: Any, file: ResourceFile) -> Answer:
    answer = can_tend(user, file.resource)
    if isinstance(answer, No):
        return answer
    if file.withdrawn_at:
        return NotNow(_("Ce fichier est retiré. Remettez-le d’abord."))
    return True


def can_restore(user: Any, file: ResourceFile) -> Answer:
    answer = can_tend(user, file.resource)
    if isinstance(answer, No):
        return answer
    return True if file.withdrawn_at else NotNow(_("Ce fichier n’est pas retiré."))


def can_watch(user: Any, resource: Resource) -> Answer:
    if not getattr(user, "is_authenticated", False):
        return No(_("Connectez-vous pour être prévenu·e par courriel."))
    return True if resource.live else NotNow(_("Cette ressource n’est plus en ligne."))
