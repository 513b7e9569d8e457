"""Which results this person may read: the published ones, or those prepared, for whoever tends the consultation."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from marelle.participation.models import Consultation, Publication
from marelle.participation.queries import results as queries
from marelle.participation.rules.consultations import can_tend


@dataclass(frozen=True)
class Found:
    """`shown` is what this person reads now: what is prepared, when they tend it; else what everyone reads."""

    consultation: Consultation
    shown: Publication | None
    current: Publication | None
    prepared: Publication | None
    tends: bool

    @property
    def is_private(self) -> bool:
        return self.shown is not None and self.shown.published_at is None


def find(request: HttpRequest, public_id: str) -> Found:
    """A stranger to a consultation in preparation finds nothing. Two queries for a visitor."""
    rows = Consultation.objects.visible_to(request.user).select_related("territory", "organisation").defer("draft")
    consultation = get_object_or_404(rows, public_id=public_id)
    tends = bool(request.user.is_authenticated and can_tend(request.user, consultation))
    if consultation.results_published_at is None and not tends:
        return Found(consultation, None, None, None, tends)
    current = queries.current(consultation)
    prepared = queries.prepared(consultation) if tends else None
    for publication in (current, prepared):
        if publication is not None:
            publication.consultation = consultation  # Not read again for each.
    return Found(consultation, prepared or current, current, prepared, tends)


def shown_or_404(request: HttpRequest, public_id: str) -> tuple[Found, Publication]:
    """For what exists only once there are results."""
    found = find(request, public_id)
    if found.shown is None:
        raise Http404(_("Ces résultats ne sont pas encore publiés."))
    return found, found.shown
