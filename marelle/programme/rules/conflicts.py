"""Saying that one is too close to a collectivité to judge its file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No, NotNow
from marelle.programme.models import Candidacy, ConflictOfInterest
from marelle.programme.queries.hats import hats


def can_declare(user: Any, candidacy: Candidacy) -> Answer:
    """Anyone who works on the file or is asked about it. Someone of the collectivité judges nothing."""
    found = hats(user, candidacy)
    if found.is_team or found.is_asked:
        return True
    return No(_("Seules les personnes qui instruisent ce dossier déclarent un conflit d’intérêts."))


def can_see(user: Any, candidacy: Candidacy) -> Answer:
    """Who stepped aside, and why, is for the managers alone."""
    return hats(user, candidacy).is_manager or No(_("Cela revient aux responsables du programme."))


def can_lift(user: Any, conflict: ConflictOfInterest) -> Answer:
    """A manager to whom the file is open: so never the person who stepped aside."""
    allowed = can_see(user, conflict.candidacy)
    if allowed and conflict.lifted_at is not None:
        return NotNow(_("Ce conflit d’intérêts est déjà levé."))
    return allowed
