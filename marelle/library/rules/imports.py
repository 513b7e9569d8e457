"""Who brings sheets by a spreadsheet, and when an import may be carried out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.jobs.models import Job, State
from marelle.library.enums import ImportState
from marelle.library.models import Import

WORK = "library.import"


def can_import(user: Any) -> Answer:
    if not getattr(user, "is_authenticated", False) or not standing(user).roles & WRITES_PAGES:
        return No(_("L’import est réservé à l’équipe éditoriale."))
    return True


def can_confirm(user: Any, imported: Import) -> Answer:
    answer = can_import(user)
    if isinstance(answer, No):
        return answer
    if imported.state == ImportState.DONE:
        return NotNow(_("Cet import est terminé."))
    if is_under_way(imported):
        return NotNow(_("Cet import est en cours."))
    if not any(not line["errors"] for line in imported.lines):
        return NotNow(_("Aucune ligne n’est lisible\u202f: corrigez le tableau, puis joignez-le de nouveau."))
    return True


def can_drop(user: Any, imported: Import) -> Answer:
    answer = can_import(user)
    if isinstance(answer, No):
        return answer
    return NotNow(_("Cet import est en cours.")) if is_under_way(imported) else True


def is_under_way(imported: Import) -> bool:
    """A job that failed, or that somebody gave up, is not: the import may be asked for again, and takes up where it
    was."""
    return imported.state == ImportState.ASKED and (
        Job.objects.filter(kind=WORK, parameters__public_id=imported.public_id)
        .filter(state__in=[State.WAITING, State.RUNNING])
        .exists()
    )
