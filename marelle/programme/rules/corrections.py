"""Asking a collectivité to correct its file, and taking the request back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, NotNow
from marelle.programme.enums import Move
from marelle.programme.models import Candidacy
from marelle.programme.rules.moves import can_move, condition


def can_ask(user: Any, candidacy: Candidacy) -> Answer:
    return can_move(user, candidacy, Move.ASK_CORRECTION)


def can_cancel(user: Any, candidacy: Candidacy) -> Answer:
    return can_move(user, candidacy, Move.CANCEL_CORRECTION)


@condition(Move.ASK_CORRECTION)
def something_was_submitted(user: Any, candidacy: Candidacy) -> Answer:
    return candidacy.submissions.exists() or NotNow(_("Rien n’a encore été déposé : il n’y a rien à corriger."))
