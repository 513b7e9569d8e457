"""HTTP in, page out: my long work, its progress, its result."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.responses import serve

from . import actions, rules
from .models import Job


@require_safe
def mine(request):
    page = Paginator(Job.objects.visible_to(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


@require_safe
@never_cache
def detail(request, public_id):
    return _page(request, _find(request, public_id))


@require_safe
def result(request, public_id):
    job = _find(request, public_id)
    if not job.result:
        raise Http404
    return serve(job.result)


@require_POST
def retry(request, public_id):
    job = _find(request, public_id)
    try:
        actions.retry(job=job, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, job, refusal)
    return redirect("jobs:detail", public_id)


def _find(request, public_id):
    return get_object_or_404(Job.objects.visible_to(request.user).select_related("result"), public_id=public_id)


def _page(request, job, refusal=None):
    part = "#progress" if request.htmx else ""
    context = {"job": job, "can_retry": rules.can_retry(request.user, job), "refusal": refusal}
    return render(request, f"jobs/job.html{part}", context)
