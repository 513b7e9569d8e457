"""The only door by which a mail leaves: one row per mail, sent once the change it tells of is committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.module_loading import import_string

from .messages import Email
from .models import Mail, Pace, State


def send_on_commit(build: Callable[..., Email | None], *, to: Any, at: datetime, **facts: Any) -> Mail:
    """Tell one person something, once the current transaction is committed.

    `build` is a function of an app's `emails.py`: `def candidacy_received(*, to, candidacy) -> Email | None`.
    It is called when the mail is sent, with the same `to` and `facts` read afresh; None means there is nothing
    left to say. `to` is a User, or an address for someone without an account. Facts are model instances, or
    JSON values.
    """
    is_address = isinstance(to, str)
    mail = Mail.objects.create(
        kind=f"{build.__module__}.{build.__qualname__}",
        to_user=None if is_address else to,
        to_address=to if is_address else "",
        facts={name: _frozen(value) for name, value in facts.items()},
        created_at=at,
        due_at=at,
        in_digest=not is_address and _pace(to) == Pace.DAILY,
    )
    if not mail.in_digest:
        from .tasks import send

        transaction.on_commit(lambda: send.enqueue(mail.pk))
    return mail


def _pace(user: Any) -> str:
    preference = getattr(user, "mail_preference", None)
    return preference.pace if preference else Pace.IMMEDIATE


def _frozen(value: Any) -> Any:
    return {"model": value._meta.label_lower, "pk": value.pk} if isinstance(value, models.Model) else value


def build(mail: Mail) -> Email | None:
    """The mail's text as it would be said now; None when what it tells of is gone."""
    from django.apps import apps

    facts: dict[str, Any] = {}
    for name, value in mail.facts.items():
        if isinstance(value, dict) and set(value) == {"model", "pk"}:
            value = apps.get_model(value["model"])._base_manager.filter(pk=value["pk"]).first()
            if value is None:
                return None
        facts[name] = value
    return import_string(mail.kind)(to=mail.to_user or mail.to_address, **facts)


def send(*, mail: Mail, at: datetime) -> Mail:
    """Build and send one waiting mail; a failure is remembered and tried again later."""
    from django.core.mail import EmailMultiAlternatives

    with transaction.atomic():
        mail = Mail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        if mail.state != State.WAITING:
            return mail
        message = build(mail)
        if message is None:
            mail.state = State.DROPPED
        else:
            address = mail.to_user.email if mail.to_user else mail.to_address
            outgoing = EmailMultiAlternatives(
                message.subject, message.text, to=[address], reply_to=message.reply_to or None, headers=message.headers
            )
            outgoing.attach_alternative(message.html, "text/html")
            outgoing.send()
            mail.state, mail.sent_at = State.SENT, at
        mail.save(update_fields=["state", "sent_at"])
    return mail
