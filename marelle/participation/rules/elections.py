"""Who prepares an election, who opens the vote of a class, who counts, reads and announces, and when."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE, WRITES_FILE, Kind, Role
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.ballots.enums import Mode
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import ELECTION_MOVES, ElectionState
from marelle.participation.models import Candidate, Council, Election, Term
from marelle.participation.models.elections import HELPERS
from marelle.participation.queries import elections as queries

MODES = (Mode.TICKETS, Mode.SHARED, Mode.PAPER)
"""No open link: one voice each takes a roll."""
FEWEST = 2
"""With one candidate there is nothing to choose."""


def can_create(user: Any, council: Council) -> Answer:
    if not standing(user).has_role_in(council.organisation, WRITES_FILE):
        return No(_nobody(council))
    return not council.ended_on or NotNow(_("Ce conseil a pris fin."))


def can_tend(user: Any, election: Election) -> Answer:
    """The adults of the council, whatever the state."""
    if not standing(user).has_role_in(election.council.organisation, WRITES_FILE):
        return No(_nobody(election.council))
    return True


def can_prepare(user: Any, election: Election) -> Answer:
    """Change its terms and its candidates: until the vote opens."""
    allowed = can_tend(user, election)
    if not allowed:
        return allowed
    return election.state == ElectionState.DRAFT or NotNow(
        _("Le vote est ouvert\u202f: les candidatures et les règles ne changent plus.")
    )


def can_be_terms(*, seats: int, votes_each: int, starts_on: date, ends_on: date) -> Answer:
    if ends_on < starts_on:
        return NotNow(_("Le vote finit après avoir commencé\u202f: vérifiez les dates."))
    if votes_each > seats:
        return NotNow(_("Un enfant n’a pas plus de voix qu’il n’y a de sièges."))
    return True


def missing(election: Election, candidates: list[Candidate]) -> list[str]:
    """What keeps the vote from opening, each in words."""
    found = []
    if len(candidates) < FEWEST:
        found.append(_("Inscrivez au moins deux candidatures."))
    without = [one.first_name for one in candidates if not one.has_consent]
    if without:
        found.append(_("L’accord de l’enfant et de ses responsables manque pour\u202f: %s.") % ", ".join(without))
    undrawn = [one.first_name for one in candidates if not one.picto]
    if undrawn:
        found.append(_("Un dessin manque pour\u202f: %s. Il sert à qui ne lit pas encore.") % ", ".join(undrawn))
    drawings = [one.picto for one in candidates if one.picto]
    if len(set(drawings)) < len(drawings):
        found.append(_("Deux candidatures ont le même dessin\u202f: qui ne lit pas encore les confondrait."))
    if len(candidates) >= FEWEST and election.votes_each >= len(candidates):
        found.append(_("Il y a autant de voix que de candidatures\u202f: donnez moins de voix à chaque enfant."))
    return found


def can_open(user: Any, election: Election) -> Answer:
    """Freeze the candidates and let classes vote. Everything is there."""
    if not standing(user).has_role_in(election.council.organisation, SUBMITS_FILE):
        return No(_("Ouvrir le vote revient à la personne référente ou à l’élu·e de référence."))
    if election.state != ElectionState.DRAFT:
        return NotNow(_("Le vote est déjà ouvert."))
    lacks = missing(election, queries.standing_candidates(election))
    return NotNow(" ".join(lacks)) if lacks else True


def organisations_for(user: Any, election: Election) -> list[Organisation]:
    """In whose name this person may open the vote of a class: their school or leisure centre in the territory first,
    then the collectivité."""
    town = election.council.organisation
    found = {}
    for m in standing(user).memberships:
        place = m.organisation.territory
        inside = place is not None and town.territory_id in {place.pk, place.epci_id, place.ept_id}
        is_helper = m.organisation.kind == Kind.STRUCTURE and m.role in HELPERS and inside
        is_town = m.organisation_id == town.pk and m.role in WRITES_FILE
        if is_helper or is_town:
            found[m.organisation_id] = m.organisation
    return sorted(found.values(), key=lambda one: (one.kind != Kind.STRUCTURE, one.name, one.pk))


def can_open_class(user: Any, election: Election, *, on: date) -> Answer:
    if not organisations_for(user, election):
        return No(
            _("Ouvrir le vote d’une classe revient aux écoles et centres de loisirs du territoire, et à %(who)s.")
            % {"who": election.council.organisation}
        )
    match election.state:
        case ElectionState.DRAFT:
            return NotNow(_("Le vote n’est pas encore ouvert."))
        case ElectionState.COUNTED | ElectionState.ANNOUNCED:
            return NotNow(_("Le vote est clos."))
    if on < election.starts_on:
        return NotNow(_("Le vote commence le %(day)s.") % {"day": f"{election.starts_on:%d/%m/%Y}"})
    if on > election.ends_on:
        return NotNow(_("Le vote s’est terminé le %(day)s.") % {"day": f"{election.ends_on:%d/%m/%Y}"})
    return True


def can_close(user: Any, election: Election) -> Answer:
    """End the vote everywhere and count. Nobody goes back."""
    if not standing(user).has_role_in(election.council.organisation, SUBMITS_FILE):
        return No(_("Clore le vote revient à la personne référente ou à l’élu·e de référence."))
    match election.state:
        case ElectionState.OPEN:
            return True
        case ElectionState.DRAFT:
            return NotNow(_("Le vote n’est pas encore ouvert."))
    return NotNow(_("Le vote est déjà clos."))


def can_read_counts(user: Any, election: Election) -> Answer:
    """Announced: the adults of the council. Before: who carries it, and the log keeps it."""
    if election.state == ElectionState.ANNOUNCED:
        return can_tend(user, election)
    if not standing(user).has_role_in(election.council.organisation, SUBMITS_FILE):
        return No(
            _("Avant l’annonce, personne ne lit les résultats, sauf la personne référente ou l’élu·e de référence.")
        )
    return election.state == ElectionState.COUNTED or NotNow(_("Personne ne lit les voix avant la fin du vote."))


def can_draw(user: Any, election: Election) -> Answer:
    """Note the lots drawn between those who came level."""
    if not standing(user).has_role_in(election.council.organisation, SUBMITS_FILE):
        return No(_("Le tirage au sort revient à la personne référente ou à l’élu·e de référence."))
    if election.state != ElectionState.COUNTED:
        return NotNow(_("On ne tire au sort qu’entre la fin du vote et l’annonce."))
    return bool(queries.outcome(election).tied) or NotNow(_("Il n’y a pas d’égalité à départager."))


def can_announce(user: Any, election: Election) -> Answer:
    if not standing(user).has_role_in(election.council.organisation, SUBMITS_FILE):
        return No(_("Annoncer le résultat revient à la personne référente ou à l’élu·e de référence."))
    match election.state:
        case ElectionState.ANNOUNCED:
            return NotNow(_("Le résultat est déjà annoncé."))
        case ElectionState.DRAFT | ElectionState.OPEN:
            return NotNow(_("Le vote n’est pas terminé."))
    outcome = queries.outcome(election)
    if outcome.tied and not outcome.is_settled:
        return NotNow(_("Il y a une égalité\u202f: notez d’abord le tirage au sort."))
    return True


def can_withdraw(user: Any, candidate: Candidate) -> Answer:
    """A child may renounce at any moment, and so may their guardians; once elected, one leaves the council instead."""
    allowed = can_tend(user, candidate.election)
    if not allowed:
        return allowed
    if candidate.withdrawn_on:
        return NotNow(_("Ce renoncement est déjà noté."))
    if candidate.election.state == ElectionState.DRAFT:
        return NotNow(_("Le vote n’est pas ouvert\u202f: supprimez la candidature."))
    return candidate.member_id is None or NotNow(_("Cet enfant siège\u202f: notez un départ sur sa fiche."))


def can_install(user: Any, election: Election, term: Term | None) -> Answer:
    """Put those elected on the list of a term, their consents still to be signed."""
    allowed = can_tend(user, election)
    if not allowed:
        return allowed
    if election.state != ElectionState.ANNOUNCED:
        return NotNow(_("Annoncez d’abord le résultat."))
    if term is None or term.council_id != election.council_id:
        return NotNow(_("Ouvrez d’abord le mandat qui les attend."))
    return queries.to_install(election).exists() or NotNow(_("Les élus sont déjà inscrits au conseil."))


def _nobody(council: Council) -> str:
    return _(
        "Tenir cette élection revient à la personne référente, à l’élu·e de référence et aux contributeurs de %(who)s."
    ) % {"who": council.organisation}


def end_of(election: Election) -> datetime:
    """The last minute of the vote's last day."""
    return timezone.make_aware(datetime.combine(election.ends_on, time(23, 59)))


def life() -> Life:
    """The diagram of `docs/states/election.md`, from the table."""
    carries = ", ".join(str(role.label) for role in Role if role in SUBMITS_FILE)
    rows = [
        ("`open_vote`", str(ElectionState.DRAFT.label), str(ElectionState.OPEN.label), carries),
        ("`close`", str(ElectionState.OPEN.label), str(ElectionState.COUNTED.label), carries),
        ("`announce`", str(ElectionState.COUNTED.label), str(ElectionState.ANNOUNCED.label), carries),
    ]
    return Life(
        "election",
        "The life of a council's election",
        "Worked out from its moments, never written by hand. The vote opens once every card is complete; it is counted "
        "in one act that closes every class; the count stays sealed until it is announced, lots drawn first when "
        "candidates came level.",
        ElectionState,
        ELECTION_MOVES,
        ElectionState.DRAFT,
        rows,
    )
