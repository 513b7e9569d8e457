"""Reading a file that was handed over. Opening its review is a move: `rules.moves.can_move(…, OPEN_REVIEW)`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No, NotNow
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats


def can_read(user: Any, candidacy: Candidacy) -> Answer:
    """The team, and a person asked for an opinion. The collectivité reads its own file on its own pages."""
    found = hats(user, candidacy)
    if not (found.is_team or found.is_asked):
        return No(_("La lecture du dossier est réservée à l’équipe qui l’instruit."))
    if not candidacy.submissions.exists():
        return NotNow(_("Ce dossier n’a pas encore été déposé : il n’y a rien à instruire."))
    return True
