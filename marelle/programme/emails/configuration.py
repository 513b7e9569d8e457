"""What people are told when what the programme asks changes under a file they are writing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.notifications.messages import Email
from marelle.programme.definition import compare, touches_the_file
from marelle.programme.enums import FOLLOWS_NEW_VERSIONS
from marelle.programme.models import Candidacy, RouteVersion

from .links import link

SHOWN = {"question", "document", "deadline", "fee", "section"}


def file_changed(*, to: Any, candidacy: Candidacy, old: RouteVersion) -> Email | None:
    """The questions changed while you were answering: here is how. Nothing when it no longer concerns the file."""
    changes = [c for c in compare(old.definition, candidacy.version.definition) if c.what in SHOWN]
    if candidacy.status not in FOLLOWS_NEW_VERSIONS or not touches_the_file(changes):
        return None
    return Email.from_templates(
        "programme/emails/file_changed",
        {
            "to": to,
            "candidacy": candidacy,
            "changes": changes,
            "url": link("programme:file", candidacy.public_id),
            "title": _("Votre dossier a changé"),
        },
    )
