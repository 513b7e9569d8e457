"""The questionnaire as a child will see it, on a phone drawn on the page; and the sounds recorded for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from marelle.ballots.enums import Mode
from marelle.documents.responses import play
from marelle.participation.definition.readability import LIMITS, for_age, length
from marelle.participation.enums import AgeBand
from marelle.participation.models import Consultation, Recording
from marelle.participation.queries.children import Asked

from . import screens
from .builder import shown
from .consultations import tended_or_404

AGES: dict[str, str] = {"5": AgeBand.FROM_3, "9": AgeBand.FROM_9, "15": AgeBand.FROM_13}
"""The three children of the preview, and the ages whose advice is read beside."""
NOT_SENT = "apercu"


@require_safe
@csp_update({"frame-src": ["'self'"]})
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """A phone, and beside it what is hard for a child of 5, 9 or 15."""
    found = tended_or_404(request, public_id)
    asked = shown(found)
    age = request.GET.get("age", "")
    age = age if age in AGES else _age_of(found)
    band = AGES[age]
    notes = [(question, list(for_age(question, band))) for question in asked.questions.values()]
    context = {
        "consultation": found,
        "age": age,
        "ages": list(AGES),
        "notes": [(question, words) for question, words in notes if words],
        "length": length(asked, band),
        "count": len(asked.questions),
        "language": _language(request, found),
        "languages": found.languages_in_words if len(found.languages) > 1 else [],
        "limits": LIMITS[band],
    }
    return render(request, "participation/builder/preview.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace(
    {"frame-ancestors": ["'self'"], "form-action": ["'none'"], "connect-src": ["'none'"], "worker-src": ["'none'"]}
)
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """The child's own page, in a frame that can send nothing: no form leaves it, no script of it may fetch."""
    found = tended_or_404(request, public_id)
    asked = shown(found)
    if not asked.questions:
        return render(request, "participation/builder/phone_empty.html")
    said = Asked(
        key=NOT_SENT,
        title=found.title,
        why=found.why,
        answerer=found.answerer if found.answer_due_on else "",
        due_on=found.answer_due_on,
    )
    station: Any = SimpleNamespace(mode=Mode.LINK, code=NOT_SENT)
    language = _language(request, found)
    context = screens.context(station, said, asked, language=language, sending="-" * 32)
    return render(request, "participation/child/session.html", context)


@login_not_required
@require_safe
def recording(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A question read aloud: for whoever may read the consultation."""
    found = get_object_or_404(Consultation.objects.visible_to(request.user), public_id=public_id)
    held = get_object_or_404(Recording.objects.select_related("file"), consultation=found, file__public_id=file_id)
    return play(request, held.file)


def _age_of(found: Consultation) -> str:
    """The child that is nearest to those it is for."""
    return next((age for age, band in AGES.items() if band in found.age_bands), "9")


def _language(request: HttpRequest, found: Consultation) -> str:
    wanted = request.GET.get("l", "fr")
    if wanted not in (found.languages or ["fr"]):
        raise Http404
    return wanted
