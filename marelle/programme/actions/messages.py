"""The exchange between a collectivité and the team, on its file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.actions import store_upload
from marelle.documents.checks import UploadRefused
from marelle.documents.models import File
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.moving import locked
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import Side, Via
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries.hats import hats
from marelle.programme.queries.people import collectivite_of, team_of
from marelle.programme.rules import messages as rules

LONGEST = Message._meta.get_field("text").max_length or 0
MOST_AN_HOUR = 60
"""Messages one person writes on one file, by whatever way: each one is a mail to several people."""


@transaction.atomic
def write(
    *, candidacy: Candidacy, text: str, by: Any, at: datetime, question: str = "", upload: UploadedFile | None = None
) -> Message:
    """Say something to the other side, on the page. The other side gets it by mail, and may answer by mail."""
    candidacy = locked(candidacy)
    require(rules.can_write(by, candidacy))
    try:
        files = [store_upload(upload, by=by, at=at)] if upload else []
    except UploadRefused as refusal:
        raise Refused(str(refusal)) from refusal
    return keep(candidacy=candidacy, text=text, files=files, by=by, at=at, question=question, via=Via.PAGE)


def keep(
    *, candidacy: Candidacy, text: str, files: Sequence[File], by: Any, at: datetime, via: Via,
    question: str = "", message_id: str = "",
) -> Message:  # fmt: skip
    """Keep a message whose author may write, and tell the other side. The caller holds the lock on the file.

    A message holds one file: each further one follows as a message of its own."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text and not files:
        raise Refused(_("Votre message est vide."))
    if len(text) > LONGEST:
        raise Refused(
            _("Votre message dépasse %(longest)s caractères. Raccourcissez-le, ou joignez-le comme document.")
            % {"longest": LONGEST}
        )
    if wrote_a_lot(candidacy, by, at=at):
        raise Refused(_("Vous avez écrit beaucoup de messages en une heure. Reprenez un peu plus tard."))
    if question and question not in keys_of(candidacy):
        raise Refused(_("Cette question n’existe pas dans le dossier."))
    side = rules.side_of(hats(by, candidacy))
    if side is None:
        raise Refused(_("Seules la collectivité et l’équipe nationale écrivent sur ce dossier."))
    texts = [text or _("(pièce jointe)"), *(_("(autre pièce du même message)") for _file in files[1:])]
    kept = [
        Message.objects.create(
            candidacy=candidacy, side=side, via=via, question=question, text=one, at=at, by=by,
            file=files[number] if number < len(files) else None, message_id=message_id if number == 0 else "",
        )
        for number, one in enumerate(texts)
    ]  # fmt: skip
    if side == Side.COLLECTIVITE:
        candidacy.last_activity_at = at
        candidacy.save(update_fields=["last_activity_at"])
    record("programme.message.written", on=kept[0], by=by, at=at, candidacy=candidacy.public_id, via=via)
    on = timezone.localdate(at)
    others = team_of(candidacy, on) if side == Side.COLLECTIVITE else collectivite_of(candidacy, on)
    for person in others:
        if person != by:
            send_on_commit(emails.message_written, to=person, at=at, message=kept[0])
    return kept[0]


def wrote_a_lot(candidacy: Candidacy, person: Any, *, at: datetime) -> bool:
    return candidacy.messages.filter(by=person, at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR


@transaction.atomic
def settle(*, message: Message, by: Any, at: datetime) -> Message:
    """Say that a message calls for no answer: nobody waits for anybody any more."""
    locked(message.candidacy)
    message = Message.objects.select_for_update(of=("self",)).select_related("candidacy__territory").get(pk=message.pk)
    require(rules.can_settle(by, message))
    message.settled_at = at
    message.save(update_fields=["settled_at"])
    record("programme.message.settled", on=message, by=by, at=at, candidacy=message.candidacy.public_id)
    return message


def keys_of(candidacy: Candidacy) -> set[str]:
    """The questions and documents of a file, by key."""
    definition = candidacy.version.definition
    return {*definition.questions, *(one.key for one in definition.documents)}
