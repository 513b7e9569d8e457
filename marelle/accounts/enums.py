"""Kinds of organisation, and the table of roles: who may do what, in words a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(models.TextChoices):
    COLLECTIVITE = "collectivite", _("collectivité")
    NATIONAL = "national", _("équipe nationale")
    DELEGATION = "delegation", _("délégation")
    STRUCTURE = "structure", _("structure")


class StructureKind(models.TextChoices):
    SCHOOL = "school", _("école, collège ou lycée")
    LIBRARY = "library", _("bibliothèque")
    LEISURE = "leisure", _("centre de loisirs")
    ASSOCIATION = "association", _("association")


class Role(models.TextChoices):
    LEAD = "lead", _("référent·e")
    ELECTED = "elected", _("élu·e de référence")
    CONTRIBUTOR = "contributor", _("contributeur·rice")
    SIGNATORY = "signatory", _("maire ou président·e")
    MANAGER = "manager", _("responsable du programme")
    ADVISER = "adviser", _("conseiller·ère")
    EXPERT = "expert", _("expert·e")
    SAFEGUARDING = "safeguarding", _("référent·e protection de l’enfance")
    EDITOR = "editor", _("rédacteur·rice")
    PUBLISHER = "publisher", _("responsable éditorial·e")
    HEAD = "head", _("responsable de délégation")
    VOLUNTEER = "volunteer", _("bénévole")
    DIRECTOR = "director", _("responsable de structure")
    FACILITATOR = "facilitator", _("animateur·rice")


@dataclass(frozen=True)
class About:
    """A role as people know it: in which kind of organisation, and what it allows."""

    kind: Kind
    allows: StrOrPromise
    invites: bool = False


ROLES: dict[str, About] = {
    Role.LEAD: About(
        Kind.COLLECTIVITE,
        _("Pilote la démarche, invite ses collègues, remplit et dépose le dossier."),
        invites=True,
    ),
    Role.ELECTED: About(
        Kind.COLLECTIVITE, _("Porte la démarche au conseil, remplit et dépose le dossier."), invites=True
    ),
    Role.CONTRIBUTOR: About(Kind.COLLECTIVITE, _("Remplit le dossier et joint des pièces, sans le déposer.")),
    Role.SIGNATORY: About(Kind.COLLECTIVITE, _("Lit le dossier et signe la convention.")),
    Role.MANAGER: About(
        Kind.NATIONAL,
        _("Règle le programme, confirme les demandes, affecte les dossiers et enregistre les décisions."),
        invites=True,
    ),
    Role.ADVISER: About(Kind.NATIONAL, _("Accompagne et instruit les dossiers de son portefeuille.")),
    Role.EXPERT: About(Kind.NATIONAL, _("Donne un avis sur les seuls dossiers qu’on lui confie.")),
    Role.SAFEGUARDING: About(Kind.NATIONAL, _("Reçoit les alertes qui concernent la sécurité d’un enfant.")),
    Role.EDITOR: About(
        Kind.NATIONAL, _("Écrit les pages, les ressources et les guides, et les propose à la publication.")
    ),
    Role.PUBLISHER: About(
        Kind.NATIONAL, _("Relit et publie les pages, les ressources, les guides et les pratiques des collectivités.")
    ),
    Role.HEAD: About(
        Kind.DELEGATION,
        _("Coordonne la délégation, vérifie les demandes de son territoire, invite les bénévoles."),
        invites=True,
    ),
    Role.VOLUNTEER: About(Kind.DELEGATION, _("Lit les dossiers de son territoire et donne l’avis qu’on lui demande.")),
    Role.DIRECTOR: About(Kind.STRUCTURE, _("Tient la fiche de la structure et invite son équipe."), invites=True),
    Role.FACILITATOR: About(Kind.STRUCTURE, _("Ouvre des séances avec les enfants.")),
}

WRITES_FILE = {Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR}
"""Roles of a collectivité that may write in its file."""
WRITES_PAGES = {Role.EDITOR, Role.PUBLISHER, Role.MANAGER}
"""Roles of the national team that open the back office of the site (Wagtail, `/edition/`)."""
PUBLISHES_PAGES = {Role.PUBLISHER, Role.MANAGER}
"""Among them, those who put online."""


SUBMITS_FILE = {Role.LEAD, Role.ELECTED}
"""Roles of a collectivité that may hand the file over."""


KEEPERS = {
    Kind.COLLECTIVITE: Role.LEAD,
    Kind.NATIONAL: Role.MANAGER,
    Kind.DELEGATION: Role.HEAD,
    Kind.STRUCTURE: Role.DIRECTOR,
}
"""In each kind of organisation, the role that may not stand empty once someone held it: the last one names a
successor before leaving."""


def roles_of(kind: str) -> list[Role]:
    return [Role(role) for role, about in ROLES.items() if about.kind == kind]


class ClaimStatus(models.TextChoices):
    ASKED = "asked", _("à vérifier")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")
    WITHDRAWN = "withdrawn", _("retirée")


CLAIM_MOVES = {
    ClaimStatus.ASKED: {ClaimStatus.ACCEPTED, ClaimStatus.REFUSED, ClaimStatus.WITHDRAWN},
    ClaimStatus.ACCEPTED: set(),
    ClaimStatus.REFUSED: set(),
    ClaimStatus.WITHDRAWN: set(),
}


class Proof(models.TextChoices):
    EMAIL_DOMAIN = "email_domain", _("adresse électronique de la collectivité")
    DOCUMENT = "document", _("document joint")
    PROCONNECT = "proconnect", _("identité professionnelle vérifiée par ProConnect")
