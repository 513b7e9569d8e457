"""The gallery of components: for whoever writes a page, in the demonstration and in development."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.template import RequestContext, Template
from django.views.decorators.http import require_safe

from . import errors
from .gallery import Specimen, shelves

ERRORS = {
    400: errors.bad_request,
    403: errors.permission_denied,
    404: errors.page_not_found,
    429: errors.too_many_requests,
    500: errors.server_error,
}


def _drawn(request, specimen: Specimen):
    return Template(specimen.code).render(RequestContext(request, specimen.facts))


@require_safe
@login_not_required
def gallery(request):
    shown = [
        {
            "key": shelf.key,
            "title": shelf.title,
            "specimens": [
                {"name": s.name, "note": s.note, "code": s.code, "drawn": _drawn(request, s)} for s in shelf.specimens
            ],
        }
        for shelf in shelves()
    ]
    squares = ["join", "govern", "listen", "plan", "act", "measure", "share"]
    return render(request, "ui/gallery.html", {"shelves": shown, "squares": squares, "errors": list(ERRORS)})


@require_safe
@login_not_required
def error(request, code: int):
    """One error page, to be looked at."""
    return ERRORS.get(code, errors.page_not_found)(request)
