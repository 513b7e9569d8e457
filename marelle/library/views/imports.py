"""Resources and practices from a table: brought, read, looked at, then imported."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.documents.spreadsheets import CSV, XLSX
from marelle.library.actions import imports as actions
from marelle.library.enums import Imported, ImportState
from marelle.library.forms.imports import ImportForm
from marelle.library.models import Import
from marelle.library.queries import import_reports as reports
from marelle.library.queries import imports as queries
from marelle.library.rules import imports as rules

SHOWN = 100
"""Sheets shown under each heading; the report has them all."""


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    """What an import is, the form that brings one, and the last ones."""
    _only_the_team(request)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"kind": Imported.RESOURCE})
    status = 200
    if request.method == "POST":
        made, status = _try(request, form)
        if made:
            return redirect("library:import", made.public_id)
    last = Import.objects.visible_to(request.user).select_related("by")[:20]
    return render(request, "library/imports/index.html", {"form": form, "last": last, "kinds": Imported}, status=status)


@require_safe
def template(request, kind):
    """The columns, a row to replace, and what each cell may say."""
    _only_the_team(request)
    if kind not in Imported.values:
        raise Http404
    response = HttpResponse(reports.template_of(kind), content_type=XLSX)
    name = "modele-ressources" if kind == Imported.RESOURCE else "modele-pratiques"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_safe
@never_cache
def preview(request, public_id):
    """What it would do today. Nothing of the library has changed."""
    return _page(request, _find(request, public_id))


@require_safe
@never_cache
def report(request, public_id):
    """The same, line by line, for a spreadsheet."""
    imported = _find(request, public_id)
    plans = queries.plans_of(imported.kind, imported.lines, by=request.user)
    response = HttpResponse(reports.report_of(plans), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="apercu-import.csv"'
    return response


@require_POST
def run(request, public_id):
    imported = _find(request, public_id)
    try:
        job = actions.confirm(imported=imported, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, imported, refused)
    return redirect("jobs:detail", job.public_id)


@require_POST
def drop(request, public_id):
    imported = _find(request, public_id)
    try:
        actions.drop(imported=imported, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, imported, refused)
    messages.success(request, _("Le tableau lu est oublié. Les fiches déjà importées restent."))
    return redirect("library:imports")


def _try(request, form):
    if getattr(request, "is_too_large", False):
        form.is_valid()
        form.errors.pop("table", None)
        most = settings.VIDEO_MAX_BYTES // (1024 * 1024)
        form.add_error(
            None,
            _("L’envoi dépasse {most} Mo\u202f: rien n’a été lu. Coupez l’archive en plusieurs.").format(most=most),
        )
        return None, 413
    if not form.is_valid():
        return None, 422
    try:
        return actions.read(by=request.user, at=timezone.now(), **form.cleaned_data), 200
    except actions.ArchiveRefused as refused:
        form.add_error("archive", str(refused))
    except UploadRefused as refused:
        form.add_error("table", str(refused))
    return None, 422


def _page(request, imported, refusal=None):
    if imported.state == ImportState.DONE:
        return render(request, "library/imports/done.html", {"imported": imported})
    plans = queries.plans_of(imported.kind, imported.lines, by=request.user)
    context = {
        "imported": imported,
        "refusal": refusal,
        "counts": queries.counts(plans),
        "kept_fields": sum(len(plan.kept) for plan in plans),
        "groups": {
            outcome.value: [plan for plan in plans if plan.outcome == outcome][:SHOWN] for outcome in queries.Outcome
        },
        "partly": [plan for plan in plans if plan.kept][:SHOWN],
        "shown": SHOWN,
        "can_confirm": rules.can_confirm(request.user, imported),
        "can_drop": rules.can_drop(request.user, imported),
    }
    return render(request, "library/imports/preview.html", context, status=409 if refusal else 200)


def _find(request, public_id):
    _only_the_team(request)
    rows = Import.objects.visible_to(request.user).select_related("by", "archive")
    return get_object_or_404(rows, public_id=public_id)


def _only_the_team(request):
    if not (answer := rules.can_import(request.user)):
        raise PermissionDenied(answer.reason)
