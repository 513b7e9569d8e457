"""What a box is for, how a group votes, and the life of a station as a table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    CONSULTATION = "consultation", _("consultation")
    ELECTION = "election", _("élection")
    SUPPORT = "support", _("soutien à une proposition")


class Mode(models.TextChoices):
    """How each child gets exactly one voice."""

    TICKETS = "tickets", _("un ticket par enfant")
    SHARED = "shared", _("tablettes partagées")
    LINK = "link", _("lien ouvert")
    PAPER = "paper", _("sur papier")


class Gathering(models.TextChoices):
    """Where children met: the « kind of session » of the results."""

    SCHOOL = "school", _("classe")
    LEISURE = "leisure", _("centre de loisirs")
    COUNCIL = "council", _("conseil d’enfants ou de jeunes")
    STREET = "street", _("stand dans la rue")
    ONLINE = "online", _("en ligne")


class StationState(models.TextChoices):
    OPEN = "open", _("ouverte")
    CLOSED = "closed", _("fermée")
    SETTLED = "settled", _("comptée")


MOVES: dict[str, frozenset[str]] = {
    StationState.OPEN: frozenset({StationState.CLOSED}),
    StationState.CLOSED: frozenset({StationState.OPEN, StationState.SETTLED}),
    StationState.SETTLED: frozenset(),
}
"""Closed: no child begins any more, but answers that waited on a tablet without network still arrive.
Settled: the last envelopes are opened, unused tickets are gone, the numbers no longer move."""


class Scope(models.TextChoices):
    """The places for which a tally is kept up."""

    NATION = "nation", _("France")
    DEPARTEMENT = "departement", _("département")
    EPCI = "epci", _("intercommunalité")
    COMMUNE = "commune", _("commune")
    STATION = "station", _("séance")
