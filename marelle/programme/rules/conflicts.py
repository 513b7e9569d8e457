"""Saying that one is too close to a collectivité to judge its file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats


def can_declare(user: Any, candidacy: Candidacy) -> Answer:
    """Anyone who works on the file or is asked about it. Someone of the collectivité judges nothing."""
    found = hats(user, candidacy)
    if found.is_team or found.is_asked:
        return True
    return No(_("Seules les personnes qui instruisent ce dossier déclarent un conflit d’intérêts."))
