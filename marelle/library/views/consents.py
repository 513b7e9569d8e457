"""Consents to be recognised: the editorial team records them, a family takes its own back without an account."""

from __future__ import annotations

from datetime import timedelta

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.documents.responses import serve
from marelle.library.actions import media as actions
from marelle.library.forms.media import ConsentForm
from marelle.library.models import ImageConsent, Picture, Video
from marelle.library.queries import media as queries
from marelle.library.rules import media as rules

SIGNER = Signer(salt="library.consent")
USUAL = timedelta(days=2 * 365)
KINDS = {"picture": Picture, "video": Video}


@require_safe
def index(request):
    """Everything that shows children: what is hidden, what soon will be, what is in order."""
    _editors_only(request)
    today = timezone.localdate()
    rows = [
        {
            "about": one,
            "is_picture": isinstance(one, Picture),
            "url": consents_of(one),
            "is_shown": bool(rules.can_be_shown(one, today)),
            "ends_soon": one.consented_until and today <= one.consented_until <= today + timedelta(days=60),
            "held": len(queries.covered(one, _knowing(one), today)),
        }
        for one in queries.showing_children()
    ]
    return render(request, "library/media/children.html", {"rows": rows})


def page(request, kind, public_id):
    """The consents of one picture or film; a signed paper comes in."""
    about = _find(request, kind, public_id)
    today = timezone.localdate()
    form = ConsentForm(request.POST or None, request.FILES or None, initial={"given_on": today, "valid_until": today + USUAL})  # fmt: skip
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.give(about=about, **form.cleaned_data, by=request.user, at=timezone.now())
            except UploadRefused as refused:
                form.add_error("proof", str(refused))
            except Refused as refused:
                refusal, status = refused, 409
            else:
                about.refresh_from_db()
                messages.success(request, _said(about, today))
                return redirect(consents_of(about))
    rows = queries.consents(about)
    context = {
        "about": about,
        "is_picture": kind == "picture",
        "can_record": rules.can_record_consent(request.user, about),
        "can_be_shown": rules.can_be_shown(about, today),
        "held": len(queries.covered(about, rows, today)),
        "rows": [_row(one, today) for one in rows],
        "uses": queries.uses(about),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "library/media/consents.html", context, status=status)


@require_POST
def withdraw(request, public_id):
    """The family told an editor."""
    consent = _consent(request, public_id)
    try:
        actions.withdraw(consent=consent, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Le retrait vaut dès maintenant, sur toutes les pages."))
    return redirect(consents_of(consent.about))


@require_safe
def proof(request, public_id):
    """The signed paper, to the editorial team alone."""
    consent = _consent(request, public_id)
    if consent.proof is None:
        raise Http404
    return serve(consent.proof, inline="voir" in request.GET)


@login_not_required
def family(request, token):
    """The link printed for the family: read what was agreed to, take it back in one press. No account, no reason."""
    try:
        public_id = SIGNER.unsign(token)
    except BadSignature:
        raise Http404 from None
    rows = ImageConsent.objects.select_related("picture", "video")
    consent = rows.filter(public_id=public_id).first()
    if request.method == "POST" and consent is not None and consent.withdrawn_at is None:
        consent = actions.withdraw(consent=consent, by=None, at=timezone.now())
        return redirect("library:consent_family", token)
    holds = consent is not None and consent.withdrawn_at is None and consent.valid_until >= timezone.localdate()
    return render(request, "library/media/family.html", {"consent": consent, "holds": holds})


def consents_of(about):
    return reverse(f"library:{'picture' if isinstance(about, Picture) else 'video'}_consents", args=[about.public_id])


def _row(one, today):
    link = settings.SITE_URL + reverse("library:consent_family", args=[SIGNER.sign(one.public_id)])
    drawn = segno.make(link, error="m").svg_inline(omitsize=True, border=4, light="#fff", dark="#000")
    return {
        "row": one,
        "holds": one.holds(today),
        "is_for_another_file": one.withdrawn_at is None and one.of_file != one.about.shown_file,
        "can_withdraw": rules.can_withdraw(one),
        "link": link,
        "qr": SafeString(drawn),
    }


def _said(about, today):
    if rules.can_be_shown(about, today):
        return _("L’accord est enregistré. Tous les enfants sont couverts\u202f: cette image peut être montrée.")
    return _("L’accord est enregistré. Il en manque encore pour que cette image puisse être montrée.")


def _knowing(about):
    """Its consents, already read, each knowing what it is about."""
    rows = list(about.consents.all())
    for one in rows:
        setattr(one, "picture" if isinstance(about, Picture) else "video", about)
    return rows


def _editors_only(request):
    if not rules.is_editor(request.user):
        raise Http404


def _find(request, kind, public_id):
    _editors_only(request)
    return get_object_or_404(KINDS[kind], public_id=public_id)


def _consent(request, public_id):
    _editors_only(request)
    rows = ImageConsent.objects.select_related("picture", "video", "proof")
    return get_object_or_404(rows, public_id=public_id)
