"""Who may write in a collectivité's file, join documents, and hand it over; and when."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.programme.enums import CLOSED, MOVES, WRITABLE, Move, Status
from marelle.programme.models import Attachment, Candidacy
from marelle.programme.queries import files
from marelle.programme.queries.files import FileState, moment

from .moves import WHO, condition

_ANY = object()


def can_write(user, candidacy: Candidacy, question: str | None = None, *, open_keys=_ANY) -> Answer:
    """Write in the file; in one question or document when it is named.

    During corrections only what the team named may change, and what that opens: people are asked for a few
    things, and the rest stays as it was read. `open_keys` saves reading the correction again.
    """
    if not standing(user).has_role_in(candidacy.organisation, WRITES_FILE):
        return No(_("Seules les personnes de la collectivité chargées du dossier peuvent y écrire."))
    if candidacy.status == Status.INTERESTED:
        return NotNow(_("Le dossier s’ouvre quand l’intention est confirmée."))
    if candidacy.status in CLOSED:
        return NotNow(_("La candidature est close : le dossier ne change plus."))
    if candidacy.status not in WRITABLE:
        return NotNow(_("Le dossier est déposé : il se modifie si l’équipe du programme demande des corrections."))
    if question is not None:
        if open_keys is _ANY:
            open_keys = files.open_keys(candidacy)
        if open_keys is not None and question not in open_keys:
            return NotNow(_("L’équipe du programme n’a pas demandé de corriger ce point : il reste tel que déposé."))
    return True


def can_read_versions(user, candidacy: Candidacy) -> Answer:
    """What an answer said before is the business of those who write it: the team reads what was handed over."""
    if not standing(user).has_role_in(candidacy.organisation, WRITES_FILE):
        return No(_("Les versions d’une réponse ne sont montrées qu’à la collectivité."))
    return True


def can_restore(user, attachment: Attachment) -> Answer:
    """Undo the removal of a document, unless another took its place."""
    allowed = can_write(user, attachment.candidacy, attachment.requirement)
    if allowed and attachment.removed_at is None:
        return NotNow(_("Cette pièce est déjà au dossier."))
    return allowed


def can_submit(user, candidacy: Candidacy, *, at: datetime, file: FileState | None = None) -> Answer:
    """Hand the file over: a lead or an elected member, in time, when nothing is missing."""
    return _can_hand_over(user, candidacy, Move.SUBMIT, at=at, file=file)


def can_resubmit(user, candidacy: Candidacy, *, at: datetime, file: FileState | None = None) -> Answer:
    """Send the corrected file back. Late is better than never: the date asked is shown, not enforced."""
    return _can_hand_over(user, candidacy, Move.RESUBMIT, at=at, file=file)


def hand_over_move(candidacy: Candidacy) -> Move:
    return Move.RESUBMIT if candidacy.status == Status.CORRECTION else Move.SUBMIT


def can_hand_over(user, candidacy: Candidacy, *, at: datetime, file: FileState | None = None) -> Answer:
    """Whichever of the two is next for this file."""
    return _can_hand_over(user, candidacy, hand_over_move(candidacy), at=at, file=file)


def _can_hand_over(user, candidacy: Candidacy, move: Move, *, at: datetime, file: FileState | None) -> Answer:
    allowed = WHO[move](user, candidacy)
    if not allowed:
        return allowed
    if candidacy.status not in MOVES[move][0]:
        return can_write(user, candidacy) and NotNow(_("Dans son état actuel, ce dossier ne se dépose pas."))
    return _is_ready(file or files.file_of(candidacy), move, at=at)


# The table of moves asks without a clock: there, and only there, these two read it.


@condition(Move.SUBMIT)
def ready_to_submit(user, candidacy: Candidacy) -> Answer:
    return _is_ready(files.file_of(candidacy), Move.SUBMIT, at=timezone.now())


@condition(Move.RESUBMIT)
def ready_to_resubmit(user, candidacy: Candidacy) -> Answer:
    return _is_ready(files.file_of(candidacy), Move.RESUBMIT, at=timezone.now())


def _is_ready(file: FileState, move: Move, *, at: datetime) -> Answer:
    return (_in_time(file, at) if move == Move.SUBMIT else True) and _is_complete(file)


def _in_time(file: FileState, at: datetime) -> Answer:
    if file.opens_at and at < file.opens_at:
        return NotNow(_("Le dépôt ouvre le %(day)s.") % {"day": moment(file.opens_at)})
    if file.due_at and at > file.due_at:
        return NotNow(
            _(
                "La date limite de dépôt est passée (%(day)s). Vos réponses sont conservées : demandez un délai à "
                "l’équipe du programme."
            )
            % {"day": moment(file.due_at)}
        )
    return True


def _is_complete(file: FileState) -> Answer:
    count = len(file.missing)
    if count == 1:
        return NotNow(_("Il manque encore un élément : %(label)s") % {"label": file.missing[0].label})
    if count:
        return NotNow(_("Il manque encore %(count)d éléments, listés sur cette page.") % {"count": count})
    return True
