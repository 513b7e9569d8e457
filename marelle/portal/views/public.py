"""The pages anyone may read: home, the three doors, help, and what the law asks a site to say."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marelle.core.middleware import same_for_all
from marelle.portal.queries import public
from marelle.portal.queries.kept import kept
from marelle.portal.queries.register import register
from marelle.programme.enums import SQUARES


@same_for_all
@require_safe
@login_not_required
def home(request):
    front = kept(public.front, timezone.localdate())
    return render(request, "portal/home.html", {"members": front.members, "proposals": front.proposals})


@same_for_all
@require_safe
@login_not_required
def programme(request):
    route = public.titled_route(timezone.localdate())
    return render(
        request,
        "portal/programme.html",
        {
            "route": route,
            # Read only when this version has not been drawn yet (`{% cache %}` in the template).
            "definition": lambda: route.definition if route else None,
            "before": lambda: [step for step in route.definition.steps if step.statuses],
            "after": lambda: [step for step in route.definition.steps if not step.statuses],
            "squares": [{"key": s.key, "name": s.name, "state": "todo", "url": f"#case-{s.key}"} for s in SQUARES],
        },
    )


@same_for_all
@require_safe
@login_not_required
def network(request):
    today = timezone.localdate()
    route = public.network_route(today)
    return render(
        request,
        "portal/network.html",
        {
            "route": route,
            "definition": lambda: route.definition if route else None,
            "members": kept(public.members, today),
        },
    )


@same_for_all
@require_safe
@login_not_required
def resources(request):
    return render(request, "portal/resources.html")


@same_for_all
@require_safe
@login_not_required
def help_page(request):
    return render(request, "portal/help.html")


@same_for_all
@require_safe
@login_not_required
def legal(request):
    return render(request, "portal/legal.html")


@same_for_all
@require_safe
@login_not_required
def accessibility(request):
    return render(request, "portal/accessibility.html")


@same_for_all
@require_safe
@login_not_required
def personal_data(request):
    return render(request, "portal/personal_data.html", {"register": register()})
