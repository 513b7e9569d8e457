"""The pages of things that went wrong, in the look: each says what happened, in words, and what to do now.

Two of them trust nothing, neither the request, nor the session, nor the database: 400, because the request itself
is what is wrong, and 500, because anything may be.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

ADDRESS_OF_STYLES = "/static/ui/marelle.css"
"""The plain name, always collected beside the hashed one: it needs no manifest."""


def _bare(code: int, title: str, text: str) -> HttpResponse:
    words = {"code": code, "title": title, "text": text, "styles": ADDRESS_OF_STYLES}
    response = HttpResponse(render_to_string("ui/errors/standalone.html", words), status=code)
    add_never_cache_headers(response)
    return response


def _dressed(request, code: int, **words) -> HttpResponse:
    response = render(request, "ui/errors/error.html", {"code": code, "reason": "", "advice": [], **words}, status=code)
    add_never_cache_headers(response)
    return response


@login_not_required
def bad_request(request, exception=None):
    return _bare(
        400,
        _("Cette demande n’a pas pu être comprise"),
        _("L’adresse ou le formulaire envoyé est abîmé. Revenez en arrière, rechargez la page, puis recommencez."),
    )


@login_not_required
def server_error(request):
    return _bare(
        500,
        _("Une erreur est survenue de notre côté"),
        _(
            "Vous n’y êtes pour rien. Revenez en arrière : votre navigateur garde souvent ce que vous aviez écrit. Réessayez dans quelques minutes."
        ),
    )


@login_not_required
def permission_denied(request, exception=None):
    reason = str(exception or "")
    return _dressed(
        request,
        403,
        icon="hand",
        title=_("Cette page ne vous est pas ouverte"),
        text=_("Votre compte ne permet pas de faire cela ici."),
        reason=reason,
        advice=[
            _("Si vous avez plusieurs adresses, vérifiez que vous êtes connecté·e avec la bonne."),
            _(
                "Sinon, demandez à la personne référente de votre collectivité, ou à votre conseiller·ère, de vous donner ce rôle."
            ),
        ],
    )


@login_not_required
def csrf_failure(request, reason=""):
    return _dressed(
        request,
        403,
        icon="timer-reset",
        title=_("Ce formulaire a expiré"),
        text=_("Par sécurité, un formulaire ouvert depuis trop longtemps n’est plus accepté. Rien n’a été enregistré."),
        advice=[
            _("Revenez en arrière avec votre navigateur : ce que vous aviez écrit y est souvent encore. Copiez-le."),
            _("Rechargez la page, collez votre texte, puis envoyez à nouveau."),
            _("Si cela se répète, autorisez les cookies de ce site : un seul suffit, il ne vous suit pas."),
        ],
    )


@login_not_required
def page_not_found(request, exception=None):
    return _dressed(
        request,
        404,
        icon="map-pinned",
        title=_("Cette page n’existe pas, ou pas pour vous"),
        text=_("L’adresse a peut-être changé, ou la page demande un compte qui y a droit."),
        advice=[
            _("Vérifiez l’adresse : il y manque peut-être une lettre."),
            _("Si un lien vous a été envoyé, connectez-vous avec l’adresse électronique qui l’a reçu."),
        ],
    )


@login_not_required
def too_many_requests(request, exception=None):
    return _dressed(
        request,
        429,
        icon="hourglass",
        title=_("Trop d’essais en peu de temps"),
        text=_("Pour protéger les comptes, nous faisons une pause."),
        advice=[_("Attendez quelques minutes, puis réessayez. Ce que vous avez déjà enregistré est gardé.")],
    )


def wrong_method(request, allowed: str) -> HttpResponse:
    """An address that only takes a form was opened like a page: reloaded, or reached after a lost session."""
    response = _dressed(
        request,
        405,
        icon="undo-2",
        title=_("Cette adresse ne s’ouvre pas directement"),
        text=_("Elle sert à envoyer un formulaire. Rien n’a été enregistré par ce passage."),
        advice=[_("Revenez en arrière, ou repartez de votre tableau de bord, puis recommencez.")],
    )
    response.headers["Allow"] = allowed
    return response
