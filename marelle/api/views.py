"""The API: each app's endpoints, mounted under one roof, in plain words."""

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError

from marelle.participation.api import router as proposals
from marelle.territories.api import router as territories

from .limits import PerMinute

api = NinjaAPI(
    title="Marelle",
    version="1",
    description=(
        "Les données publiques de Marelle. Sans clé ; au plus 600 requêtes par minute et par adresse. "
        "Les territoires sont désignés par leur code INSEE (communes) ou leur SIREN (intercommunalités)."
    ),
    urls_namespace="api",
    docs_url=None,  # the documentation page of django-ninja loads its scripts from elsewhere
    openapi_url="/openapi.json",
    throttle=[PerMinute(settings.API_PER_MINUTE)],
)
api.add_router("/territories", territories)
api.add_router("/territories", proposals)


@api.exception_handler(Throttled)
def too_many(request, error):
    seconds = int(error.wait or 60) + 1
    response = api.create_response(
        request,
        {"detail": _("Trop de demandes en une minute. Réessayez dans %(seconds)d secondes.") % {"seconds": seconds}},
        status=429,
    )
    response["Retry-After"] = str(seconds)
    return response


@api.exception_handler(Http404)
def not_found(request, error):
    return api.create_response(request, {"detail": str(error) or _("Cette adresse ne mène à rien.")}, status=404)


@api.exception_handler(ValidationError)
def not_understood(request, error):
    problems = [
        {"parameter": _name(problem["loc"]), "reason": problem["msg"], "value": _short(problem.get("input"))}
        for problem in error.errors
    ]
    named = ", ".join(sorted({problem["parameter"] for problem in problems}))
    return api.create_response(
        request, {"detail": _("Paramètre à revoir : %(named)s.") % {"named": named}, "problems": problems}, status=422
    )


def _name(path) -> str:
    """The parameter as the caller wrote it; the last step of the path may be its place in a list."""
    return str(next((step for step in reversed(path) if isinstance(step, str)), path))


def _short(value) -> str | None:
    return None if value is None else str(value)[:100]
