"""A consultation is prepared, opened, closed and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.ballots.actions import boxes
from marelle.ballots.enums import Purpose
from marelle.core.frozen import digest
from marelle.core.one_by_one import one_by_one
from marelle.core.rules import Refused, require
from marelle.notifications.actions import send_on_commit
from marelle.participation.definition import ticket_paper
from marelle.participation.emails import consultations as emails
from marelle.participation.enums import PREPARES, AgeBand, ConsultationState, Duty, Level
from marelle.participation.models import Consultation, Steward, Version
from marelle.participation.queries import consultations as queries
from marelle.participation.rules import consultations as rules
from marelle.territories.models import Territory

FACTS = frozenset(
    {
        "title", "why", "answerer", "answer_due_on", "opens_on", "closes_on", "age_bands", "languages",
        "cell_threshold", "own_results_from",
    }
)  # fmt: skip
"""What may be said of a consultation while it is prepared."""
ADJUSTED = frozenset({"closes_on", "answerer"})
"""What may still change once it is open."""
NO_SECTIONS: dict[str, Any] = {"sections": []}


class Stale(Refused):
    """Somebody else saved first: nothing of theirs is overwritten, nothing of yours is lost."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Quelqu’un d’autre a enregistré ce questionnaire pendant que vous écriviez. Rien n’est perdu : relisez "
                "sa version, puis enregistrez de nouveau si vos mots doivent remplacer les siens."
            )
        )


@transaction.atomic
def create(
    *,
    organisation: Organisation,
    title: str,
    why: str,
    territory: Territory | None = None,
    by: Any,
    at: datetime,
    draft: dict[str, Any] | None = None,
    **facts: Any,
) -> Consultation:
    """Begin a consultation: national, departmental or local as its organisation is. Whoever begins it prepares it and,
    until others are named, reads what children write."""
    require(rules.can_create(by, organisation))
    level, _roles = PREPARES[organisation.kind]
    consultation = Consultation(
        level=level, organisation=organisation, territory=_territory(organisation, level, territory, at),
        title=title.strip(), why=why.strip(), languages=["fr"], draft=draft or NO_SECTIONS, created_at=at, created_by=by,
        is_demonstration=organisation.is_demonstration,
    )  # fmt: skip
    _set(consultation, facts, FACTS)
    consultation.save()
    for duty in (Duty.AUTHOR, Duty.MODERATOR):
        Steward.objects.create(consultation=consultation, user=by, duty=duty, named_at=at)

    record("participation.consultation.created", on=consultation, by=by, at=at, level=level)
    return consultation


@transaction.atomic
def edit(*, consultation: Consultation, by: Any, at: datetime, **facts: Any) -> Consultation:
    """Change what is said of a consultation in preparation."""
    consultation = locked(consultation)
    require(rules.can_edit(by, consultation))
    changed = _set(consultation, facts, FACTS)
    consultation.save(update_fields=sorted(FACTS))
    if changed:
        record("participation.consultation.edited", on=consultation, by=by, at=at, fields=changed)
    return consultation


@transaction.atomic
def adjust(*, consultation: Consultation, closes_on: date, answerer: str, by: Any, at: datetime) -> Consultation:
    """Children need more time, or somebody else will answer them. The day promised for the answer does not move."""
    consultation = locked(consultation)
    require(rules.can_adjust(by, consultation))
    facts: dict[str, Any] = {"answerer": answerer.strip()}
    if not facts["answerer"]:
        raise Refused(_("Dites qui répondra aux enfants."))
    if consultation.state == ConsultationState.OPEN:
        if closes_on < timezone.localdate(at):
            raise Refused(_("Ce jour est déjà passé. Pour arrêter maintenant, fermez la consultation."))
        facts["closes_on"] = closes_on
    changed = _set(consultation, facts, ADJUSTED)
    consultation.save(update_fields=sorted(ADJUSTED))
    if changed:
        record("participation.consultation.adjusted", on=consultation, by=by, at=at, fields=changed)
    return consultation


@transaction.atomic
def open(*, consultation: Consultation, by: Any, at: datetime) -> Consultation:
    """Ask the children: the questionnaire is frozen as version 1, and the box that takes their answers is made."""
    consultation = locked(consultation)
    today = timezone.localdate(at)
    require(rules.can_open(by, consultation, on=today))
    content = {
        "languages": consultation.languages or ["fr"],
        "age_bands": [band for band in AgeBand if band in consultation.age_bands],
        "sections": consultation.draft["sections"],
    }
    version = freeze(consultation, content, at=at)
    consultation.box = boxes.make(purpose=Purpose.CONSULTATION, content=ticket_paper(version.questionnaire), at=at)
    consultation.state, consultation.opened_at, consultation.opens_on = ConsultationState.OPEN, at, today
    consultation.draft = content
    consultation.save(update_fields=["box", "state", "opened_at", "opens_on", "draft"])

    record("participation.consultation.opened", on=consultation, by=by, at=at, digest=version.digest)
    for person in queries.people(consultation):
        if person.pk != by.pk:
            send_on_commit(emails.consultation_opened, to=person, at=at, consultation=consultation)
    return consultation


@transaction.atomic
def correct(
    *, consultation: Consultation, content: dict[str, Any], number: int | None = None, by: Any, at: datetime
) -> Version | None:
    """Put a spelling right while children answer: a new version of the same questions. None when nothing changed.

    `number`: the version that was read; somebody else's correction meanwhile is not overwritten.
    """
    consultation = locked(consultation)
    require(rules.can_correct(by, consultation))
    current = consultation.version
    assert current is not None  # An open consultation has its version: written when it opened.
    if number is not None and number != current.number:
        raise Stale
    reason = queries.why_not_the_same(current.content, content)
    if reason:
        raise Refused(reason)
    if digest(content) == current.digest:
        return None
    version = freeze(consultation, content, at=at)
    consultation.draft = content
    consultation.save(update_fields=["draft"])
    record("participation.consultation.corrected", on=consultation, by=by, at=at, version=version.number)
    return version


@transaction.atomic
def close(*, consultation: Consultation, by: Any, at: datetime) -> Consultation:
    """No child answers any more; the last envelopes are opened and counted. The promise of an answer remains."""
    consultation = locked(consultation)
    require(rules.can_close(by, consultation))
    return _close(consultation, by, at)


@transaction.atomic
def answer(*, consultation: Consultation, text: str, answered_by: str, by: Any, at: datetime) -> Consultation:
    """Tell the children what became of what they said. The adults of every group are told, so that they tell them."""
    consultation = locked(consultation)
    require(rules.can_answer(by, consultation))
    if not text.strip():
        raise Refused(_("Écrivez la réponse aux enfants."))
    if not answered_by.strip():
        raise Refused(_("Dites qui répond aux enfants."))
    consultation.state, consultation.answered_at = ConsultationState.ANSWERED, at
    consultation.answer, consultation.answered_by = text.strip(), answered_by.strip()
    consultation.save(update_fields=["state", "answered_at", "answer", "answered_by"])

    record("participation.consultation.answered", on=consultation, by=by, at=at, late=_days_late(consultation, at))
    for person in queries.leaders(consultation):
        if person.pk != by.pk:
            send_on_commit(emails.consultation_answered, to=person, at=at, consultation=consultation)
    return consultation


@transaction.atomic
def cancel(*, consultation: Consultation, by: Any, at: datetime) -> Consultation:
    """Give up a consultation that no child has seen."""
    consultation = locked(consultation)
    require(rules.can_cancel(by, consultation))
    consultation.state = ConsultationState.CANCELLED
    consultation.save(update_fields=["state"])
    record("participation.consultation.cancelled", on=consultation, by=by, at=at)
    return consultation


@transaction.atomic
def follow(*, organisation: Organisation, into: Organisation, by: Any, at: datetime) -> None:
    """A commune merged into another: what it promised to children is owed by its successor, for the same day.

    The right to do so was asked where the people were moved (`accounts.actions.mergers`)."""
    rows = Consultation.objects.filter(organisation=organisation, level=Level.LOCAL)
    count = rows.update(organisation=into, territory=into.territory)
    if count:
        record("participation.consultation.followed", on=into, by=by, at=at, count=count)


def close_ended(*, at: datetime) -> int:
    """Close those whose last day has passed. Gives how many."""
    ended = Consultation.objects.open().filter(closes_on__lt=timezone.localdate(at)).order_by("pk")
    return one_by_one(list(ended), lambda consultation: _close_ended(consultation, at))


@transaction.atomic
def _close_ended(consultation: Consultation, at: datetime) -> bool:
    consultation = locked(consultation)
    if consultation.state != ConsultationState.OPEN:
        return False
    _close(consultation, None, at)
    for person in queries.authors(consultation):
        send_on_commit(emails.consultation_closed, to=person, at=at, consultation=consultation)
    return True


def _close(consultation: Consultation, by: Any, at: datetime) -> Consultation:
    assert consultation.box is not None  # Made when it opened: held by the database.
    consultation.box = boxes.close(box=consultation.box, by=by, at=at)
    consultation.state, consultation.closed_at = ConsultationState.CLOSED, at
    consultation.save(update_fields=["state", "closed_at"])
    record("participation.consultation.closed", on=consultation, by=by, at=at)
    return consultation


def freeze(consultation: Consultation, content: dict[str, Any], *, at: datetime) -> Version:
    last = consultation.version
    return Version.objects.create(
        consultation=consultation,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest(content),
        frozen_at=at,
    )


def locked(consultation: Consultation) -> Consultation:
    """The consultation as it is now, held until the transaction ends."""
    return (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("organisation", "territory", "box")
        .prefetch_related("stewards__user")
        .get(pk=consultation.pk)
    )


def _set(consultation: Consultation, facts: dict[str, Any], allowed: frozenset[str]) -> list[str]:
    unknown = set(facts) - allowed
    if unknown:
        raise TypeError(f"not facts of a consultation: {sorted(unknown)}")
    changed = sorted(name for name, value in facts.items() if getattr(consultation, name) != value)
    for name in changed:
        setattr(consultation, name, facts[name])
    _in_order(consultation)
    return changed


def _in_order(consultation: Consultation) -> None:
    """The days follow one another: said in words before the database says it in its own."""
    begins, ends, due = consultation.opens_on, consultation.closes_on, consultation.answer_due_on
    if begins and ends and ends < begins:
        raise Refused(_("Le dernier jour pour répondre vient avant le premier."))
    if ends and due and due < ends:
        raise Refused(_("La réponse aux enfants ne peut pas être promise avant la fin de la consultation."))


def _territory(organisation: Organisation, level: str, wanted: Territory | None, at: datetime) -> Territory | None:
    if level == Level.NATIONAL:
        return None
    if level == Level.LOCAL:
        return organisation.territory
    covered = list(queries.departements_of(organisation, on=timezone.localdate(at)))
    if wanted is None and len(covered) == 1:
        return covered[0]
    if wanted not in covered:
        raise Refused(_("Choisissez un département que suit votre délégation."))
    return wanted


def _days_late(consultation: Consultation, at: datetime) -> int:
    due = consultation.answer_due_on
    return max((timezone.localdate(at) - due).days, 0) if due else 0
