"""Pages of the site that have a name of their own: other pages, mails and the shell lead to them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marelle.core.middleware import same_for_all
from marelle.portal.queries.register import register

from . import site


@require_safe
@same_for_all
@login_not_required
def home(request):
    return site.at(request, "/")


@require_safe
@same_for_all
@login_not_required
def programme(request):
    return site.at(request, "/programme/")


@require_safe
@same_for_all
@login_not_required
def network(request):
    return site.at(request, "/reseau/")


@require_safe
@same_for_all
@login_not_required
def resources(request):
    return site.at(request, "/ressources/")


@require_safe
@same_for_all
@login_not_required
def news(request):
    return site.at(request, "/actualites/")


@require_safe
@same_for_all
@login_not_required
def agenda(request):
    return site.at(request, "/agenda/")


@require_safe
@same_for_all
@login_not_required
def questions(request):
    return site.at(request, "/questions/")


@require_safe
@same_for_all
@login_not_required
def help_page(request):
    return site.at(request, "/aide/")


@require_safe
@same_for_all
@login_not_required
def legal(request):
    return site.at(request, "/mentions-legales/")


@require_safe
@same_for_all
@login_not_required
def accessibility(request):
    return site.at(request, "/accessibilite/")


@require_safe
@same_for_all
@login_not_required
def personal_data(request):
    """What the software itself declares: not a page that somebody could forget to bring up to date."""
    return render(request, "portal/personal_data.html", {"register": register()})
