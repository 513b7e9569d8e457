"""Films: how they are served, and how the editorial team adds and mends them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.documents.responses import play
from marelle.library.actions import videos as actions
from marelle.library.forms.media import VideoForm
from marelle.library.models import Video
from marelle.library.queries import media as queries
from marelle.library.rules import media as rules

CAPTIONS_EXAMPLE = """WEBVTT

00:00:01.000 --> 00:00:04.000
On dessine une marelle dans la cour."""

# --- To everyone, while it may be watched --------------------------------------------------------------------


@login_not_required
@require_safe
def film(request, public_id):
    """Piece by piece, as players ask. A browser keeps its copy and asks before each use: withdrawn is withdrawn."""
    found, kept = _watched(request, public_id)
    return play(request, found.film, kept=kept)


@login_not_required
@require_safe
def captions(request, public_id):
    found, kept = _watched(request, public_id)
    if found.captions is None:
        raise Http404
    return play(request, found.captions, kept=kept)


@login_not_required
@require_safe
def transcript(request, public_id):
    """All that is said and shown, to read or to print."""
    found, kept = _watched(request, public_id)
    response = HttpResponse(f"{found.title}\n\n{found.transcript}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="transcription.txt"'
    response["Cache-Control"] = kept
    return response


@login_not_required
@require_safe
def credit_page(request):
    """Who made what is seen on the pages online today."""
    return render(request, "library/media/credits.html", {"rows": queries.credited(timezone.localdate())})


def _watched(request, public_id):
    found = get_object_or_404(Video.objects.select_related("film", "captions"), public_id=public_id)
    if rules.can_be_watched(found, timezone.localdate()):
        return found, "public, no-cache"
    if rules.is_editor(request.user):
        return found, "private, no-store"
    raise Http404


# --- For the editorial team -----------------------------------------------------------------------------------


@require_safe
def index(request):
    """All films, what keeps one from being published said beside it."""
    _editors_only(request)
    today = timezone.localdate()
    rows = [
        {"video": one, "can_be_watched": rules.can_be_watched(one, today)}
        for one in Video.objects.select_related("film")
    ]
    return render(request, "library/media/videos.html", {"rows": rows})


def add(request):
    _editors_only(request)
    form = VideoForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        video, status = _try(request, form, actions.add)
        if video:
            messages.success(request, _("La vidéo est ajoutée."))
            return redirect("library:video_edit", video.public_id)
        return _adding(request, form, status)
    return _adding(request, form)


def edit(request, public_id):
    _editors_only(request)
    video = get_object_or_404(Video.objects.select_related("film", "captions", "poster"), public_id=public_id)
    form, status = VideoForm(request.POST or None, request.FILES or None, video=video), 200
    if request.method == "POST":
        changed, status = _try(request, form, actions.change, video=video)
        if changed:
            messages.success(request, _("La vidéo est enregistrée."))
            return redirect("library:video_edit", public_id)
        video.refresh_from_db()
    return _page(request, video, form, status)


@require_POST
def remove(request, public_id):
    _editors_only(request)
    video = get_object_or_404(Video, public_id=public_id)
    try:
        actions.remove(video=video, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, video, VideoForm(video=video), 409, refused)
    messages.success(request, _("La vidéo est supprimée, avec ses sous-titres et les papiers des familles."))
    return redirect("library:videos")


def _adding(request, form, status=200):
    context = {"form": form, "captions_example": CAPTIONS_EXAMPLE}
    return render(request, "library/media/video_add.html", context, status=status)


def _page(request, video, form, status=200, refusal=None):
    context = {
        "video": video,
        "form": form,
        "captions_example": CAPTIONS_EXAMPLE,
        "refusal": refusal,
        "can_be_watched": rules.can_be_watched(video, timezone.localdate()),
        "can_remove": rules.can_remove(request.user, video),
        "uses": queries.uses(video),
    }
    return render(request, "library/media/video.html", context, status=status)


def _try(request, form, act, **more):
    """What the action gave, or None with the reason in the form and the status of the page."""
    if getattr(request, "is_too_large", False):
        form.errors.pop("film", None) if form.is_bound and not form.is_valid() else None
        form.add_error("film", _("Ce fichier est trop lourd\u202f: %(most)d Mo au plus. Exportez le film en 720p, ou coupez-le.") % {"most": _most()})  # fmt: skip
        return None, 413
    if not form.is_valid():
        return None, 422
    try:
        return act(**form.cleaned_data, **more, by=request.user, at=timezone.now()), 200
    except UploadRefused as refused:
        of_captions = str(refused).startswith((_("Sous-titres"), _("Ces sous-titres")))
        form.add_error("captions" if of_captions else "film", str(refused))
        return None, 422


def _most():
    from django.conf import settings

    return settings.VIDEO_MAX_BYTES // (1024 * 1024)


def _editors_only(request):
    if not rules.is_editor(request.user):
        raise Http404
