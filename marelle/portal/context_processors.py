"""What every page shows around its content: where this person may go, from their roles of today."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from marelle.accounts.queries import Standing, standing

Entry = dict[str, object]

PUBLIC = (
    (_("Le programme"), "portal:programme"),
    (_("Le réseau"), "portal:network"),
    (_("Les ressources"), "portal:resources"),
    (_("Territoires"), "portal:territories"),
)
FOOTER = (
    (_("Aide"), "portal:help"),
    (_("Accessibilité : partiellement conforme"), "portal:accessibility"),
    (_("Données personnelles"), "portal:privacy"),
    (_("Mentions légales"), "portal:legal"),
)
OWN: tuple[tuple[object, str, Callable[[Standing], bool]], ...] = (
    (_("Tableau de bord"), "portal:dashboard", lambda who: True),
    (_("Portefeuille"), "portal:portfolio", lambda who: who.is_national_staff),
    (_("À traiter"), "programme:waiting", lambda who: who.is_manager),
    (_("Demandes du réseau"), "programme:network_requests", lambda who: who.is_manager),
    (_("Entonnoir"), "portal:funnel", lambda who: who.is_national_staff),
    (_("Rattachements"), "accounts:claims", lambda who: who.is_national_staff or who.is_delegation_head),
    (_("Territoires"), "portal:territories", lambda who: True),
    (_("Le programme"), "portal:programme", lambda who: not who.is_national_staff),
    (_("Le réseau"), "portal:network", lambda who: not who.is_national_staff),
)
"""Label, door, and who is shown it. Being shown a door opens nothing: each view asks its own rule."""
ACCOUNT = (
    (_("Mon compte"), "accounts:me"),
    (_("Mes organisations"), "accounts:organisations"),
    (_("Clés et second facteur"), "mfa_index"),
    (_("Appareils connectés"), "usersessions_list"),
    (_("Aide"), "portal:help"),
)


def _entries(request, doors) -> list[Entry]:
    """The doors that exist in this installation, the one we are in marked."""
    found: list[Entry] = []
    for label, name in doors:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url, "current": False})
    inside = [entry for entry in found if request.path.startswith(str(entry["url"]))]
    if inside:
        max(inside, key=lambda entry: len(str(entry["url"])))["current"] = True
    return found


def navigation(request):
    """Worked out only by a page that shows it: an error page or a fragment asks nothing."""
    user = getattr(request, "user", None)

    def main() -> list[Entry]:
        if user is None or not user.is_authenticated:
            return _entries(request, PUBLIC)
        who = standing(user)
        return _entries(request, [(label, name) for label, name, shown in OWN if shown(who)])

    return {
        "navigation": SimpleLazyObject(main),
        "account_menu": SimpleLazyObject(lambda: _entries(request, ACCOUNT)),
        "footer_links": SimpleLazyObject(lambda: _entries(request, FOOTER)),
    }
