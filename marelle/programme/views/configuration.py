"""What a route asks, as a collectivité reads it; and for the national team, its versions and what changed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.programme.models import RouteVersion
from marelle.programme.queries.configuration import conditions, routes_with_versions, told
from marelle.programme.queries.network import grid
from marelle.programme.rules.configuration import can_see_versions


@login_not_required
@require_safe
def asked(request, mandate, route):
    """What is asked today, for anyone who wants to know before starting."""
    versions = RouteVersion.objects.newest().select_related("route__mandate")
    version = get_object_or_404(versions, route__mandate__key=mandate, route__key=route)
    return _preview(request, version, is_newest=True)


@require_safe
def versions(request):
    _only_for_the_team(request)
    return render(request, "programme/versions.html", {"routes": routes_with_versions()})


@require_safe
def version(request, mandate, route, number):
    """One version, read only: as a collectivité saw it."""
    _only_for_the_team(request)
    found = _find(mandate, route, number)
    newest = RouteVersion.objects.filter(route=found.route_id).order_by("-number").values_list("number", flat=True)[0]
    return _preview(request, found, is_newest=found.number == newest, is_team=True)


@require_safe
def difference(request, mandate, route, old, new):
    """What changed between two versions of a route."""
    _only_for_the_team(request)
    before, after = _find(mandate, route, old), _find(mandate, route, new)
    context = {"route": after.route, "old": before, "new": after, "changes": told(before, after)}
    return render(request, "programme/version_difference.html", context)


def _only_for_the_team(request):
    if not can_see_versions(request.user):
        raise Http404


def _find(mandate, route, number):
    return get_object_or_404(
        RouteVersion.objects.select_related("route__mandate"),
        route__mandate__key=mandate,
        route__key=route,
        number=number,
    )


def _preview(request, version, *, is_newest, is_team=False):
    definition = version.definition
    context = {
        "version": version,
        "route": version.route,
        "definition": definition,
        "grid": grid(definition),
        "conditions": conditions(version),
        "engagements": {engagement.key: engagement.title for engagement in definition.engagements},
        "is_newest": is_newest,
        "is_team": is_team,
        "is_open": definition.deadlines is None or definition.deadlines.opens_at <= timezone.now(),
    }
    return render(request, "programme/version.html", context)
