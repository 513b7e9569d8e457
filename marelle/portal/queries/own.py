"""What a person finds of their own: files, groups, drafts. Each through its app's own `visible_to`, at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from marelle.accounts.queries import standing
from marelle.library.models import Practice
from marelle.library.registry import Found
from marelle.participation.enums import ConsultationState, ProposalState
from marelle.participation.models import Consultation, Proposal, Session
from marelle.programme.models import Candidacy
from marelle.territories.queries import search

from .addresses import file_address

MOST = 100
"""Rows read for one search, the latest: whoever has more has a page with filters for them."""


def candidacies(user: Any, text: str) -> Iterator[Found]:
    """The national team sees every file: those of the territories whose name was typed."""
    rows = Candidacy.objects.visible_to(user).select_related("territory", "organisation")
    if standing(user).is_national_staff:
        rows = rows.filter(territory__in=[hit.pk for hit in search(text, limit=20)])
    for row in rows.order_by("-pk")[:MOST]:
        yield Found(row.public_id, row.organisation.name, str(row.get_status_display()), file_address(row))


def sessions(user: Any, text: str) -> Iterator[Found]:
    rows = Session.objects.visible_to(user).select_related("consultation", "organisation")
    for row in rows.order_by("-pk")[:MOST]:
        about = row.consultation.title if row.consultation else ""
        yield Found(
            str(row.public_id), row.title, about, reverse("participation:session", args=[row.public_id]),
            keywords=row.organisation.name,
        )  # fmt: skip


def consultations(user: Any, text: str) -> Iterator[Found]:
    """Those still in preparation; the others anyone finds."""
    rows = Consultation.objects.tended_by(user).filter(state=ConsultationState.DRAFT)
    for row in rows.order_by("-pk")[:MOST]:
        yield Found(row.public_id, row.title, row.why[:300], row.get_absolute_url())


def proposals(user: Any, text: str) -> Iterator[Found]:
    """Those not made public yet, for those who word them and answer them."""
    rows = Proposal.objects.visible_to(user).filter(state=ProposalState.DRAFT).select_related("territory")
    for row in rows.order_by("-pk")[:MOST]:
        address = reverse("participation:proposal_work", args=[row.public_id])
        yield Found(row.public_id, row.wording, str(row.get_state_display()), address, keywords=row.territory.name)


def practices(user: Any, text: str) -> Iterator[Found]:
    """Those their organisation writes, or that they read before publication."""
    rows = Practice.objects.worked_on_by(user).filter(live=False).select_related("organisation")
    for row in rows.order_by("-pk")[:MOST]:
        address = reverse("library:practice_work", args=[row.public_id])
        yield Found(row.public_id, row.title, row.summary, address, keywords=str(row.organisation or ""))
