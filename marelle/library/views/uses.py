"""« Vous l’avez utilisée ? »: ten seconds for an adult, and a table for the editorial team."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marelle.core.rules import require
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.library.actions import shelves as actions
from marelle.library.forms.shelves import Used
from marelle.library.models import Resource
from marelle.library.queries.shelves import said_of
from marelle.library.rules.uses import can_read_uses

from .holding import note_said, said_today


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def used(request, public_id):
    resource = get_object_or_404(Resource.objects.public(), public_id=public_id)
    already = public_id in said_today(request)
    form = Used(request.POST or None)
    if request.method == "POST" and not already and form.is_valid():
        if ratelimit.consume(request, action="resource_used"):
            actions.say_used(resource=resource, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Merci\u202f! Votre retour aide celles et ceux qui viendront après vous."))
            return note_said(request, redirect(resource), public_id)
        form.add_error(None, _("Beaucoup de retours sont venus d’ici. Réessayez dans une heure."))
    context = {"resource": resource, "form": form, "already": already, "back": resource.get_absolute_url()}
    return render(request, "library/shelves/used.html", context)


@require_safe
def uses(request, public_id):
    require(can_read_uses(request.user))
    resource = get_object_or_404(Resource, public_id=public_id)
    rows = resource.uses.order_by("-said_on", "-pk")
    return render(
        request, "library/shelves/uses.html", {"resource": resource, "rows": rows[:500], "said": said_of(resource)}
    )


@require_safe
def uses_csv(request, public_id):
    require(can_read_uses(request.user))
    resource = get_object_or_404(Resource, public_id=public_id)
    header = [_("Date"), _("Comment ça s’est passé"), _("Cadre"), _("Enfants"), _("Remarque")]
    rows = (
        [use.said_on, use.get_pleased_display(), use.get_setting_display(), use.get_children_display(), use.comment]
        for use in resource.uses.order_by("-said_on", "-pk").iterator()
    )
    return HttpResponse(
        csv_of(header, rows),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="retours-{public_id}.csv"'},
    )
