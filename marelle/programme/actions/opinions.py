"""Opinions asked of a volunteer or an expert: asked, kept as a draft, given, reminded, revoked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.moving import locked
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import IN_INSTRUCTION, Advice
from marelle.programme.models import Candidacy, Opinion
from marelle.programme.queries.people import team_of
from marelle.programme.rules import opinions as rules


@transaction.atomic
def ask(
    *, candidacy: Candidacy, asked_of: Any, question: str, is_confidential: bool, due_on: date, by: Any, at: datetime
) -> Opinion:
    """Open the file to a person and ask what they think of it, until a day."""
    candidacy = locked(candidacy)
    require(rules.can_ask(by, candidacy))
    require(rules.can_be_asked(asked_of, candidacy))
    if due_on <= timezone.localdate(at):
        raise Refused(_("La date attendue doit être à venir."))
    opinion = Opinion.objects.create(
        candidacy=candidacy, asked_of=asked_of, question=question.strip(), is_confidential=is_confidential,
        due_on=due_on, asked_at=at, asked_by=by,
    )  # fmt: skip
    record(
        "programme.opinion.asked", on=opinion, by=by, at=at,
        candidacy=candidacy.public_id, of=asked_of.public_id, confidential=is_confidential, due_on=due_on,
    )  # fmt: skip
    send_on_commit(emails.opinion_asked, to=asked_of, at=at, opinion=opinion)
    return opinion


@transaction.atomic
def save_draft(*, opinion: Opinion, text: str, by: Any, at: datetime) -> Opinion:
    """Keep what the person has written so far. Nobody else reads it."""
    opinion = _held(opinion)
    require(rules.can_give(by, opinion))
    opinion.text = text.strip()
    opinion.save(update_fields=["text"])
    return opinion


@transaction.atomic
def give(*, opinion: Opinion, advice: Advice | str, text: str, by: Any, at: datetime) -> Opinion:
    """Hand the opinion over to those who asked. It can no longer be changed."""
    opinion = _held(opinion)
    require(rules.can_give(by, opinion))
    if advice not in Advice.values:
        raise Refused(_("Dites si votre avis est favorable, favorable avec réserves ou défavorable."))
    if not text.strip():
        raise Refused(_("Écrivez ce qui motive votre avis."))
    opinion.advice, opinion.text, opinion.given_at = advice, text.strip(), at
    opinion.save(update_fields=["advice", "text", "given_at"])
    record("programme.opinion.given", on=opinion, by=by, at=at, candidacy=opinion.candidacy.public_id)
    for person in {*team_of(opinion.candidacy, timezone.localdate(at)), opinion.asked_by} - {by}:
        send_on_commit(emails.opinion_given, to=person, at=at, opinion=opinion)
    return opinion


@transaction.atomic
def remind(*, opinion: Opinion, by: Any, at: datetime) -> Opinion:
    """Write again to a person whose opinion is awaited; once a day at most, whoever presses the button."""
    opinion = _held(opinion)
    require(rules.can_remind(by, opinion))
    last = opinion.reminded_at or opinion.asked_at
    if timezone.localdate(last) == timezone.localdate(at):
        raise Refused(_("Cette personne a déjà reçu un courriel aujourd’hui."))
    return _remind(opinion, by=by, at=at)


def remind_due(*, at: datetime) -> int:
    """The daily reminder: to those asked, or last reminded, longer ago than the route says. Gives how many."""
    waiting = (
        Opinion.objects.filter(
            given_at__isnull=True,
            revoked_at__isnull=True,
            candidacy__status__in=IN_INSTRUCTION,
            asked_of__is_active=True,
        )
        .annotate(last=Coalesce("reminded_at", "asked_at"))
        .select_related("candidacy__version")
    )
    return one_by_one(waiting, lambda one: _remind_when_due(one, at))


@transaction.atomic
def _remind_when_due(one: Any, at: datetime) -> bool:
    deadlines = one.candidacy.version.definition.deadlines
    if deadlines is None or one.last > at - timedelta(days=deadlines.opinion_reminder_days):
        return False
    opinion = _held(one)
    # Given, revoked or reminded while we were looking at the others.
    if not rules.can_give(opinion.asked_of, opinion) or opinion.reminded_at != one.reminded_at:
        return False
    _remind(opinion, by=None, at=at)
    return True


@transaction.atomic
def revoke(*, opinion: Opinion, reason: str, by: Any, at: datetime) -> Opinion:
    """Take the request back: the file closes at once to someone whom nothing else opens it to."""
    opinion = _held(opinion)
    require(rules.can_revoke(by, opinion))
    if not reason.strip():
        raise Refused(_("Dites pourquoi cette demande est retirée : la personne le lira."))
    _revoke(opinion, reason=reason.strip(), at=at)
    record("programme.opinion.revoked", on=opinion, by=by, at=at, candidacy=opinion.candidacy.public_id)
    send_on_commit(emails.opinion_revoked, to=opinion.asked_of, at=at, opinion=opinion)
    return opinion


def revoke_open_ones_of(person: Any, candidacy: Candidacy, *, reason: str, at: datetime) -> int:
    """Take back what this person was asked and did not give yet. The caller holds the lock and records."""
    rows = candidacy.opinions.filter(asked_of=person, given_at__isnull=True, revoked_at__isnull=True)
    for opinion in rows:
        _revoke(opinion, reason=reason, at=at)
    return len(rows)


def _revoke(opinion: Opinion, *, reason: str, at: datetime) -> None:
    opinion.revoked_at, opinion.revoked_reason = at, reason
    opinion.save(update_fields=["revoked_at", "revoked_reason"])


def _remind(opinion: Opinion, *, by: Any, at: datetime) -> Opinion:
    opinion.reminded_at = at
    opinion.save(update_fields=["reminded_at"])
    record("programme.opinion.reminded", on=opinion, by=by, at=at, candidacy=opinion.candidacy.public_id)
    send_on_commit(emails.opinion_reminder, to=opinion.asked_of, at=at, opinion=opinion)
    return opinion


def _held(opinion: Opinion) -> Opinion:
    """The opinion as it is now, its file held first: every action of the instruction locks in that order."""
    locked(opinion.candidacy)
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("candidacy__territory", "candidacy__organisation", "candidacy__version", "asked_of", "asked_by")
        .get(pk=opinion.pk)
    )
