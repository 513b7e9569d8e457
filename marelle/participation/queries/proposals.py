"""Children's proposals read across: how many, whose turn it is, the thread of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import NoReverseMatch, reverse

from marelle.accounts.enums import Kind as OrganisationKind
from marelle.accounts.models import Membership, Organisation, User
from marelle.accounts.queries import standing
from marelle.ballots.enums import Scope
from marelle.ballots.models import Tally
from marelle.participation.definition import support
from marelle.participation.enums import ANSWERED_STATES, PUBLIC_STATES, Level, Origin, ProposalState
from marelle.participation.models import Consultation, Proposal, Session, Verbatim
from marelle.territories.forms import label
from marelle.territories.models import Kind, Territory

DAYS_BEFORE = 10
"""An answer owed is recalled so many days before its day."""
SUPPORT_THRESHOLD = 5
"""A support count under this is not written out."""


@dataclass(frozen=True)
class Counts:
    """done ≤ answered ≤ made, and overdue ≤ made - answered: each proposal is counted once, those joined to another
    with it."""

    made: int = 0
    answered: int = 0
    done: int = 0
    overdue: int = 0


def figures(on: date) -> dict[str, Count]:
    """What is counted of public proposals that stand for themselves."""
    return {
        "made": Count("pk"),
        "answered": Count("pk", filter=Q(state__in=ANSWERED_STATES)),
        "done": Count("pk", filter=Q(state=ProposalState.DONE)),
        "overdue": Count("pk", filter=Q(state=ProposalState.MADE, due_on__lt=on)),
    }


def counted(rows: Any, *, on: date) -> Counts:
    """One aggregate over these proposals."""
    return Counts(**rows.counted().order_by().aggregate(**figures(on)))


def counts_beside(*, on: date) -> Subquery:
    """The figures of each commune or intercommunalité of a query, read beside it; nothing where there is none."""
    there = Q(territory=OuterRef("pk")) | Q(territory__became=OuterRef("pk"))
    rows = Proposal.objects.counted().filter(there).order_by().values("joined_to")  # One group: it is null in all.
    return Subquery(rows.annotate(found=JSONObject(**figures(on))).values("found"))


def made_to(territory: Territory):
    """Proposals that this territory must answer. A commune answers for those it absorbed; a département or a région is
    the sum of its communes and intercommunalités, each proposal having one territory."""
    rows = Proposal.objects.all()
    if territory.kind == Kind.DEPARTEMENT:
        return rows.filter(territory__departement=territory)
    if territory.kind == Kind.REGION:
        return rows.filter(Q(territory__region=territory) | Q(territory__departement__region=territory))
    return rows.filter(Q(territory=territory) | Q(territory__became=territory))


def of_the_nation(*, on: date) -> Counts:
    """The headline, in one aggregate."""
    return counted(Proposal.objects.all(), on=on)


@dataclass(frozen=True)
class Standing:
    """Where one collectivité stands with what children propose to it."""

    counts: Counts
    drafts: int
    """To word and make public."""
    owed: int
    """Public, without an answer."""
    next_due: date | None


def standing_of(organisation: Organisation, *, on: date) -> Standing:
    """In one query."""
    rows = Proposal.objects.filter(organisation=organisation, joined_to__isnull=True).order_by()
    public, waits = Q(state__in=PUBLIC_STATES), Q(state=ProposalState.MADE)
    found = rows.aggregate(
        made=Count("pk", filter=public),
        answered=Count("pk", filter=Q(state__in=ANSWERED_STATES)),
        done=Count("pk", filter=Q(state=ProposalState.DONE)),
        overdue=Count("pk", filter=waits & Q(due_on__lt=on)),
        drafts=Count("pk", filter=Q(state=ProposalState.DRAFT)),
        next_due=Min("due_on", filter=waits),
    )
    drafts, next_due = found.pop("drafts"), found.pop("next_due")
    counts = Counts(**found)
    return Standing(counts, drafts, counts.made - counts.answered, next_due)


def list_of(territory: Territory) -> str:
    """The address of the public list, narrowed to one territory."""
    if territory.kind == Kind.DEPARTEMENT:
        asked = {"departement": territory.code}
    else:
        asked = {"territoire": label(territory), "territoire_for": label(territory), "territoire_code": territory.code}
    return f"{reverse('participation:proposals')}?{urlencode(asked)}"


def median_delay(rows: Any) -> int | None:
    """Days between being made and the first answer, for those that have one; None when none has."""
    pairs = rows.counted().filter(answered_on__isnull=False).order_by().values_list("made_on", "answered_on")
    days = [(answered - made).days for made, answered in pairs]
    return round(median(days)) if days else None


def who_answers(session: Session) -> Organisation | None:
    """The collectivité that a session's proposals go to: that of a local consultation, else that of the place where the
    group met. None where no collectivité is here yet."""
    if session.consultation is None:
        return None  # An election asks for no proposals.
    if session.consultation.level == Level.LOCAL:
        return session.consultation.organisation
    place = session.station.territory_id
    if place is None:
        return None
    rows = Organisation.objects.open().filter(kind=OrganisationKind.COLLECTIVITE).select_related("territory")
    return rows.filter(Q(territory=place) | Q(territory__absorbed=place)).first()


def people(roles: Iterable[str], organisation: Organisation, *, on: date):
    """Who holds one of these roles there that day, accounts open, each once."""
    rows = Membership.objects.on(on).filter(organisation=organisation, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("pk")


def followers(proposal: Proposal, *, on: date) -> list[User]:
    """The adults whose groups proposed this, joined groups included, and who drafted it: those still in the
    organisation for which they did. They tell the children; no child is ever written to."""
    pairs: set[tuple[int, int]] = set()
    for one in [proposal, *proposal.joined.select_related("session")]:
        held = {(s.opened_by_id, s.organisation_id) for s in Session.objects.filter(verbatims__proposals=one)}
        if one.session is not None:
            held |= {(one.session.opened_by_id, one.session.organisation_id)}
            held |= {(one.created_by_id, one.session.organisation_id)}
        pairs |= held | {(one.created_by_id, one.organisation_id)}
    rows = Membership.objects.on(on).filter(user__in=[user for user, _ in pairs], user__is_active=True)
    still = {user for user, organisation in rows.values_list("user", "organisation") if (user, organisation) in pairs}
    return list(User.objects.filter(pk__in=still).order_by("pk"))


def brings_the_sheet(user: Any, proposal: Proposal) -> bool:
    """Whether this adult hands the sheet to the children: of the collectivité, or of the group's organisation."""
    who = standing(user)
    mine = {proposal.organisation_id} | ({proposal.session.organisation_id} if proposal.session else set())
    return bool(who.memberships and (mine & who.organisation_ids or proposal.created_by_id == user.pk))


def supports(proposals: Iterable[Proposal]) -> dict[int, int]:
    """By proposal: how many children support it, once their vote is closed. One query for the whole list."""
    boxes = {p.box_id: p.pk for p in proposals if p.box is not None and p.box.closed_at}
    counts = dict.fromkeys(boxes.values(), 0)
    if boxes:
        for tally in Tally.objects.filter(box__in=list(boxes), scope=Scope.NATION):
            counts[boxes[tally.box_id]] += tally.cells.get(support.QUESTION, {}).get(support.YES, 0)
    return counts


def with_all(rows: Any) -> Any:
    """What a page says of each, in one query."""
    return rows.select_related("territory__departement", "organisation", "box", "joined_to", "council", "session")


def to_follow(organisations: Iterable[int], *, on: date) -> dict[str, list[Proposal]]:
    """What waits in these collectivités: to word, to answer (the most overdue first), to carry out."""
    rows = with_all(Proposal.objects.filter(organisation__in=list(organisations), joined_to__isnull=True))
    open_states = [ProposalState.DRAFT, ProposalState.MADE, ProposalState.ANSWERED]
    found: dict[str, list[Proposal]] = {state: [] for state in open_states}
    for row in rows.filter(state__in=open_states).order_by("created_at", "pk"):
        found[row.state].append(row)
    found[ProposalState.MADE].sort(key=lambda p: (p.due_on, p.pk))
    found[ProposalState.ANSWERED].sort(key=lambda p: (p.planned_for or date.max, p.pk))
    return found


def latest(rows: Any, how_many: int = 1) -> list[Proposal]:
    """The proposals whose threads moved last."""
    return list(
        with_all(rows.counted()).order_by(Coalesce("done_on", "answered_on", "made_on").desc(), "-pk")[:how_many]
    )


def join_choices(proposal: Proposal) -> Any:
    """The others it could be joined to: public, of the same collectivité, standing for themselves."""
    rows = Proposal.objects.counted().filter(organisation=proposal.organisation_id).exclude(pk=proposal.pk)
    return rows.exclude(state=ProposalState.IMPOSSIBLE).order_by("-made_on", "-pk")


def source_of(proposal: Proposal) -> tuple[Consultation | None, Session | None]:
    """The consultation and the session it comes from, when it comes from them."""
    session = proposal.session
    if session is None and proposal.origin == Origin.VERBATIM:
        session = Session.objects.filter(verbatims__proposals=proposal).select_related("consultation").first()
        return (session.consultation if session else None), None
    return (session.consultation if session else None), session


def door(name: str, *args: Any) -> str:
    """The address of a page of a neighbour room; nothing while it has none."""
    try:
        return reverse(f"participation:{name}", args=args)
    except NoReverseMatch:
        return ""


def of_a_source(*, consultation: Consultation | None = None, session: Session | None = None):
    """The public proposals that came out of a consultation, or of a session: the thread walked forwards. Those made of
    words are found by their words, apart: no join of all proposals with all words."""
    words = Proposal.verbatims.through.objects
    if session is not None:
        direct, said = Q(session=session), words.filter(verbatim__session=session)
    else:
        direct, said = Q(session__consultation=consultation), words.filter(verbatim__session__consultation=consultation)
    return Proposal.objects.filter(direct | Q(pk__in=said.values("proposal")), state__in=PUBLIC_STATES)


def latest_of(consultation: Consultation, how_many: int = 10) -> list[Proposal]:
    """The public proposals of a consultation, the latest first."""
    rows = of_a_source(consultation=consultation).select_related("territory")
    return list(rows.order_by("-made_on", "-pk")[:how_many])


def narrowed(rows: Any, asked: dict[str, Any], *, on: date) -> Any:
    """By territory or département, theme, article. The state is apart (`in_state`): counts are of all states."""
    if territory := asked.get("territoire"):
        rows = rows.filter(pk__in=made_to(territory).values("pk"))
    if departement := asked.get("departement"):
        rows = rows.filter(territory__departement__code=departement, territory__departement__kind=Kind.DEPARTEMENT)
    return rows.filter(**{name: asked[name] for name in ("theme", "article") if name in asked})


def in_state(rows: Any, state: str, *, on: date) -> Any:
    """As the list calls them."""
    rows = rows.counted()
    match state:
        case "attente":
            return rows.filter(state=ProposalState.MADE)
        case "retard":
            return rows.overdue(on=on)
        case "repondue":
            return rows.filter(state=ProposalState.ANSWERED)
        case "realisee":
            return rows.filter(state=ProposalState.DONE)
        case "impossible":
            return rows.filter(state=ProposalState.IMPOSSIBLE)
    return rows


def departements() -> list[tuple[str, str]]:
    there = Territory.objects.current().filter(kind=Kind.DEPARTEMENT).order_by("code")
    return list(there.values_list("code", "name"))


def words_of(consultation: Consultation, user: Any, *, chosen: Iterable[str] = (), limit: int = 200) -> list[Verbatim]:
    """Approved words from which this person may carry a proposal: all of a consultation they tend; else those of their
    own groups and of their own territory. Those already chosen come whatever the limit."""
    rows = Verbatim.objects.public().filter(session__consultation=consultation)
    if not Consultation.objects.tended_by(user).filter(pk=consultation.pk).exists():
        who = standing(user)
        places = {m.organisation.territory_id for m in who.memberships if m.organisation_id in who.collectivite_ids}
        rows = rows.filter(
            Q(session__organisation__in=who.organisation_ids) | Q(session__station__territory__in=places)
        )
    rows = rows.select_related("session__station", "session__consultation__organisation")
    found = {one.pk: one for one in rows.filter(public_id__in=list(chosen)[:limit])}
    for one in rows.order_by("group", "wording", "pk")[:limit]:
        found.setdefault(one.pk, one)
    return list(found.values())
