"""Kinds of organisation, and the table of roles: who may do what, in words a person can read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    COLLECTIVITE = "collectivite", "collectivité"
    NATIONAL = "national", "équipe nationale"
    DELEGATION = "delegation", "délégation"
    STRUCTURE = "structure", "structure"


class StructureKind(models.TextChoices):
    SCHOOL = "school", "école, collège ou lycée"
    LIBRARY = "library", "bibliothèque"
    LEISURE = "leisure", "centre de loisirs"
    ASSOCIATION = "association", "association"


class Role(models.TextChoices):
    LEAD = "lead", "référent·e"
    ELECTED = "elected", "élu·e de référence"
    CONTRIBUTOR = "contributor", "contributeur·rice"
    SIGNATORY = "signatory", "maire ou président·e"
    MANAGER = "manager", "responsable du programme"
    ADVISER = "adviser", "conseiller·ère"
    EXPERT = "expert", "expert·e"
    SAFEGUARDING = "safeguarding", "référent·e protection de l’enfance"
    HEAD = "head", "responsable de délégation"
    VOLUNTEER = "volunteer", "bénévole"
    DIRECTOR = "director", "responsable de structure"
    FACILITATOR = "facilitator", "animateur·rice"


@dataclass(frozen=True)
class About:
    """A role as people know it: in which kind of organisation, and what it allows."""

    kind: Kind
    allows: str
    invites: bool = False


ROLES: dict[str, About] = {
    Role.LEAD: About(
        Kind.COLLECTIVITE,
        "Pilote la démarche, invite ses collègues, remplit et dépose le dossier.",
        invites=True,
    ),
    Role.ELECTED: About(Kind.COLLECTIVITE, "Porte la démarche au conseil, remplit et dépose le dossier.", invites=True),
    Role.CONTRIBUTOR: About(Kind.COLLECTIVITE, "Remplit le dossier et joint des pièces, sans le déposer."),
    Role.SIGNATORY: About(Kind.COLLECTIVITE, "Lit le dossier et signe la convention."),
    Role.MANAGER: About(
        Kind.NATIONAL,
        "Règle le programme, confirme les demandes, affecte les dossiers et enregistre les décisions.",
        invites=True,
    ),
    Role.ADVISER: About(Kind.NATIONAL, "Accompagne et instruit les dossiers de son portefeuille."),
    Role.EXPERT: About(Kind.NATIONAL, "Donne un avis sur les seuls dossiers qu’on lui confie."),
    Role.SAFEGUARDING: About(Kind.NATIONAL, "Reçoit les alertes qui concernent la sécurité d’un enfant."),
    Role.HEAD: About(
        Kind.DELEGATION,
        "Coordonne la délégation, vérifie les demandes de son territoire, invite les bénévoles.",
        invites=True,
    ),
    Role.VOLUNTEER: About(Kind.DELEGATION, "Lit les dossiers de son territoire et donne l’avis qu’on lui demande."),
    Role.DIRECTOR: About(Kind.STRUCTURE, "Tient la fiche de la structure et invite son équipe.", invites=True),
    Role.FACILITATOR: About(Kind.STRUCTURE, "Ouvre des séances avec les enfants."),
}

WRITES_FILE = {Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR}
"""Roles of a collectivité that may write in its file."""
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
    ASKED = "asked", "à vérifier"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"


CLAIM_MOVES = {
    ClaimStatus.ASKED: {ClaimStatus.ACCEPTED, ClaimStatus.REFUSED, ClaimStatus.WITHDRAWN},
    ClaimStatus.ACCEPTED: set(),
    ClaimStatus.REFUSED: set(),
    ClaimStatus.WITHDRAWN: set(),
}


class Proof(models.TextChoices):
    EMAIL_DOMAIN = "email_domain", "adresse électronique de la collectivité"
    DOCUMENT = "document", "document joint"
    PROCONNECT = "proconnect", "identité professionnelle vérifiée par ProConnect"
