"""Who reads children's words before anyone else, and what may become of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import VERBATIM_MOVES, Duty, VerbatimState
from marelle.participation.models import Consultation, Steward, Verbatim


def can_moderate(user: Any, consultation: Consultation) -> Answer:
    """Those named for it, as long as they have a role somewhere: nobody of the organisation, managers included, reads
    what is not approved."""
    if (
        standing(user).memberships
        and Steward.objects.filter(consultation=consultation, user=user, duty=Duty.MODERATOR).exists()
    ):
        return True
    return No(_("Les paroles des enfants sont relues par les personnes nommées pour cela."))


def can_approve(user: Any, verbatim: Verbatim) -> Answer:
    allowed = _move(user, verbatim, VerbatimState.APPROVED)
    if allowed and not verbatim.text:
        return NotNow(_("Ce que l’enfant avait écrit a été effacé, comme promis. Il ne reste rien à publier."))
    return allowed


def can_refuse(user: Any, verbatim: Verbatim) -> Answer:
    return _move(user, verbatim, VerbatimState.REFUSED)


def can_put_back(user: Any, verbatim: Verbatim) -> Answer:
    """Undo: an approved wording leaves every page at once."""
    return _move(user, verbatim, VerbatimState.WAITING)


def can_report(user: Any, verbatim: Verbatim) -> Answer:
    """Worrying after all, whatever was decided before."""
    return _move(user, verbatim, VerbatimState.HELD)


def can_sort(user: Any, verbatim: Verbatim) -> Answer:
    """Group with others, tag a theme: what waits or is approved."""
    allowed = _seen(user, verbatim)
    if allowed and verbatim.state == VerbatimState.REFUSED:
        return NotNow(_("Une parole écartée ne se classe pas."))
    return allowed


def _seen(user: Any, verbatim: Verbatim) -> Answer:
    consultation = verbatim.session.consultation
    if consultation is None or verbatim.state == VerbatimState.HELD:
        return No(_("Cette parole n’est pas à relire ici."))
    return can_moderate(user, consultation)


def _move(user: Any, verbatim: Verbatim, to: VerbatimState) -> Answer:
    allowed = _seen(user, verbatim)
    if not allowed:
        return allowed
    if to in VERBATIM_MOVES[verbatim.state]:
        return True
    if verbatim.state == to:
        return NotNow(_("C’est déjà fait\u202f: cette parole est «\u202f%s\u202f».") % verbatim.get_state_display())
    return NotNow(_("Remettez d’abord cette parole à relire."))


def life() -> Life:
    """The diagram of `docs/states/verbatim.md`, from the table."""
    reads, protects = str(Duty.MODERATOR.label), str(Duty.SAFEGUARDING.label)
    acts = [
        ("`approve`", VerbatimState.APPROVED, reads),
        ("`refuse`", VerbatimState.REFUSED, reads),
        ("`put_back`, `undo_last`", VerbatimState.WAITING, reads),
        ("`report`", VerbatimState.HELD, reads),
    ]
    rows = [
        (
            act,
            ", ".join(str(a.label) for a in VerbatimState if to in VERBATIM_MOVES[a] and a != VerbatimState.HELD),
            str(to.label),
            who,
        )
        for act, to, who in acts
    ]
    back = str(VerbatimState.HELD.label), str(VerbatimState.WAITING.label)
    return Life(
        "verbatim",
        "The life of a child's words",
        "They wait for a moderator; nothing is public unapproved. Words that worry are held from the start, with an alert "
        "(`alert.md`), and no moderator knows of them until whoever protects, the alert closed, gives them back.",
        VerbatimState,
        VERBATIM_MOVES,
        VerbatimState.WAITING,
        [
            *rows,
            ("`alerts.give_back`", *back, protects),
            ("`alerts.reopen`", rows[3][1], str(VerbatimState.HELD.label), protects),
        ],
    )
