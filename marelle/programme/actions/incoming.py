"""Answers that come by mail join the file they are about."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from marelle.audit.actions import record
from marelle.core.rules import Refused
from marelle.documents.actions import store_upload
from marelle.documents.checks import UploadRefused
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.messages import LONGEST, keep, wrote_a_lot
from marelle.programme.actions.moving import locked
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import Via
from marelle.programme.models import Candidacy, Message
from marelle.programme.queries.incoming import Incoming
from marelle.programme.queries.replies import behind
from marelle.programme.rules import messages as rules


class Fate(StrEnum):
    """What became of a mail."""

    TAKEN = "taken"
    KNOWN = "known"
    """Already taken: the same mail delivered twice."""
    AUTOMATIC = "automatic"
    """A machine wrote it: nobody is told, or two machines would talk for ever."""
    REFUSED = "refused"
    """The person is told why, by mail."""
    UNKNOWN = "unknown"
    """No address of ours is on it."""


def receive(*, mail: Incoming, at: datetime) -> Fate:
    """Take a mail in as a message of the person whose reply address it was sent to."""
    found = next((one for address in mail.recipients if (one := behind(address))), None)
    if found is None:
        return Fate.UNKNOWN
    if mail.is_automatic:
        return Fate.AUTOMATIC
    candidacy, person = found
    try:
        with transaction.atomic():
            return _receive(mail, candidacy, person, at=at)
    except IntegrityError:
        # The same mail came in through another door in the meantime.
        if Message.objects.filter(message_id=mail.key).exists():
            return Fate.KNOWN
        raise


def _receive(mail: Incoming, candidacy: Candidacy, person, *, at: datetime) -> Fate:
    candidacy = locked(candidacy)
    if Message.objects.filter(message_id=mail.key).exists():
        return Fate.KNOWN
    reason = _why_not(mail, candidacy, person)
    files, refused = [], []
    if not reason:
        for one in mail.files:
            try:
                with transaction.atomic():
                    files.append(store_upload(SimpleUploadedFile(one.name, one.content), by=person, at=at))
            except UploadRefused as refusal:
                refused.append([one.name, str(refusal)])
        if not mail.text and not files:
            reason = "empty"
    if reason:
        record("programme.mail.refused", on=candidacy, by=person, at=at, reason=reason)
        send_on_commit(emails.mail_refused, to=person, at=at, candidacy=candidacy, reason=reason)
        return Fate.REFUSED
    try:
        keep(candidacy=candidacy, text=mail.text, files=files, by=person, at=at, via=Via.MAIL, message_id=mail.key)
    except Refused as refusal:  # Every other reason of `keep` was looked at above.
        if wrote_a_lot(candidacy, person, at=at):
            return Fate.AUTOMATIC  # Two machines that answer each other: neither is told.
        raise AssertionError(refusal) from refusal
    if refused:
        send_on_commit(emails.attachments_refused, to=person, at=at, candidacy=candidacy, files=refused)
    return Fate.TAKEN


def _why_not(mail: Incoming, candidacy: Candidacy, person) -> str:
    """The code of the reason a mail is not taken, empty when it is. A reply address opens nothing by itself: the
    mail must come from the person it was made for, who must still be allowed to write."""
    if mail.sender != person.email.lower():
        return "other_sender"
    if not rules.can_write(person, candidacy):
        return "not_allowed"
    return "too_long" if len(mail.text) > LONGEST else ""
