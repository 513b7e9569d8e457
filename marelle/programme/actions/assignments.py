"""Giving files to a delegation and to an adviser; taking over those of an absent colleague."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.models import opaque_id
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.programme.actions.moving import locked
from marelle.programme.actions.reviews import set_due_day
from marelle.programme.emails import instruction as emails
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from marelle.programme.queries.assignments import Takeover, delegations_of, takeover
from marelle.programme.queries.hats import hats
from marelle.programme.queries.people import collectivite_of
from marelle.programme.rules import assignments as rules


def receive(*, candidacy: Candidacy, by: Any, at: datetime) -> Candidacy:
    """A file has just been handed over, or sent back corrected: find the delegation that looks after the territory,
    and write down by when the study is due. Called by the submission, which holds the lock and tells people."""
    find_delegation(candidacy, by=by, at=at)
    set_due_day(candidacy, at=at)
    return candidacy


def find_delegation(candidacy: Candidacy, *, by: Any, at: datetime) -> None:
    """Set the delegation when there is one and only one; no delegation, or several, is for a manager to settle."""
    found = delegations_of(candidacy.territory, timezone.localdate(at))
    if candidacy.delegation_id is None and len(found) == 1:
        candidacy.delegation = found[0]
        candidacy.save(update_fields=["delegation"])
        record("programme.candidacy.delegated", on=candidacy, by=by, at=at, delegation=found[0].public_id)


@transaction.atomic
def assign(*, candidacies: Iterable[Candidacy], adviser: Any, by: Any, at: datetime) -> list[Candidacy]:
    """Give files to an adviser: they get one mail for all, each collectivité learns who follows it."""
    rows = _locked(candidacies)
    if not rows:
        raise Refused(_("Choisissez au moins un dossier."))
    given = []
    for candidacy in rows:
        require(rules.can_assign(by, candidacy))
        require(rules.can_advise(adviser, candidacy))
        find_delegation(candidacy, by=by, at=at)
        if candidacy.adviser_id == adviser.pk:
            continue
        _give(candidacy, adviser)
        record("programme.candidacy.assigned", on=candidacy, by=by, at=at, adviser=adviser.public_id)
        given.append(candidacy)
        _tell_collectivite(candidacy, at=at)
    if given and adviser != by:
        ids = [candidacy.public_id for candidacy in given]
        send_on_commit(emails.files_assigned, to=adviser, at=at, candidacies=ids)
    return given


@transaction.atomic
def follow(
    *, candidacy: Candidacy, adviser: Any | None, delegation: Organisation | None, by: Any, at: datetime
) -> Candidacy:
    """Say who follows one file: its adviser, and its delegation (rights follow coverage, not this line). Without an
    adviser it goes back among those to be assigned."""
    candidacy = locked(candidacy)
    require(rules.can_assign(by, candidacy))
    if delegation and delegation not in delegations_of(candidacy.territory, timezone.localdate(at)):
        raise Refused(_("Cette délégation ne suit pas ce territoire."))
    if adviser is None and candidacy.adviser is not None:
        _give(candidacy, None)
        record("programme.candidacy.unassigned", on=candidacy, by=by, at=at)
    elif adviser is not None:
        assign(candidacies=[candidacy], adviser=adviser, by=by, at=at)
        candidacy = locked(candidacy)
    if delegation != candidacy.delegation:
        candidacy.delegation = delegation
        candidacy.save(update_fields=["delegation"])
        told = delegation.public_id if delegation else None
        record("programme.candidacy.delegated", on=candidacy, by=by, at=at, delegation=told)
    return candidacy


@transaction.atomic
def take_over(
    *, absent: Any, taker: Any, by: Any, at: datetime, candidacies: Iterable[Candidacy] | None = None
) -> tuple[Takeover | None, list[Candidacy]]:
    """Move all open files of an absent colleague (or those chosen) to another, in one act that can be undone.

    Gives the act (None when nothing moved) and the files left behind because the taker is too close to them.
    """
    require(rules.can_take_over(by, absent, taker))
    rows = Candidacy.objects.open().filter(adviser=absent)
    if candidacies is not None:
        rows = rows.filter(pk__in=[one.pk for one in candidacies])
    moved, left, batch = [], [], opaque_id()
    for candidacy in _locked(rows):
        # Nor does anybody choose who follows the file of a town they stepped aside from, or belong to.
        if not (rules.can_advise(taker, candidacy) and hats(by, candidacy).is_national):
            left.append(candidacy)
            continue
        _give(candidacy, taker)
        record("programme.candidacy.taken_over", on=candidacy, by=by, at=at, batch=batch, absent=absent.public_id, taker=taker.public_id
        )  # fmt: skip
        moved.append(candidacy)
    if not moved and not left:
        raise Refused(_("Aucun dossier à reprendre."))
    ids = [candidacy.public_id for candidacy in moved]
    if moved:
        for person in {absent, taker} - {by}:
            send_on_commit(emails.files_taken_over, to=person, at=at, candidacies=ids, absent=absent, taker=taker)
    return (Takeover(batch, at, absent, taker, tuple(ids)) if moved else None), left


@transaction.atomic
def take_back(*, batch: str, by: Any, at: datetime) -> list[Candidacy]:
    """Undo a take-over: the files that the taker still follows go back to the colleague who is back."""
    act = takeover(batch)
    if act is None:
        raise Refused(_("Cette reprise n’existe pas, ou elle est déjà défaite."))
    require(rules.can_take_back(by, act.absent, act.taker))
    rows = Candidacy.objects.open().filter(public_id__in=act.moved, adviser=act.taker)
    back = [one for one in _locked(rows) if rules.can_advise(act.absent, one) and hats(by, one).is_national]
    if not back:
        raise Refused(_("Aucun de ces dossiers ne peut être rendu : ils ont changé de mains depuis."))
    for candidacy in back:
        _give(candidacy, act.absent)
        record("programme.candidacy.taken_back", on=candidacy, by=by, at=at,
            batch=batch, absent=act.absent.public_id, taker=act.taker.public_id,
        )  # fmt: skip
    ids = [candidacy.public_id for candidacy in back]
    for person in {act.absent, act.taker} - {by}:
        send_on_commit(emails.files_taken_back, to=person, at=at, candidacies=ids, absent=act.absent, taker=act.taker)
    return back


def _locked(candidacies: Iterable[Candidacy]) -> list[Candidacy]:
    ids = [one.pk for one in candidacies]
    return list(
        Candidacy.objects.select_for_update(of=("self",))
        .select_related("territory", "organisation", "version", "route__mandate")
        .filter(pk__in=ids)
        .order_by("pk")
    )


def _give(candidacy: Candidacy, adviser: Any) -> None:
    candidacy.adviser = adviser
    candidacy.save(update_fields=["adviser"])


def _tell_collectivite(candidacy: Candidacy, *, at: datetime) -> None:
    """Once the programme said yes to the intention, a change of correspondent is worth a mail."""
    if candidacy.status != Status.INTERESTED:
        for person in collectivite_of(candidacy, timezone.localdate(at)):
            send_on_commit(emails.adviser_named, to=person, at=at, collapse=candidacy.public_id, candidacy=candidacy)
