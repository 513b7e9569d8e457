"""Who words children's proposals, answers them, says what was done, and when. `ACTS` is the table; the diagram of
`docs/states/proposal.md` says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marelle.accounts.enums import SUBMITS_FILE, WRITES_FILE, Kind, Role
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import PROPOSAL_MOVES, Duty, ProposalState
from marelle.participation.models import Consultation, Proposal, Session
from marelle.participation.queries.proposals import brings_the_sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEADS_A_GROUP = {Role.FACILITATOR, Role.DIRECTOR, Role.HEAD, Role.VOLUNTEER}
"""Roles, outside a collectivité, of the adults who hold sessions."""
DRAFT, MADE, ANSWERED = ProposalState.DRAFT, ProposalState.MADE, ProposalState.ANSWERED
IMPOSSIBLE, DONE, WITHDRAWN = ProposalState.IMPOSSIBLE, ProposalState.DONE, ProposalState.WITHDRAWN


class Act(StrEnum):
    """What may be done about a proposal."""

    WORD = "word"
    PUBLISH = "publish"
    ANSWER = "answer"
    DECLINE = "decline"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    JOIN = "join"
    SUPPORT = "support"


@dataclass(frozen=True)
class Allowed:
    """By which roles of the collectivité, from which states, and what is said to the others."""

    roles: set[Role]
    states: frozenset[ProposalState]
    not_yours: StrOrPromise
    not_now: StrOrPromise


_WRITES = gettext_lazy("Cela revient à l’équipe de la collectivité qui doit répondre.")
_ENGAGES = gettext_lazy(
    "Répondre engage la collectivité\u202f: cela revient à la personne référente ou à l’élu·e de référence."
)
ACTS: dict[Act, Allowed] = {
    Act.WORD: Allowed(
        WRITES_FILE, frozenset({DRAFT, MADE}), _WRITES,
        gettext_lazy("Les mots ne changent plus\u202f: la proposition a reçu sa réponse, ou elle est retirée."),
    ),
    Act.PUBLISH: Allowed(
        WRITES_FILE, frozenset({DRAFT}), _WRITES, gettext_lazy("Cette proposition n’est plus à mettre en mots.")
    ),
    Act.ANSWER: Allowed(
        SUBMITS_FILE, frozenset({MADE, IMPOSSIBLE}), _ENGAGES,
        gettext_lazy("On répond «\u202foui\u202f» à une proposition faite, ou dite impossible et rouverte."),
    ),
    Act.DECLINE: Allowed(
        SUBMITS_FILE, frozenset({MADE, ANSWERED}), _ENGAGES,
        gettext_lazy("On dit impossible une proposition faite, ou promise et pas encore réalisée."),
    ),
    Act.FINISH: Allowed(
        WRITES_FILE, frozenset({ANSWERED}), _WRITES,
        gettext_lazy("Seule une proposition à laquelle on a répondu «\u202foui\u202f» peut être réalisée."),
    ),
    Act.WITHDRAW: Allowed(
        WRITES_FILE, frozenset({DRAFT, MADE}), _WRITES,
        gettext_lazy("Une proposition qui a reçu sa réponse ne se retire plus."),
    ),
    Act.JOIN: Allowed(
        WRITES_FILE, frozenset({MADE}), _WRITES,
        gettext_lazy("Seule une proposition publique, sans réponse encore, se réunit à une autre."),
    ),
    Act.SUPPORT: Allowed(
        WRITES_FILE, frozenset({MADE, ANSWERED}), _WRITES,
        gettext_lazy("On soutient une proposition publique qui n’est ni réalisée, ni impossible, ni retirée."),
    ),
}  # fmt: skip


def can(user: Any, act: Act, proposal: Proposal) -> Answer:
    """The table, read for one person and one proposal. A proposal joined to another follows it: nothing is done to it
    but to separate it."""
    allowed = ACTS[act]
    if not standing(user).has_role_in(proposal.organisation, allowed.roles):
        return No(str(allowed.not_yours))
    if proposal.state not in allowed.states:
        return NotNow(str(allowed.not_now))
    if proposal.joined_to_id:
        return NotNow(_("Cette proposition est réunie à une autre\u202f: c’est sur l’autre que l’on agit."))
    return True


def can_withdraw(user: Any, proposal: Proposal) -> Answer:
    """Besides the collectivité, whoever drafted it may take it back while nobody has made it public."""
    if proposal.state == DRAFT and proposal.created_by_id == getattr(user, "pk", 0) and standing(user).memberships:
        return True
    return can(user, Act.WITHDRAW, proposal)


def can_join(user: Any, proposal: Proposal, into: Proposal | None) -> Answer:
    """Two public proposals to the same collectivité, the one that is joined having no answer of its own."""
    answer = can(user, Act.JOIN, proposal)
    if not answer or into is None:
        return answer
    if into.pk == proposal.pk or into.organisation_id != proposal.organisation_id:
        return NotNow(_("Choisissez une autre proposition, faite à la même collectivité."))
    if not into.is_public or into.joined_to_id:
        return NotNow(_("L’autre proposition doit être publique, et n’être réunie à aucune autre."))
    if proposal.joined.exists():
        return NotNow(_("D’autres propositions lui sont réunies\u202f: réunissez plutôt l’autre à celle-ci."))
    if proposal.box_id:
        return NotNow(_("Des enfants votent ou ont voté pour cette proposition\u202f: elle garde sa place."))
    return True


def can_separate(user: Any, proposal: Proposal) -> Answer:
    """Undo a join while the other has no answer: afterwards its answer is the answer of both."""
    if not standing(user).has_role_in(proposal.organisation, WRITES_FILE):
        return No(str(_WRITES))
    if proposal.joined_to is None:
        return NotNow(_("Cette proposition n’est réunie à aucune autre."))
    return proposal.joined_to.state == MADE or NotNow(_("L’autre a reçu sa réponse, qui vaut pour les deux."))


def can_open_support(user: Any, proposal: Proposal) -> Answer:
    """One vote for one proposal, once."""
    answer = can(user, Act.SUPPORT, proposal)
    if answer and proposal.box_id:
        return NotNow(_("Un vote de soutien a déjà eu lieu, ou est en cours."))
    return answer


def can_run_support(user: Any, proposal: Proposal) -> Answer:
    """Open a group's vote, close it, or end the whole vote."""
    if not standing(user).has_role_in(proposal.organisation, WRITES_FILE):
        return No(str(_WRITES))
    if proposal.box is None:
        return NotNow(_("Aucun vote de soutien n’est ouvert."))
    return proposal.box.closed_at is None or NotNow(_("Le vote de soutien est clos."))


def can_follow(user: Any) -> Answer:
    """The page where a collectivité words and answers."""
    who = standing(user)
    wrote = any(m.role in WRITES_FILE and m.organisation.kind == Kind.COLLECTIVITE for m in who.memberships)
    return wrote or No(_("Cette page est celle des équipes de collectivités."))


def can_print(user: Any, proposal: Proposal) -> Answer:
    """The sheet for the class: the collectivité, the adult of the group and their colleagues. Public words only."""
    if not brings_the_sheet(user, proposal):
        return No(_("La fiche est remise par l’adulte du groupe ou par la collectivité."))
    return proposal.is_public or NotNow(_("La fiche sera prête quand la proposition sera publique."))


def can_propose(
    user: Any, organisation: Organisation | None, *, session: Session | None = None, source: Consultation | None = None
) -> Answer:
    """Carry what children propose to who must answer: the collectivité's people; the adult of the session and their
    colleagues; the moderators of the consultation. Only the collectivité makes it public."""
    who = standing(user)
    writes = organisation is not None and who.has_role_in(organisation, WRITES_FILE)
    held = session is not None and bool(
        (session.opened_by_id == getattr(user, "pk", 0) and who.memberships)
        or who.has_role_in(session.organisation, LEADS_A_GROUP)
        or (session.organisation.kind == Kind.COLLECTIVITE and who.has_role_in(session.organisation, WRITES_FILE))
    )
    moderates = source is not None and bool(
        who.memberships and source.stewards.filter(user=user.pk, duty__in=[Duty.AUTHOR, Duty.MODERATOR]).exists()
    )
    if not (writes or held or moderates):
        return No(_("Cela revient à l’adulte du groupe, à qui relit les paroles, ou à la collectivité."))
    if organisation is None:
        return NotNow(
            _("Aucune collectivité de ce territoire n’est encore ici pour répondre\u202f: la proposition attendrait.")
        )
    return organisation.closed_on is None or NotNow(
        _("Cette collectivité n’existe plus\u202f: personne ne répondrait.")
    )


def says_something(text: str) -> Answer:
    """At least a real sentence: children are not answered «\u202fvu\u202f» or «\u202fnon\u202f»."""
    words = re.findall(r"\w+", text)
    if len(words) >= 4 and sum(map(len, words)) >= 15:
        return True
    return NotNow(_("Écrivez au moins une vraie phrase\u202f: les enfants la liront."))


def life() -> Life:
    """The diagram of `docs/states/proposal.md`, from the tables."""
    to = {Act.PUBLISH: MADE, Act.ANSWER: ANSWERED, Act.DECLINE: IMPOSSIBLE, Act.FINISH: DONE, Act.WITHDRAW: WITHDRAWN}
    rows = [
        (
            f"`{act}`",
            ", ".join(str(state.label) for state in ProposalState if state in ACTS[act].states),
            str(ends.label),
            ", ".join(str(role.label) for role in Role if role in ACTS[act].roles),
        )
        for act, ends in to.items()
    ]
    return Life(
        "proposal",
        "The life of a children's proposal",
        "Drafted by the adult of a group, a moderator or the town; made public, answered and done by the town. *Not "
        "possible* is an answer, and can be reopened. While it waits, `word` corrects its words and `join` lets another "
        "answer stand for it.",
        ProposalState,
        PROPOSAL_MOVES,
        DRAFT,
        rows,
    )
