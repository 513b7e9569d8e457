"""Children's proposals: drafted from what they said, made public in their words, answered, done. Each move writes a
step of the thread and an entry of the log, and tells the adults who tell the children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.enums import SUBMITS_FILE, WRITES_FILE
from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import proposals as emails
from marelle.participation.enums import Origin, ProposalState, StepKind, VerbatimState
from marelle.participation.models import Council, Proposal, ProposalStep, Session, Verbatim
from marelle.participation.queries import proposals as queries
from marelle.participation.rules import proposals as rules
from marelle.participation.rules.proposals import Act


@transaction.atomic
def propose(
    *, organisation: Organisation | None, wording: str, theme: str, by: Any, at: datetime,
    session: Session | None = None, verbatims: Sequence[Verbatim] = (), council: Council | None = None,
    article: int | None = None, age_band: str = "", group_name: str = "",
) -> Proposal:  # fmt: skip
    """Draft a proposal to who must answer it: from approved words, from a session, or from a council. It is public once
    that collectivité makes it so."""
    verbatims = list(
        Verbatim.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in verbatims])
        .select_related("session__consultation", "session__station", "session__organisation")
    )
    source = verbatims[0].session.consultation if verbatims else None
    sessions = {one.session for one in verbatims}
    if session is None and len(sessions) == 1:
        [session] = sessions
    require(rules.can_propose(by, organisation, session=session, source=source))
    assert organisation is not None  # The rule refuses to draft for nobody.
    assert organisation.territory is not None  # A collectivité has one: held by the database.
    if any(one.state != VerbatimState.APPROVED for one in verbatims):
        raise Refused(_("Une de ces paroles n’est plus publiable\u202f: relisez votre choix."))
    if any(queries.who_answers(one) != organisation for one in sessions):
        raise Refused(
            _("Ces paroles viennent de plusieurs collectivités\u202f: une proposition s’adresse à une seule.")
        )

    origin = Origin.VERBATIM if verbatims else Origin.COUNCIL if council else Origin.SESSION
    proposal = Proposal.objects.create(
        organisation=organisation, territory=organisation.territory, origin=origin, session=session, council=council,
        wording=_said(wording), theme=theme, article=article, age_band=age_band, group_name=group_name.strip(),
        created_at=at, created_by=by, is_demonstration=organisation.is_demonstration,
    )  # fmt: skip
    proposal.verbatims.set(verbatims)
    note_step(proposal, StepKind.PROPOSED, by=by, at=at)
    record("participation.proposal.drafted", on=proposal, by=by, at=at, origin=origin, words=len(verbatims))
    _tell_collectivite(proposal, emails.proposal_to_word, WRITES_FILE, by=by, at=at)
    return proposal


@transaction.atomic
def word(
    *, proposal: Proposal, wording: str, theme: str, article: int | None, age_band: str, group_name: str, by: Any,
    at: datetime, reason: str = "",
) -> Proposal:  # fmt: skip
    """Put it in the children's words, or correct them before the answer. Once public, the thread says that the words
    changed and why; the former ones are not kept, for they may be what had to go (a name)."""
    proposal = locked(proposal)
    require(rules.can(by, Act.WORD, proposal))
    was_public, changed = proposal.is_public, wording.strip() != proposal.wording
    if was_public and changed and not reason.strip():
        raise Refused(_("Dites pourquoi les mots changent\u202f: les enfants le liront."))
    if changed and proposal.box_id:
        raise Refused(_("Des enfants votent ou ont voté sur ces mots\u202f: ils ne changent plus."))
    proposal.wording, proposal.theme, proposal.article = _said(wording), theme, article
    proposal.age_band, proposal.group_name = age_band, group_name.strip()
    proposal.save(update_fields=["wording", "theme", "article", "age_band", "group_name"])
    if was_public and changed:
        note_step(proposal, StepKind.WORDED, text=reason.strip(), by=by, at=at)
    record("participation.proposal.worded", on=proposal, by=by, at=at, changed=changed)
    return proposal


@transaction.atomic
def publish(*, proposal: Proposal, by: Any, at: datetime) -> Proposal:
    """Approve the words and make it public: from today the answer is owed, by a day that is said."""
    proposal = locked(proposal)
    require(rules.can(by, Act.PUBLISH, proposal))
    words = proposal.verbatims.select_for_update(of=("self",))
    if proposal.origin == Origin.VERBATIM and all(one.state != VerbatimState.APPROVED for one in words):
        # Set aside, or held, since: said alike, for nobody here may learn which.
        raise Refused(
            _(
                "Les paroles dont elle vient ne sont plus publiables\u202f: retirez cette proposition, et faites-en une "
                "autre à partir de paroles relues."
            )
        )
    proposal.state, proposal.made_on = ProposalState.MADE, localdate(at)
    proposal.due_on = proposal.made_on + timedelta(days=settings.PROPOSAL_ANSWER_DAYS)
    proposal.save(update_fields=["state", "made_on", "due_on"])
    note_step(proposal, StepKind.PUBLISHED, by=by, at=at)
    record("participation.proposal.published", on=proposal, by=by, at=at, due=proposal.due_on.isoformat())
    _tell_followers(proposal, emails.proposal_opened, by=by, at=at)
    _tell_collectivite(proposal, emails.proposal_to_answer, SUBMITS_FILE, by=by, at=at)
    return proposal


@transaction.atomic
def answer(
    *, proposal: Proposal, text: str, answered_by: str, planned_for: date, by: Any, at: datetime, simple: str = ""
) -> Proposal:
    """Say yes: what will be done, by whom it is said, for when. Reopens one that was said impossible."""
    proposal = locked(proposal)
    require(rules.can(by, Act.ANSWER, proposal))
    if planned_for < localdate(at):
        raise Refused(_("La date prévue est déjà passée\u202f: choisissez aujourd’hui ou plus tard."))
    _answered(proposal, ProposalState.ANSWERED, text, simple, answered_by, at)
    proposal.planned_for = planned_for
    proposal.save(update_fields=[*ANSWER, "planned_for"])
    note_step(proposal, StepKind.ANSWERED, text=proposal.answer, said_by=proposal.answered_by, by=by, at=at)
    record("participation.proposal.answered", on=proposal, by=by, at=at, planned=planned_for.isoformat())
    _tell_everyone(proposal, emails.proposal_answered, by=by, at=at)
    return proposal


@transaction.atomic
def decline(*, proposal: Proposal, text: str, answered_by: str, by: Any, at: datetime, simple: str = "") -> Proposal:
    """Say that it is not possible, and why: an answer too."""
    proposal = locked(proposal)
    require(rules.can(by, Act.DECLINE, proposal))
    _answered(proposal, ProposalState.IMPOSSIBLE, text, simple, answered_by, at)
    proposal.planned_for = None
    proposal.save(update_fields=[*ANSWER, "planned_for"])
    note_step(proposal, StepKind.IMPOSSIBLE, text=proposal.answer, said_by=proposal.answered_by, by=by, at=at)
    record("participation.proposal.declined", on=proposal, by=by, at=at)
    _tell_everyone(proposal, emails.proposal_answered, by=by, at=at)
    return proposal


@transaction.atomic
def finish(*, proposal: Proposal, note: str, done_on: date, done_by: str, by: Any, at: datetime) -> Proposal:
    """Say that it is done: what, when, and who did it."""
    proposal = locked(proposal)
    require(rules.can(by, Act.FINISH, proposal))
    require(rules.says_something(note))
    assert proposal.made_on is not None  # What was answered was made: held by the database.
    if not proposal.made_on <= done_on <= localdate(at):
        raise Refused(_("La réalisation date d’un jour entre la proposition et aujourd’hui."))
    proposal.state, proposal.done_on, proposal.done_note = ProposalState.DONE, done_on, note.strip()
    proposal.save(update_fields=["state", "done_on", "done_note"])
    note_step(proposal, StepKind.DONE, text=proposal.done_note, said_by=done_by.strip(), on=done_on, by=by, at=at)
    record("participation.proposal.done", on=proposal, by=by, at=at, day=done_on.isoformat())
    _tell_everyone(proposal, emails.proposal_done, by=by, at=at)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: Any, at: datetime) -> Proposal:
    """Take it back before any answer. The reason stays, and once it was public its page goes on saying it."""
    proposal = locked(proposal)
    require(rules.can_withdraw(by, proposal))
    if proposal.is_public:
        require(rules.says_something(reason))
    elif not reason.strip():
        raise Refused(_("Donnez le motif\u202f: il sera lu par les personnes concernées."))
    if proposal.joined.exists():
        raise Refused(
            _("D’autres propositions lui sont réunies\u202f: séparez-les d’abord, chacune attend sa réponse.")
        )
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    note_step(proposal, StepKind.WITHDRAWN, text=reason.strip(), by=by, at=at)
    record("participation.proposal.withdrawn", on=proposal, by=by, at=at)
    _tell_followers(proposal, emails.proposal_withdrawn, by=by, at=at)
    return proposal


@transaction.atomic
def join(*, proposal: Proposal, into: Proposal, by: Any, at: datetime) -> Proposal:
    """Two groups said the same: one answer for both, counted once; both threads remember."""
    first, second = sorted(
        [proposal, into], key=lambda one: one.pk
    )  # Always in this order: no two wait for each other.
    held = {one.pk: locked(one) for one in (first, second)}
    proposal, into = held[proposal.pk], held[into.pk]
    require(rules.can_join(by, proposal, into))
    proposal.joined_to = into
    proposal.save(update_fields=["joined_to"])
    note_step(proposal, StepKind.JOINED, by=by, at=at)
    note_step(into, StepKind.JOINED, by=by, at=at)
    record("participation.proposal.joined", on=proposal, by=by, at=at, into=into.public_id)
    return proposal


@transaction.atomic
def separate(*, proposal: Proposal, by: Any, at: datetime) -> Proposal:
    """Undo a join: each waits for its own answer again, by its own day."""
    proposal = locked(proposal)
    require(rules.can_separate(by, proposal))
    into = proposal.joined_to
    assert into is not None  # The rule refuses otherwise.
    proposal.joined_to = None
    proposal.save(update_fields=["joined_to"])
    note_step(proposal, StepKind.SEPARATED, by=by, at=at)
    note_step(into, StepKind.SEPARATED, by=by, at=at)
    record("participation.proposal.separated", on=proposal, by=by, at=at, of=into.public_id)
    return proposal


ANSWER = ("state", "answer", "answer_simple", "answered_by", "answered_on")


def locked(proposal: Proposal) -> Proposal:
    """As it is now, held until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "territory", "session", "box", "joined_to").get(pk=proposal.pk)


def _said(wording: str) -> str:
    wording = " ".join(wording.split(" ")).strip()
    if not wording:
        raise Refused(_("Écrivez la proposition, dans les mots des enfants."))
    return wording


def _answered(proposal: Proposal, state: ProposalState, text: str, simple: str, answered_by: str, at: datetime) -> None:
    require(rules.says_something(text))
    if not answered_by.strip():
        raise Refused(_("Dites qui répond\u202f: les enfants doivent savoir qui leur parle."))
    proposal.state, proposal.answer, proposal.answer_simple = state, text.strip(), simple.strip()
    proposal.answered_by = answered_by.strip()
    proposal.answered_on = proposal.answered_on or localdate(at)


def note_step(
    proposal: Proposal, kind: StepKind, *, by: Any, at: datetime, text: str = "", said_by: str = "",
    on: date | None = None,
) -> None:  # fmt: skip
    ProposalStep.objects.create(
        proposal=proposal, kind=kind, state=proposal.state, text=text, said_by=said_by, on=on or localdate(at), at=at,
        by=by,
    )  # fmt: skip


def _tell_collectivite(proposal: Proposal, build: Any, roles: Iterable[str], *, by: Any, at: datetime) -> None:
    for person in queries.people(roles, proposal.organisation, on=localdate(at)):
        if person.pk != by.pk:
            send_on_commit(build, to=person, at=at, proposal=proposal)


def _tell_followers(proposal: Proposal, build: Any, *, by: Any, at: datetime) -> None:
    for person in queries.followers(proposal, on=localdate(at)):
        if person.pk != by.pk:
            send_on_commit(build, to=person, at=at, proposal=proposal)


def _tell_everyone(proposal: Proposal, build: Any, *, by: Any, at: datetime) -> None:
    """Those who tell the children, and those who carry the collectivité's word, each once."""
    day = localdate(at)
    told = {one.pk: one for one in queries.followers(proposal, on=day)}
    told |= {one.pk: one for one in queries.people(SUBMITS_FILE, proposal.organisation, on=day)}
    for person in told.values():
        if person.pk != by.pk:
            send_on_commit(build, to=person, at=at, proposal=proposal)
