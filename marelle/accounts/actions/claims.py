from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts import emails
from marelle.accounts.enums import ClaimStatus, Proof
from marelle.accounts.models import Claim
from marelle.accounts.queries import checkers_of, collectivite_of
from marelle.accounts.rules import claims as rules
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.actions import store_upload
from marelle.notifications.actions import send_on_commit
from marelle.territories.models import Territory

from .memberships import welcome
from .organisations import open_collectivite

MOST_A_DAY = 5
"""Claims one person makes. Each one brings a mail to several people, and nobody speaks for six town halls."""


@transaction.atomic
def ask(
    *,
    territory: Territory,
    role: str,
    job_title: str,
    proof: str,
    by: Any,
    at: datetime,
    upload: UploadedFile | None = None,
    message: str = "",
) -> Claim:
    """Somebody says they speak for a territory. Those who check it are told, and so is the person.

    Raises `UploadRefused` when the document cannot be taken.
    """
    require(rules.can_ask(by, territory, role=role, proof=proof))
    if Claim.objects.filter(user=by, asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("Vous avez déjà fait %d demandes en un jour. Attendez la réponse aux premières.") % MOST_A_DAY)
    if proof == Proof.DOCUMENT and upload is None:
        raise Refused(_("Joignez le document qui montre que vous travaillez pour ce territoire."))
    document = store_upload(upload, by=by, at=at) if upload is not None and proof == Proof.DOCUMENT else None
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                territory=territory, user=by, role=role, job_title=job_title, proof=proof, document=document,
                message=message, asked_at=at,
            )  # fmt: skip
    except IntegrityError:  # A double click: the first one went through.
        raise Refused(_("Vous avez déjà une demande en cours pour ce territoire.")) from None
    record("accounts.claim.asked", on=claim, by=by, at=at, territory=territory.code, proof=proof)
    send_on_commit(emails.claim_received, to=by, at=at, claim=claim)
    for checker in checkers_of(territory, on=timezone.localdate(at)):
        if checker.pk != by.pk:
            send_on_commit(emails.claim_to_check, to=checker, at=at, claim=claim)
    return claim


@transaction.atomic
def accept(*, claim: Claim, by: Any, at: datetime) -> Claim:
    """The proof holds: the collectivité opens, or is joined when it is already here, and the person comes in."""
    # The territory is locked first: two claims accepted together make one collectivité, with two people.
    Territory.objects.select_for_update(of=("self",)).get(pk=claim.territory_id)
    claim = _locked(claim)
    require(rules.can_decide(by, claim, ClaimStatus.ACCEPTED))
    organisation = collectivite_of(claim.territory) or open_collectivite(territory=claim.territory, by=by, at=at)
    claim.organisation = organisation
    _decide(claim, ClaimStatus.ACCEPTED, by=by, at=at, also=("organisation",))
    welcome(user=claim.user, organisation=organisation, role=claim.role, by=by, at=at, job_title=claim.job_title)
    record("accounts.claim.accepted", on=claim, by=by, at=at, organisation=organisation.public_id)
    send_on_commit(emails.claim_accepted, to=claim.user, at=at, claim=claim)
    return claim


@transaction.atomic
def refuse(*, claim: Claim, reason: str, by: Any, at: datetime) -> Claim:
    """The proof does not hold, and the person is told why. They may ask again with a better one."""
    claim = _locked(claim)
    require(rules.can_decide(by, claim, ClaimStatus.REFUSED))
    if not reason.strip():
        raise Refused(_("Écrivez le motif : la personne le recevra."))
    claim.reason = reason.strip()
    _decide(claim, ClaimStatus.REFUSED, by=by, at=at, also=("reason",))
    record("accounts.claim.refused", on=claim, by=by, at=at)
    send_on_commit(emails.claim_refused, to=claim.user, at=at, claim=claim)
    return claim


@transaction.atomic
def withdraw(*, claim: Claim, by: Any, at: datetime) -> Claim:
    """The person changes their mind before anybody answered."""
    claim = _locked(claim)
    require(rules.can_withdraw(by, claim))
    _decide(claim, ClaimStatus.WITHDRAWN, by=by, at=at)
    record("accounts.claim.withdrawn", on=claim, by=by, at=at)
    return claim


def _locked(claim: Claim) -> Claim:
    return Claim.objects.select_for_update(of=("self",)).select_related("territory", "user").get(pk=claim.pk)


def _decide(claim: Claim, status: str, *, by: Any, at: datetime, also: tuple[str, ...] = ()) -> None:
    claim.status, claim.decided_at, claim.decided_by = status, at, by
    claim.save(update_fields=["status", "decided_at", "decided_by", *also])
