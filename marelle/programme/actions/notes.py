"""Internal notes: added, never changed, never sent anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.programme.models import Candidacy, Note
from marelle.programme.rules import notes as rules


@transaction.atomic
def add(*, candidacy: Candidacy, text: str, by: Any, at: datetime, question: str = "") -> Note:
    """Keep a note for the team, on the whole file or on one question. Nobody else is told, ever."""
    require(rules.can_add(by, candidacy))
    text = text.strip()
    if not text:
        raise Refused(_("Cette note est vide."))
    known = candidacy.version.definition
    if question and question not in known.questions and question not in {one.key for one in known.documents}:
        raise Refused(_("Cette question n’existe pas dans le dossier."))
    note = Note.objects.create(candidacy=candidacy, question=question, text=text, at=at, by=by)
    record("programme.note.added", on=note, by=by, at=at, candidacy=candidacy.public_id)
    return note
