"""The result sheet of one group, for the adult who led it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.ballots.enums import Scope
from marelle.documents.typesetting import pdf
from marelle.participation.models import Session
from marelle.participation.queries import results as queries
from marelle.participation.queries import sheets
from marelle.participation.rules import results as rules


@require_safe
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Beside the whole consultation. Explained when it cannot be shown."""
    return render(request, "participation/results/session.html", _facts(request, public_id))


@require_safe
def sheet_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    facts = _facts(request, public_id)
    if not facts["can_read"]:
        return redirect("participation:session_results", public_id)  # It says why.
    session, read = facts["session"], facts["results"]
    content = pdf(
        "participation/typst/group_results.typ",
        sheets.of_a_group(session, read, facts["publication"]),
        title=session.consultation.title,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="resultats-{session.public_id}.pdf"'
    return response


def _facts(request: HttpRequest, public_id: str) -> dict[str, Any]:
    rows = Session.objects.visible_to(request.user).filter(consultation__isnull=False)
    session = get_object_or_404(
        rows.select_related("consultation__territory", "station", "organisation"), station__public_id=public_id
    )
    consultation = session.consultation
    assert consultation is not None  # Filtered above.
    publication = queries.current(consultation)
    read = queries.results(publication, scope=Scope.STATION, place=session.public_id) if publication else None
    ballots = read.shown if read else 0
    return {
        "session": session,
        "consultation": consultation,
        "publication": publication,
        "results": read,
        "can_read": rules.can_read_session(consultation, current=publication, ballots=ballots),
        "is_overdue": consultation.is_overdue(timezone.localdate()),
    }
