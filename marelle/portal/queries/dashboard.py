"""What a collectivité finds when it comes in: where it stands, what waits for it, who accompanies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.accounts.models import Invitation, Organisation
from marelle.accounts.queries import standing
from marelle.participation.enums import ConsultationState
from marelle.participation.models import Consultation, Council
from marelle.participation.queries import verbatims
from marelle.participation.queries.councils import members_to_renew
from marelle.programme.enums import CLOSED, SQUARES, NetworkStatus, Side, Status
from marelle.programme.models import Agreement, Candidacy, Deliberation, NetworkMembership, ProbationTask
from marelle.programme.queries.files import file_of, near, open_correction
from marelle.programme.queries.waiting import awaited_side, with_last_message

from .addresses import address
from .proposals import Card, card_of


@dataclass(frozen=True)
class Todo:
    """One thing that waits for the collectivité, the door to it, and until when."""

    text: str
    url: str
    until: date | datetime | None = None
    tag: str = ""
    kind: str = ""
    square: str = "join"


@dataclass(frozen=True)
class Step:
    """The one thing to do now, as a button."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Twin:
    """The file of the intercommunalité, or of a commune of it."""

    name: str
    url: str
    """Its dashboard, for someone who belongs to both; its public page otherwise."""


@dataclass(frozen=True)
class Dashboard:
    organisation: Organisation
    candidacy: Candidacy | None
    past: list[Candidacy]
    network: NetworkMembership | None
    squares: list[dict[str, str]]
    todos: list[Todo]
    step: Step | None
    twins: list[Twin]
    percent: int | None
    """How much of what is required is written, while the file is being written."""
    voice: Card
    """What children propose to it."""
    is_mine: bool = field(default=True)
    """The person belongs to this collectivité, rather than accompanies it."""


def dashboard(organisation: Organisation, *, user: Any, at: datetime) -> Dashboard:
    """Everything on the page, in a constant number of queries."""
    rows = list(
        with_last_message(Candidacy.objects.visible_to(user).filter(organisation=organisation))
        .annotate(
            adviser_name=F("adviser__name"),
            delegation_name=F("delegation__name"),
            title_ends_on=F("title__ends_on"),
            title_id=F("title__public_id"),
        )
        .select_related("route__mandate", "version")
        .defer("version__content", "intention", "closed_reason", "due_reason")
        .order_by()  # By Python below: Django would compare each of the many columns with what it orders by.
    )
    rows.sort(key=lambda row: (row.opened_at, row.pk), reverse=True)
    for row in rows:
        row.organisation = organisation
        if organisation.territory and row.territory_id == organisation.territory_id:
            row.territory = organisation.territory
    candidacy = next((row for row in rows if row.status not in CLOSED), None)
    current = NetworkMembership.objects.filter(
        organisation=organisation, status__in=[NetworkStatus.ASKED, NetworkStatus.MEMBER]
    )
    network = next(iter(current.select_related("version__route__mandate").defer("version__content").order_by()), None)
    file = file_of(candidacy) if candidacy and candidacy.status == Status.DRAFT else None
    who = standing(user)
    voice = card_of(organisation, on=timezone.localdate(at))
    asked = _consultations(organisation, user)
    return Dashboard(
        organisation=organisation,
        candidacy=candidacy,
        past=[row for row in rows if row is not candidacy],
        network=network,
        squares=squares(candidacy, listening(voice, asked, at)),
        todos=[
            *_of_candidacy(candidacy, file, at),
            *_of_children(voice, at),
            *_of_consultations(asked, at),
            *_of_organisation(organisation, user, at),
        ],
        step=_step(candidacy, organisation),
        twins=_twins(candidacy, who),
        percent=file.done_percent if file else None,
        voice=voice,
        is_mine=organisation.pk in who.collectivite_ids,
    )


Asked = tuple[str, date | None, str, str, int]
"""A consultation: state, day of the answer promised, title, public id, words that wait for this person."""


def squares(candidacy: Candidacy | None, listen: dict[str, str]) -> list[dict[str, Any]]:
    """The hopscotch, from facts alone. Joining and listening are all that Marelle knows today: the rest is said to
    come."""
    if candidacy is None:
        join = {"state": "todo", "detail": _("à commencer")}
    elif candidacy.status == Status.TITLED:
        join = {"state": "done", "detail": _("titre publié")}
    else:
        join = {"state": "current", "detail": candidacy.get_status_display()}
    join["url"] = address("programme:candidacy", candidacy.public_id) if candidacy else ""
    known = {"join": join, "listen": listen}
    later = {"state": "later", "detail": _("à venir")}
    return [{"key": square.key, "name": square.name, **known.get(square.key, later)} for square in SQUARES]


def listening(voice: Card, asked: list[Asked], at: datetime) -> dict[str, str]:
    """Whether children are asked, and answered. The square is done when they were answered and nothing is late; it
    opens again with the next promise that is not kept."""
    counts, today = voice.standing.counts, timezone.localdate(at)
    url = address("participation:proposals_desk")
    states = [state for state, *_rest in asked]
    late = counts.overdue + sum(
        state == ConsultationState.CLOSED and due < today for state, due, *_rest in asked if due
    )
    if late:
        text = ngettext("{n} réponse en retard", "{n} réponses en retard", late)
        return {"state": "current", "detail": text.format(n=late), "url": url}
    if counts.answered or ConsultationState.ANSWERED in states:
        text = ngettext("{n} proposition répondue", "{n} propositions répondues", counts.answered)
        detail = text.format(n=counts.answered) if counts.answered else _("réponse donnée aux enfants")
        return {"state": "done", "detail": detail, "url": url}
    if counts.made or {ConsultationState.OPEN, ConsultationState.CLOSED} & {*states}:
        return {"state": "current", "detail": _("des enfants attendent leur réponse"), "url": url}
    if asked:
        return {
            "state": "current",
            "detail": _("consultation en préparation"),
            "url": address("participation:consultations"),
        }
    return {"state": "todo", "detail": _("à commencer"), "url": address("participation:consultations")}


def _of_candidacy(candidacy: Any, file: Any, at: datetime) -> Iterator[Todo]:
    if candidacy is None:
        return
    own = candidacy.public_id
    if awaited_side(candidacy.last_side, candidacy.settled_at) == Side.COLLECTIVITE:
        yield Todo(_("Répondre au message de l’équipe"), address("programme:messages", own), tag=_("message"))
    if candidacy.status == Status.DRAFT:
        yield _draft(file, own, at)
    elif candidacy.status == Status.CORRECTION:
        correction = open_correction(candidacy)
        count, due = (len(correction.items.all()), correction.due_on) if correction else (0, None)
        text = ngettext("Corriger {n} point du dossier", "Corriger {n} points du dossier", count).format(n=count)
        yield Todo(text, address("programme:file", own), until=due, **_late(due, at))
    elif candidacy.status == Status.PROBATION:
        tasks = ProbationTask.objects.filter(decision__candidacy=candidacy, done_at__isnull=True)
        for task in tasks:
            yield Todo(task.wording, address("programme:candidacy", own), until=task.due_on, **_late(task.due_on, at))
    elif candidacy.status == Status.AWARDED:
        agreed = list(Agreement.objects.filter(candidacy=candidacy).order_by().values_list("signed", flat=True))
        if not Deliberation.objects.filter(candidacy=candidacy).exists():
            yield Todo(_("Joindre la délibération du conseil"), address("programme:deliberation", own))
        if agreed and not any(agreed):
            yield Todo(_("Joindre la convention signée"), address("programme:agreement_sign", own))


def _draft(file: Any, own: str, at: datetime) -> Todo:
    missing = len(file.missing)
    if missing:
        text = ngettext(
            "Compléter le dossier\u202f: il manque {n} réponse ou pièce",
            "Compléter le dossier\u202f: il manque {n} réponses ou pièces",
            missing,
        ).format(n=missing)
    else:
        text = _("Déposer le dossier\u202f: il est complet")
    return Todo(
        text,
        address("programme:file" if missing else "programme:file_check", own),
        until=file.due_on,
        **_late(file.due_on, at),
    )


def _of_organisation(organisation: Organisation, user: Any, at: datetime) -> Iterator[Todo]:
    """Children's consents that end, then invitations without answer. One query."""
    invited = Invitation.objects.filter(
        organisation=OuterRef("pk"), accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
    )
    looked_after = Council.objects.visible_to(user).filter(organisation=organisation)
    unsure = members_to_renew(looked_after, on=timezone.localdate(at))
    renew, waiting = Organisation.objects.values_list(
        _count(unsure.values("term__council__organisation")), _count(invited.values("organisation"))
    ).get(pk=organisation.pk)
    if renew:
        text = ngettext(
            "Recueillir ou renouveler l’accord de {n} membre de conseil",
            "Recueillir ou renouveler l’accord de {n} membres de conseil",
            renew,
        ).format(n=renew)
        yield Todo(text, address("participation:councils"), square="listen")
    if waiting:
        text = ngettext("{n} invitation sans réponse", "{n} invitations sans réponse", waiting).format(n=waiting)
        yield Todo(text, address("accounts:organisation", organisation.public_id), square="govern")


def _count(grouped: Any) -> Any:
    """How many rows: `grouped` has one value, the same for all of them."""
    return Coalesce(Subquery(grouped.order_by().annotate(n=Count("pk")).values("n")), 0)


def _of_children(voice: Card, at: datetime) -> Iterator[Todo]:
    """Answers come first when they are late or nearly so; then what waits to be made public."""
    desk = address("participation:proposals_desk")
    stand = voice.standing
    if stand.owed:
        text = ngettext(
            "Répondre à {n} proposition d’enfants", "Répondre à {n} propositions d’enfants", stand.owed
        ).format(n=stand.owed)
        yield Todo(text, desk, until=stand.next_due, square="listen", **_late(stand.next_due, at))
    if stand.drafts:
        text = ngettext("Relire {n} proposition d’enfants", "Relire {n} propositions d’enfants", stand.drafts).format(
            n=stand.drafts
        )
        yield Todo(text, desk, square="listen")


def _consultations(organisation: Organisation, user: Any) -> list[Asked]:
    """What it asked children, or is about to. One query."""
    words = verbatims.waiting_in(user)
    rows = Consultation.objects.filter(organisation=organisation).exclude(state=ConsultationState.CANCELLED)
    return list(rows.order_by("-pk").values_list("state", "answer_due_on", "title", "public_id", words)[:40])


def _of_consultations(asked: list[Asked], at: datetime) -> Iterator[Todo]:
    """Children's words to read, an answer promised to them, then what is begun and not yet open."""
    for _state, _due, title, own, words in asked:
        if words:
            text = ngettext(
                "Relire {n} parole d’enfant\u202f: {title}", "Relire {n} paroles d’enfants\u202f: {title}", words
            ).format(n=words, title=title)
            yield Todo(text, address("participation:verbatim_queue", own), square="listen")
    waiting = [one for one in asked if one[0] in {ConsultationState.CLOSED, ConsultationState.DRAFT}]
    waiting.sort(key=lambda row: (row[0] == ConsultationState.DRAFT, row[1] or date.max, row[3]))
    for state, due, title, own, _words in waiting:
        if state == ConsultationState.CLOSED:
            text = _("Répondre aux enfants\u202f: {title}").format(title=title)
            yield Todo(text, address("participation:consultation_answer", own), until=due, square="listen", **_late(due, at))  # fmt: skip
        else:
            text = _("Préparer la consultation\u202f: {title}").format(title=title)
            yield Todo(text, address("participation:consultation", own), square="listen")


def _late(due: date | None, at: datetime) -> dict[str, str]:
    if due is None:
        return {}
    left = (due - timezone.localdate(at)).days
    if left < 0:
        return {"tag": _("en retard"), "kind": "bad"}
    if left <= 7:
        return {"tag": ngettext("{n} jour", "{n} jours", left).format(n=left) if left else _("aujourd’hui"), "kind": "warn"}  # fmt: skip
    return {}


def _step(candidacy: Candidacy | None, organisation: Organisation) -> Step | None:
    if candidacy is None:
        return Step(_("Déclarer notre intention"), address("programme:intention"), "flag")
    own = candidacy.public_id
    return {
        Status.DRAFT: Step(_("Ouvrir le dossier"), address("programme:file", own), "pencil"),
        Status.CORRECTION: Step(_("Corriger le dossier"), address("programme:file", own), "pencil"),
        Status.AWARDED: Step(_("Préparer la signature"), address("programme:papers", own), "signature"),
    }.get(
        Status(candidacy.status),
        Step(_("Voir la candidature"), address("programme:candidacy", own), "arrow-right"),
    )


def _twins(candidacy: Candidacy | None, who: Any) -> list[Twin]:
    if candidacy is None:
        return []
    mine = {membership.organisation_id: membership.organisation for membership in who.memberships}
    return [
        Twin(
            name,
            address("portal:collectivite", mine[organisation].public_id)
            if organisation in mine
            else address("portal:territory", code, slug),
        )
        for name, _pk, organisation, code, slug in sorted(
            near(candidacy).values_list("territory__name", "pk", "organisation", "territory__code", "territory__slug")
        )[:12]
    ]


def pending_invitations(user: Any, at: datetime) -> list[Invitation]:
    """Invitations sent to this person's address, still open."""
    return list(
        Invitation.objects.filter(
            Q(email__iexact=user.email), accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
        ).select_related("organisation")
    )
