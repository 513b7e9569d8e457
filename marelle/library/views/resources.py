"""The page of a resource, and what one asks of it: to be told when its files change."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marelle.audit.kept import kept
from marelle.core.middleware import same_for_all
from marelle.library.actions import downloads as actions
from marelle.library.models import Download, Resource, Watch
from marelle.library.queries.resource_page import whole
from marelle.library.queries.shelves import SHOWN_FROM
from marelle.library.rules import files as rules


@same_for_all
@login_not_required
@require_safe
def resource(request, public_id, slug):
    """What is online, for anyone; its address is its number, the words after it may change."""
    kept_page = kept(whole, public_id)
    if kept_page is None:
        raise Http404
    found, shown = kept_page
    if slug != found.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = {"resource": found, "shown": shown, "is_told": found.times_used >= SHOWN_FROM}
    if request.user.is_authenticated:
        downloads = Download.objects.filter(person=request.user, file__resource=found).select_related("version")
        context |= {
            "shown": shown.to({one.file_id: one for one in downloads}),
            "watch": Watch.objects.filter(person=request.user, resource=found).first(),
            "can_tend": rules.can_tend(request.user, found),
        }
    return render(request, "library/resources/page.html", context)


@require_POST
def watch(request, public_id):
    """Told by mail from now on; pressed again, no more."""
    found = get_object_or_404(Resource.objects.public(), public_id=public_id)
    before = Watch.objects.filter(person=request.user, resource=found).first()
    if before:
        actions.stop_watching(watch=before)
        messages.success(request, _("C’est noté\u202f: plus de courriel au sujet de cette ressource."))
    else:
        actions.watch(resource=found, by=request.user, at=timezone.now())
        messages.success(request, _("C’est noté\u202f: vous recevrez un courriel quand un fichier changera."))
    return redirect(found)


@csrf_exempt  # The mail program presses the button for its reader (RFC 8058): it has no page of ours, hence no token.
@login_not_required
def watch_stop(request, public_id):
    """The link of the mail: says what it stops, one press stops it. Pressed twice, it says that it is done."""
    found = Watch.objects.filter(public_id=public_id).select_related("resource").first()
    stopped = False
    if request.method == "POST":
        stopped = True
        if found:
            actions.stop_watching(watch=found)
    return render(request, "library/resources/watch_stop.html", {"watch": found, "stopped": stopped or found is None})
