"""What the pages of a file have in common: finding it, its index, its state in words."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from marelle.programme.queries import files
from marelle.programme.queries.files import FileState, moment
from marelle.programme.rules import files as rules


def find(request, public_id: str) -> Candidacy:
    """The candidacy, when this person may see it; a stranger gets 404."""
    rows = Candidacy.objects.visible_to(request.user).select_related(
        "territory", "organisation", "route__mandate", "version", "delegation", "adviser"
    )
    return get_object_or_404(rows, public_id=public_id)


def shell(request, candidacy: Candidacy, file: FileState, **more: Any) -> dict[str, Any]:
    """What every page of the file shows: the index, the state, what this person may do."""
    at = timezone.now()
    return {
        "candidacy": candidacy,
        "file": file,
        "state": state(file),
        "can_write": rules.can_write(request.user, candidacy),
        "can_hand_over": rules.can_hand_over(request.user, candidacy, at=at, file=file),
        "is_correction": candidacy.status == Status.CORRECTION,
        **more,
    }


def state(file: FileState) -> tuple[str, str]:
    """The state of the file in words: what it is, and what may still be done until when."""
    candidacy = file.candidacy
    if candidacy.status in {Status.INTERESTED, Status.DRAFT}:
        until = ""
        if file.due_at:
            late = timezone.now() > file.due_at
            until = (_("dépôt clos depuis le %(day)s") if late else _("dépôt possible jusqu’au %(day)s")) % {
                "day": moment(file.due_at)
            }
        return _("Brouillon"), " · ".join(filter(None, [_("non déposé"), until]))
    if candidacy.status == Status.CORRECTION and file.correction:
        day = files.day(file.correction.due_on)
        if file.changed:
            return _("Modifié depuis le dépôt"), _("non renvoyé · attendu pour le %(day)s") % {"day": day}
        return _("Corrections demandées"), _("à renvoyer avant le %(day)s") % {"day": day}
    if file.submission:
        return _("Déposé"), _("le %(moment)s") % {"moment": moment(file.submission.submitted_at)}
    return candidacy.get_status_display().capitalize(), ""
