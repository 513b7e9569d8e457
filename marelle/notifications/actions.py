"""The only door by which a mail leaves: one row per mail, sent once the change it tells of is committed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils.module_loading import import_string

from . import emails
from .messages import Email
from .models import Mail, MailboxCopy, Pace, Preference, State

logger = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))
"""How long to wait after each failure. After the last one, the mail is given up."""
COLLAPSE_WINDOW = timedelta(minutes=10)
"""How long a mail with a `collapse` key waits for others of the same key."""
KEPT = timedelta(days=365)
"""How long we remember that a mail left."""
MAILBOX_KEPT = timedelta(days=30)


@transaction.atomic
def send_on_commit(
    build: Callable[..., Email | None],
    *,
    to: Any,
    at: datetime,
    collapse: str = "",
    urgent: bool = False,
    **facts: Any,
) -> Mail:
    """Tell one person something, once the current transaction is committed.

    `build` is a function of an app's `emails.py`: `def candidacy_received(*, to, candidacy) -> Email | None`.
    It is called when the mail is sent, with the same `to` and `facts` read afresh; None means there is nothing
    left to say. `to` is a User, or an address for someone without an account. Facts are model instances, or
    JSON values. With `collapse`, several calls of the same key for the same person within ten minutes make one
    mail, built from the facts of the last. `urgent` does not wait for the daily mail of those who prefer one: for a
    child in danger, and nothing else.
    """
    is_address = isinstance(to, str)
    recipient = {"to_user": None, "to_address": to} if is_address else {"to_user": to, "to_address": ""}
    kind, frozen = kind_of(build), {name: _frozen(value) for name, value in facts.items()}
    if collapse:
        waiting = (
            Mail.objects.select_for_update(of=("self",))
            .filter(kind=kind, collapse=collapse, state=State.WAITING, attempts=0, **recipient)
            .first()
        )
        if waiting:
            waiting.facts = frozen
            waiting.save(update_fields=["facts"])
            return waiting
    mail = Mail.objects.create(
        kind=kind,
        facts=frozen,
        created_at=at,
        due_at=at + COLLAPSE_WINDOW if collapse else at,
        collapse=collapse,
        in_digest=not is_address and not urgent and _pace(to) == Pace.DAILY,
        **recipient,
    )
    if not mail.in_digest:
        from .tasks import send_soon

        transaction.on_commit(lambda: send_soon(mail, wait=bool(collapse)))
    return mail


def send(*, mail: Mail, at: datetime) -> Mail:
    """Build and send one waiting mail; a failure is remembered and tried again later.

    The row is claimed first, in a transaction of its own, so that no lock is held while a mail server answers
    and no second worker sends the same mail.
    """
    claimed = _claim([mail.pk], at)
    if not claimed:
        mail.refresh_from_db()
        return mail
    mail = claimed[0]
    try:
        message = build(mail)
        if message:
            _post(message, address_of(mail))
    except Exception as error:
        return _failed([mail], error, at)[0]
    return _settled([mail], State.SENT if message else State.DROPPED, at)[0]


def send_due(*, at: datetime) -> int:
    """Send what is due and has not left: a retry, or a mail whose task was lost. Gives how many left."""
    due = Mail.objects.filter(state=State.WAITING, in_digest=False, due_at__lte=at).order_by("due_at", "pk")
    return sum(send(mail=mail, at=at).state == State.SENT for mail in list(due[:500]))


def send_digests(*, at: datetime, only_retries: bool = False) -> int:
    """One mail a day to each person who prefers it so, with all that waited. Gives how many left."""
    waiting = Mail.objects.filter(state=State.WAITING, in_digest=True, due_at__lte=at)
    if only_retries:
        waiting = waiting.filter(attempts__gt=0)
    people = list(waiting.order_by("to_user").values_list("to_user", flat=True).distinct())
    return sum(_send_digest(list(waiting.filter(to_user=person).values_list("pk", flat=True)), at) for person in people)


def _send_digest(ids: list[int], at: datetime) -> bool:
    mails = _claim(ids, at)
    told: list[Email] = []
    said: list[Mail] = []
    for mail in mails:
        try:
            message = build(mail)
        except Exception as error:  # One mail that cannot be built does not hold the others back.
            _failed([mail], error, at)
            continue
        if message:
            told.append(message)
            said.append(mail)
        else:
            _settled([mail], State.DROPPED, at)
    if not told:
        return False
    try:
        _post(told[0] if len(told) == 1 else emails.digest(told), address_of(said[0]))
    except Exception as error:
        _failed(said, error, at)
        return False
    _settled(said, State.SENT, at)
    return True


@transaction.atomic
def set_pace(*, user: Any, pace: str, at: datetime) -> Preference:
    """A person chooses to be told at once, or once a day. What waited for tomorrow leaves when they choose « at once »."""
    preference, _ = Preference.objects.update_or_create(user=user, defaults={"pace": pace})
    user.mail_preference = preference
    if pace == Pace.IMMEDIATE:
        Mail.objects.filter(to_user=user, state=State.WAITING, in_digest=True).update(in_digest=False, due_at=at)
    return preference


@transaction.atomic
def purge(*, at: datetime) -> int:
    """Forget mails that left, or were given up, more than a year ago. Gives how many."""
    MailboxCopy.objects.filter(at__lt=at - MAILBOX_KEPT).delete()
    return Mail.objects.filter(created_at__lt=at - KEPT).exclude(state=State.WAITING).delete()[0]


def kind_of(build: Callable[..., Email | None]) -> str:
    return f"{build.__module__}.{build.__qualname__}"


def build(mail: Mail) -> Email | None:
    """The mail's text as it would be said now; None when what it tells of is gone, or the person left."""
    from django.apps import apps

    if mail.to_user and not mail.to_user.is_active:
        return None
    facts: dict[str, Any] = {}
    for name, value in mail.facts.items():
        if isinstance(value, dict) and set(value) == {"model", "pk"}:
            value = apps.get_model(value["model"])._base_manager.filter(pk=value["pk"]).first()
            if value is None:
                return None
        facts[name] = value
    return import_string(mail.kind)(to=mail.to_user or mail.to_address, **facts)


def address_of(mail: Mail) -> str:
    return mail.to_user.email if mail.to_user else mail.to_address


def _pace(user: Any) -> str:
    preference = getattr(user, "mail_preference", None)
    return preference.pace if preference else Pace.IMMEDIATE


def _frozen(value: Any) -> Any:
    return {"model": value._meta.label_lower, "pk": value.pk} if isinstance(value, models.Model) else value


def _post(message: Email, address: str) -> None:
    outgoing = EmailMultiAlternatives(
        message.subject, message.text, to=[address], reply_to=message.reply_to or None, headers=message.headers
    )
    outgoing.attach_alternative(message.html, "text/html")
    outgoing.send()


@transaction.atomic
def _claim(ids: list[int], at: datetime) -> list[Mail]:
    """Those of these mails that are still to be sent, now ours: the next try is already set, should we die."""
    rows = Mail.objects.select_for_update(of=("self",)).select_related("to_user")
    free = models.Q(attempts=0) | models.Q(due_at__lte=at)  # A first try is never early: its task waited for it.
    mails = list(rows.filter(free, pk__in=ids, state=State.WAITING).order_by("created_at", "pk"))
    for mail in mails:
        mail.due_at = at + RETRIES[min(mail.attempts, len(RETRIES) - 1)]
        mail.attempts += 1
        mail.save(update_fields=["due_at", "attempts"])
    return mails


@transaction.atomic
def _settled(mails: list[Mail], state: State, at: datetime) -> list[Mail]:
    for mail in mails:
        mail.state, mail.sent_at, mail.last_error = state, at if state == State.SENT else None, ""
        mail.save(update_fields=["state", "sent_at", "last_error"])
    return mails


@transaction.atomic
def _failed(mails: list[Mail], error: Exception, at: datetime) -> list[Mail]:
    for mail in mails:
        logger.warning("Mail %s failed (try %s): %s", mail.public_id, mail.attempts, type(error).__name__)
        mail.last_error = f"{type(error).__name__}: {error}".replace(address_of(mail), "…")[:300]
        if mail.attempts > len(RETRIES):
            mail.state = State.FAILED
        mail.save(update_fields=["last_error", "state"])
    return mails
