"""The few ways that a person's roles open, in the order of a Tuesday morning. Being shown a way opens nothing:
each view asks its own rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_PAGES, Kind, Role
from marelle.accounts.queries import Standing, standing

from .addresses import address

Way = tuple[str, str]
"""Words and address."""
MEET_CHILDREN = {Kind.COLLECTIVITE, Kind.STRUCTURE, Kind.DELEGATION}
"""The organisations whose people open sessions with children."""
SHOWN = 5
"""As many ways as fit on one line of a small laptop; with more, the last ones fold under « Plus »."""


class Navigation(list[dict[str, Any]]):
    """Every way a person has, in order; on a wide screen the first are shown and the others fold away."""

    @property
    def _cut(self) -> int:
        return SHOWN if len(self) <= SHOWN else SHOWN - 1

    @property
    def shown(self) -> list[dict[str, Any]]:
        return self[: self._cut]

    @property
    def folded(self) -> list[dict[str, Any]]:
        return self[self._cut :]

    @property
    def is_folded_current(self) -> bool:
        return any(entry["current"] for entry in self.folded)


def entries(user: Any, here: str) -> Navigation:
    """The navigation of a person, the way they are on marked: the one whose address is the longest start of it."""
    who = standing(user)
    found = Navigation(_entries(_ways_of(who) if who.user else _public()))
    inside = [entry for entry in found if here.startswith(entry["url"])]
    if inside:
        max(inside, key=lambda entry: len(entry["url"]))["current"] = True
    return found


def account_entries(user: Any) -> list[dict[str, Any]]:
    """The menu under a person's name."""
    if not getattr(user, "is_authenticated", False):
        return []
    who = standing(user)
    writes = [
        (_("Espace de rédaction"), address("wagtailadmin_home")),
        (_("Pratiques à relire"), address("library:practice_queue")),
    ]
    seldom = [
        (_("Versions du programme"), address("programme:versions")),
        (_("Délégations"), address("accounts:coverage")),
    ]
    return _entries(
        [
            (_("Mon compte"), address("accounts:me")),
            (_("Mes organisations"), address("accounts:organisations")),
            *([(_("Paroles d’enfants à relire"), address("participation:verbatims"))] if who.memberships else []),
            *(writes if who.roles & WRITES_PAGES else []),
            *([(_("Nos pratiques"), address("library:practices_ours"))] if who.collectivites else []),
            *(seldom if who.is_manager else []),
            (_("Mes exports et travaux"), address("jobs:list")),
            (_("Mes listes de ressources"), address("library:reading_lists")),
            (_("Mes recherches gardées"), address("library:search_saved")),
            (_("Second facteur et clés d’accès"), address("mfa_index")),
            (_("Appareils connectés"), address("usersessions_list")),
            (_("Aide"), address("portal:help")),
        ]
    )


def footer_entries() -> list[dict[str, Any]]:
    return _entries(
        [
            (_("Actualités"), address("portal:news")),
            (_("Agenda"), address("portal:agenda")),
            (_("Questions fréquentes"), address("portal:questions")),
            (_("Aide"), address("portal:help")),
            (_("Plan du site"), address("portal:site_plan")),
            (_("Accessibilité\u202f: partiellement conforme"), address("portal:accessibility")),
            (_("Données personnelles"), address("portal:privacy")),
            (_("Mentions légales"), address("portal:legal")),
            (_("Crédits"), address("library:credits")),
        ]
    )


def _entries(ways: Iterable[Way]) -> list[dict[str, Any]]:
    return [{"label": label, "url": url, "current": False} for label, url in ways]


def _public() -> Iterator[Way]:
    yield _("Le programme"), address("portal:programme")
    yield _("Le réseau"), address("portal:network")
    yield _("Les ressources"), address("portal:resources")
    yield _("Consultations"), address("participation:consultations")
    yield _("Territoires"), address("portal:territories")


def _ways_of(who: Standing) -> Iterator[Way]:
    if who.roles & {Role.EDITOR, Role.PUBLISHER}:
        yield _("Rédaction"), address("wagtailadmin_home")
    if Role.SAFEGUARDING in who.roles:
        yield _("Alertes"), address("participation:alerts")
    if who.is_manager:
        yield _("Entonnoir"), address("portal:funnel")
    if who.is_national_staff:
        yield _("Portefeuille"), address("portal:portfolio")
        yield from _of_the_team(who)
        return
    yield from _of_collectivites(who)
    if who.is_delegation_head or who.is_volunteer:
        yield _("Mon territoire"), address("portal:portfolio")
    if who.is_delegation_head:
        yield _("Rattachements"), address("accounts:claims")
    if who.is_volunteer or who.is_delegation_head or Role.EXPERT in who.roles:
        yield _("Avis demandés"), address("programme:opinions")
    if any(m.organisation.kind in MEET_CHILDREN for m in who.memberships):
        yield _("Séances"), address("participation:sessions")
    yield _("Consultations"), address("participation:consultations")
    if not who.memberships:
        yield _("Commencer"), address("portal:dashboard")
    yield _("Les ressources"), address("portal:resources")
    yield _("Le programme"), address("portal:programme")
    yield _("Le réseau"), address("portal:network")
    yield _("Territoires"), address("portal:territories")


def _of_the_team(who: Standing) -> Iterator[Way]:
    if who.is_manager:
        yield _("À traiter"), address("programme:waiting")
        yield _("Affectations"), address("programme:assignments")
    yield _("Rattachements"), address("accounts:claims")
    yield _("Consultations"), address("participation:consultations")
    if who.is_manager:
        yield _("Réseau"), address("programme:network_requests")
    yield _("Les ressources"), address("portal:resources")
    if not who.is_manager:
        yield _("Territoires"), address("portal:territories")


def _of_collectivites(who: Standing) -> Iterator[Way]:
    for organisation in who.collectivites[:3]:
        yield organisation.name, address("portal:collectivite", organisation.public_id)
    if len(who.collectivites) == 1:
        yield _("Dossier"), address("portal:my_file")
        yield _("Équipe"), address("accounts:organisation", who.collectivites[0].public_id)
