"""The national funnel: how far territories have come, and its export."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marelle.audit.kept import kept
from marelle.core.rules import require
from marelle.jobs.actions import start
from marelle.portal import rules
from marelle.portal.forms import FunnelExport, FunnelForm
from marelle.portal.queries.funnel import chart, counted
from marelle.programme.queries import funnel as queries


@require_safe
def funnel(request):
    require(rules.can_see_funnel(request.user))
    form = FunnelForm(request.GET)
    nature = form.cleaned_data["nature"] if form.is_valid() else ""
    found = kept(counted, settings.DEMO, nature)
    return render(
        request,
        "portal/funnel.html",
        {
            "form": form,
            "funnel": found,
            "stages": list(queries.STAGES),
            "chart": chart(found),
            "export": FunnelExport(),
        },
    )


@require_POST
def funnel_export(request):
    require(rules.can_see_funnel(request.user))
    form = FunnelExport(request.POST)
    if not form.is_valid():
        return redirect("portal:funnel")
    job = start(
        "portal.funnel_export", label=_("Entonnoir national"), owner=request.user, at=timezone.now(),
        demonstration=settings.DEMO, **form.cleaned_data,
    )  # fmt: skip
    return redirect("jobs:detail", job.public_id)
