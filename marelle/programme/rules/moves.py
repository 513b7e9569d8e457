"""Which moves a person may make on a candidacy: who, then when, then what else must be true.

`WHO` says who, `enums.MOVES` says when, and a subject adds its own condition with `@condition(Move.SUBMIT)`
in its module of rules (the gate of the file, the papers of the title). Everything unknown is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import MOVES, Move, Status
from marelle.programme.models import Candidacy


def _collectivite(user: Any, candidacy: Candidacy) -> Answer:
    """The collectivité: its referent or elected referent."""
    if standing(user).has_role_in(candidacy.organisation, SUBMITS_FILE):
        return True
    return No(_("Cela revient à la personne référente ou à l’élu·e de référence de la collectivité."))


def _manager(user: Any, candidacy: Candidacy) -> Answer:
    """The national team: a manager."""
    if not standing(user).is_manager:
        return No(_("Cela revient aux responsables du programme."))
    return _not_a_judge_of_their_own(user, candidacy)


def _team(user: Any, candidacy: Candidacy) -> Answer:
    """The national team: a manager or an adviser."""
    if not standing(user).is_national_staff:
        return No(_("Cela revient à l’équipe nationale."))
    return _not_a_judge_of_their_own(user, candidacy)


def _not_a_judge_of_their_own(user: Any, candidacy: Candidacy) -> Answer:
    """Whoever belongs to the collectivité leaves its file to their colleagues of the national team."""
    if candidacy.organisation_id in standing(user).collectivite_ids:
        return No(
            _("Vous faites partie de cette collectivité\u202f: vos collègues de l’équipe nationale s’en chargent.")
        )
    return True


def _collectivite_or_manager(user: Any, candidacy: Candidacy) -> Answer:
    """The collectivité's referents, or a manager."""
    return _manager(user, candidacy) or _collectivite(user, candidacy)


Who = Callable[[Any, Candidacy], Answer]
WHO: dict[Move, Who] = {
    Move.CONFIRM: _manager,
    Move.SUBMIT: _collectivite,
    Move.OPEN_REVIEW: _team,
    Move.ASK_CORRECTION: _team,
    Move.RESUBMIT: _collectivite,
    Move.CANCEL_CORRECTION: _team,
    Move.SEND_TO_COMMISSION: _team,
    Move.SEND_BACK: _team,
    Move.AWARD: _manager,
    Move.PUT_ON_PROBATION: _manager,
    Move.REFUSE: _manager,
    Move.GRANT_TITLE: _manager,
    Move.WITHDRAW_TITLE: _manager,
    Move.ABANDON: _collectivite_or_manager,
}

NEEDS_MORE = frozenset({Move.SUBMIT, Move.RESUBMIT, Move.GRANT_TITLE})
"""Moves that a subject must guard: without its condition they stay shut, whoever asks."""

_conditions: dict[Move, Who] = {}


def condition(move: Move) -> Callable[[Who], Who]:
    """`@condition(Move.SUBMIT)` on `def file_is_complete(user, candidacy) -> Answer`: asked once the person and
    the state are right."""

    def register(rule: Who) -> Who:
        _conditions[move] = rule
        return rule

    return register


def can_move(user: Any, candidacy: Candidacy, move: Move) -> Answer:
    return _answer(user, candidacy, Move(move), away=_declared_a_conflict(user, candidacy))


def moves(user: Any, candidacy: Candidacy) -> dict[Move, Answer]:
    """Every move with its answer, in the order of a candidacy's life."""
    away = _declared_a_conflict(user, candidacy)
    return {move: _answer(user, candidacy, move, away=away) for move in Move}


def _answer(user: Any, candidacy: Candidacy, move: Move, *, away: bool) -> Answer:
    if away:
        return No(_("Vous avez déclaré un conflit d’intérêts sur cette candidature."))
    allowed = WHO[move](user, candidacy)
    if not allowed:
        return allowed
    origins, _destination = MOVES[move]
    if candidacy.status not in origins:
        return NotNow(_not_from(candidacy.status, origins))
    if move in _conditions:
        return _conditions[move](user, candidacy)
    if move in NEEDS_MORE:
        return NotNow(_("Ce passage n’est pas ouvert : ce qu’il faut vérifier avant n’est pas réglé."))
    return True


def _not_from(status: str, origins: frozenset[Status]) -> str:
    wanted = _(" ou ").join(f"« {one.label} »" for one in Status if one in origins)
    return _("Cela se fait à l’état %(wanted)s. La candidature en est à « %(now)s ».") % {
        "wanted": wanted,
        "now": Status(status).label,
    }


def _declared_a_conflict(user: Any, candidacy: Candidacy) -> bool:
    who = standing(user)
    return who.user is not None and candidacy.conflicts.in_force().filter(user=who.user).exists()
