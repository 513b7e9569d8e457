"""Internal notes: for those who work on the file, never for those it is about, nor for an outside expert."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats


def can_read(user: Any, candidacy: Candidacy) -> Answer:
    return hats(user, candidacy).is_team or No(_("Les notes internes sont réservées à l’équipe qui suit ce dossier."))


def can_add(user: Any, candidacy: Candidacy) -> Answer:
    return can_read(user, candidacy)
