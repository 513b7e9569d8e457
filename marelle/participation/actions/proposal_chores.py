"""Answers owed to children are recalled before their day, and again each week once it has passed: one mail for all of a
collectivité's, never one each. And what ends with a mandate, or with a merger."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.one_by_one import one_by_one
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import proposals as emails
from marelle.participation.enums import ProposalState
from marelle.participation.models import Proposal, ProposalStep
from marelle.participation.queries import proposals as queries
from marelle.programme.models import Mandate

EVERY = 7


def remind_of_answers(*, at: datetime) -> int:
    """Gives how many collectivités were told. Twice in a day does no harm."""
    soon = localdate(at) + timedelta(days=queries.DAYS_BEFORE)
    owed = Proposal.objects.filter(state=ProposalState.MADE, joined_to__isnull=True, due_on__lte=soon)
    owing = Organisation.objects.open().filter(pk__in=owed.values("organisation")).order_by("pk")
    return one_by_one(owing.iterator(chunk_size=200), lambda organisation: _remind(organisation, soon, at))


@transaction.atomic
def _remind(organisation: Organisation, soon: date, at: datetime) -> bool:
    today = localdate(at)
    owed = list(
        Proposal.objects.select_for_update(of=("self",))
        .filter(organisation=organisation, state=ProposalState.MADE, joined_to__isnull=True, due_on__lte=soon)
        .order_by("due_on", "pk")
    )
    if not any(_is_to_recall(one, today) for one in owed):
        return False
    people = list(queries.people(SUBMITS_FILE, organisation, on=today))
    for person in people:
        send_on_commit(emails.proposals_owed, to=person, at=at, organisation=organisation)
    Proposal.objects.filter(pk__in=[one.pk for one in owed]).update(reminded_on=today)
    record(
        "participation.proposal.recalled", on=organisation, by=None, at=at, count=len(owed), people=len(people),
        overdue=sum(one.is_overdue(today) for one in owed),
    )  # fmt: skip
    return True


def _is_to_recall(proposal: Proposal, today: date) -> bool:
    """Once when its day comes near, then each week once it has passed."""
    last = proposal.reminded_on
    return last is None or (proposal.is_overdue(today) and last <= today - timedelta(days=EVERY))


@transaction.atomic
def follow(*, organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """A commune merged into another: its proposals are answered by its successor, and by the same day.

    The right to do so was asked where the people were moved (`accounts.actions.mergers`)."""
    assert into.territory is not None  # Held by the database.
    count = Proposal.objects.filter(organisation=organisation).update(organisation=into, territory=into.territory)
    if count:
        record("participation.proposal.followed", on=into, by=by, at=at, count=count)


@transaction.atomic
def forget_who_answered(*, at: datetime) -> int:
    """Once the mandate is over the answer stays, and is the collectivité's: whoever gave it is no longer named."""
    over = Mandate.objects.filter(ends_on__lt=localdate(at)).order_by("-ends_on").values_list("ends_on", flat=True)[:1]
    if not over:
        return 0
    anyone = _("la collectivité")
    rows = Proposal.objects.filter(answered_on__lte=over[0]).exclude(answered_by__in=["", anyone])
    steps = ProposalStep.objects.filter(on__lte=over[0]).exclude(said_by__in=["", anyone])
    count = rows.update(answered_by=anyone) + steps.update(said_by=anyone)
    if count:
        record("participation.proposal.forgotten", on=Proposal, by=None, at=at, count=count)
    return count
