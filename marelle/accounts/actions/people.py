from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.models import Claim, Invitation, User
from marelle.accounts.models.standing import forget_standing, standing
from marelle.accounts.queries.privacy import about, held_about, register
from marelle.accounts.rules import people as rules
from marelle.audit.actions import record
from marelle.core.privacy import How
from marelle.core.rules import require
from marelle.jobs.registry import Result, job

CLAIM_KEPT = timedelta(days=2 * 365)
INVITATION_KEPT = timedelta(days=182)
UNPROVED_KEPT = timedelta(days=30)
"""How long an address that nobody proved to be theirs is kept: somebody may have typed it for somebody else."""


@transaction.atomic
def change_details(*, person: User, name: str, phone: str, by: Any, at: datetime) -> User:
    """How others see a person, and the number where they may be called."""
    require(rules.can_change(by, person))
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name, person.phone = name, phone
    person.save(update_fields=["name", "phone"])
    record("accounts.person.changed", on=person, by=by, at=at)
    return person


@transaction.atomic
def close(*, person: User, by: Any, at: datetime) -> User:
    """The person leaves Marelle. Each personal field ends as its model declared it (erased, replaced, kept);
    memberships end today; every session, key, address and link to ProConnect goes. The row stays, without a
    name, so that what was decided can still be told apart."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(rules.can_close(by, person))
    today = timezone.localdate(at)
    for membership in standing(person).memberships:
        membership.ends_on = max(today, membership.starts_on)
        membership.save(update_fields=["ends_on"])
    Invitation.objects.waiting().filter(invited_by=person).update(revoked_at=at)
    for session in UserSession.objects.filter(user=person):
        session.end()
    record("accounts.person.closed", on=person, by=by, at=at)
    for model, declared in register().items():
        if model is not User:
            _forget(about(model, declared, person), declared)
    _forget(User.objects.filter(pk=person.pk), declared=User.personal)
    person.refresh_from_db()
    person.is_active, person.closed_at = False, at
    person.save(update_fields=["is_active", "closed_at"])
    forget_standing(person)
    return person


def _forget(rows: models.QuerySet, declared: dict) -> None:
    """Apply what a model declares to the rows of which the person is the subject."""
    if any(field.how == How.DELETE for field in declared.values()):
        rows.delete()
        return
    changed = {name: field for name, field in declared.items() if field.how in {How.BLANK, How.REPLACE}}
    for row in rows if changed else []:
        for name, field in changed.items():
            empty = None if row._meta.get_field(name).null else ""
            setattr(row, name, field.replacement(row) if field.replacement else empty)
        row.save(update_fields=list(changed))


@transaction.atomic
def forget_what_has_ended(*, at: datetime) -> int:
    """What the models promise: a claim is forgotten two years after its answer, an invitation six months after its
    end, what a session told when it ends, an account never entered after a month. Gives how many rows went; the log keeps the count."""
    claims = Claim.objects.filter(decided_at__lt=at - CLAIM_KEPT)
    over = at - INVITATION_KEPT
    ended = Q(accepted_at__lt=over) | Q(revoked_at__lt=over) | Q(expires_at__lt=over, accepted_at__isnull=True)
    invitations = Invitation.objects.filter(ended)
    count = claims.delete()[0] + invitations.delete()[0] + _ended_sessions().delete()[0] + _never_proved(at).delete()[0]
    if count:
        record("accounts.person.forgotten", on=Claim, by=None, at=at, count=count)
    return count


def _ended_sessions() -> models.QuerySet:
    """What a session told (address of the network, browser), once it is over."""
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))


def _never_proved(at: datetime) -> models.QuerySet:
    """Accounts that were begun and never entered: no address was ever proved, nothing was ever done."""
    proved = EmailAddress.objects.filter(verified=True).values("user")
    typed = EmailAddress.objects.filter(verified=False).values("user")
    rows = User.objects.filter(pk__in=typed, last_login__isnull=True, joined_at__lt=at - UNPROVED_KEPT)
    return rows.filter(memberships__isnull=True, claims__isnull=True, is_fictitious=False).exclude(pk__in=proved)


@job("accounts.my_data")
def my_data(*, owner: Any, at: datetime, progress: Any = None) -> Result:
    """Everything Marelle holds about its owner: one readable JSON in a ZIP, section by section."""
    sections = []
    for section in held_about(owner, with_rows=True):
        sections.append(
            {
                _("quoi"): section.name,
                _("pourquoi et jusqu’à quand"): [
                    {
                        _("donnée"): line.label,
                        _("pourquoi"): line.purpose,
                        _("jusqu’à"): line.until,
                        _("puis"): line.how.value,
                    }
                    for line in section.lines
                ],
                _("données"): section.rows,
            }
        )
        if progress:
            progress(len(sections), 0)
    told = {_("personne"): owner.public_id, _("préparé le"): at.isoformat(), "sections": sections}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mes-donnees.json", json.dumps(told, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
    return Result(f"marelle-mes-donnees-{at:%Y-%m-%d}.zip", "application/zip", out.getvalue())
