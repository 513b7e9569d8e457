"""Results are prepared once a consultation is closed, then published. Frozen: what was published never moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.ballots.enums import Scope
from marelle.core.rules import Refused, require
from marelle.jobs.actions import start
from marelle.jobs.models import Job
from marelle.jobs.registry import Progress
from marelle.notifications.actions import send_on_commit
from marelle.participation.emails import results as emails
from marelle.participation.models import Consultation, Publication, PublishedTable
from marelle.participation.queries import consultations as people
from marelle.participation.queries import counting
from marelle.participation.queries import results as queries
from marelle.participation.rules import results as rules
from marelle.territories.words import folded

from .consultations import locked

WORK = "participation.results"
"""The preparation as long work (`tasks`)."""


def prepare(
    *,
    consultation: Consultation,
    by: Any,
    at: datetime,
    reason: str = "",
    progress: Progress = lambda done, total: None,
) -> Publication:
    """Freeze the results, for those who tend the consultation to read. After a first publication, a correction: the
    reason is told to everyone.

    A nation is counted for minutes: before anything is locked. Once closed, nothing moves; if it did, nothing is kept.
    """
    now = Consultation.objects.select_related("organisation", "territory", "box").get(pk=consultation.pk)
    ballots, version = _may_prepare(now, by, reason), now.version
    assert version is not None  # It was opened once.
    found = list(counting.tables(now, version.questionnaire, progress))
    return _prepare(consultation, found, ballots, by=by, at=at, reason=reason)


@transaction.atomic
def _prepare(
    consultation: Consultation, found: list[counting.Table], counted: int, *, by: Any, at: datetime, reason: str
) -> Publication:
    consultation = locked(consultation)
    ballots, current = _may_prepare(consultation, by, reason), queries.current(consultation)
    version = consultation.version
    assert version is not None  # It was opened once.
    if ballots != counted:
        raise Refused(_("Des réponses sont arrivées pendant le calcul. Recommencez."))

    last = consultation.publications.order_by("-number").first()
    publication = Publication.objects.create(
        consultation=consultation, number=last.number + 1 if last else 1, version=version,
        threshold=consultation.cell_threshold, reason=reason.strip() if current else "", prepared_at=at, prepared_by=by,
    )  # fmt: skip
    _write(publication, version.questionnaire, found)
    if current and _would_tell(current, publication):
        raise Refused(
            _(
                "Les comptes de quelques groupes ont changé de trop peu\u202f: comparer les deux publications dirait ce "
                "qu’ont répondu un ou deux enfants. Demandez à l’équipe nationale."
            )
        )
    record("participation.results.prepared", on=consultation, by=by, at=at, number=publication.number, ballots=ballots)
    return publication


@transaction.atomic
def ask_to_prepare(*, consultation: Consultation, by: Any, at: datetime, reason: str = "") -> Job:
    """The same, as long work that its owner follows. Asked twice, it is done once."""
    consultation = locked(consultation)
    _may_prepare(consultation, by, reason)
    under_way = queries.preparing(consultation, WORK)
    if under_way is None:
        label = _("Résultats\u202f: {title}").format(title=consultation.title)
        return start(WORK, label=label, owner=by, at=at, consultation=consultation.public_id, reason=reason)
    if under_way.owner_id != by.pk:
        raise Refused(_("Ces résultats sont déjà en préparation. Revenez dans quelques minutes."))
    return under_way


def _may_prepare(consultation: Consultation, by: Any, reason: str) -> int:
    """Refused in words, or how many ballots there are."""
    current, prepared = queries.current(consultation), queries.prepared(consultation)
    ballots = queries.ballots_of(consultation)
    require(rules.can_prepare(by, consultation, ballots=ballots, current=current, prepared=prepared))
    if current and not reason.strip():
        raise Refused(_("Dites ce qui est corrigé\u202f: chacun le lira."))
    return ballots


@transaction.atomic
def drop(*, consultation: Consultation, by: Any, at: datetime) -> None:
    """Put prepared results aside. Nobody outside has read them."""
    consultation = locked(consultation)
    prepared = queries.prepared(consultation)
    require(rules.can_publish(by, consultation, prepared=prepared))
    assert prepared is not None  # The rule says so.
    prepared.delete()
    record("participation.results.dropped", on=consultation, by=by, at=at, number=prepared.number)


@transaction.atomic
def publish(*, consultation: Consultation, by: Any, at: datetime) -> Publication:
    """Everyone may read them from now on. The adults of every group are told: their own sheet waits for them."""
    consultation = locked(consultation)
    prepared = queries.prepared(consultation)
    require(rules.can_publish(by, consultation, prepared=prepared))
    assert prepared is not None  # The rule says so.
    first = queries.current(consultation) is None
    prepared.published_at, prepared.published_by = at, by
    prepared.save(update_fields=["published_at", "published_by"])
    consultation.results_published_at = at
    consultation.save(update_fields=["results_published_at"])

    record(
        "participation.results.published" if first else "participation.results.corrected",
        on=consultation, by=by, at=at, number=prepared.number,
    )  # fmt: skip
    for person in people.leaders(consultation) if first else ():
        send_on_commit(emails.results_published, to=person, at=at, consultation=consultation)
    return prepared


def _write(publication: Publication, questionnaire: Any, found: list[counting.Table]) -> None:
    """One row per place. The exact tallies are read once, here, and never by a page."""
    consultation = publication.consultation
    names = counting.names_of([(table.scope, table.place) for table in found])
    PublishedTable.objects.bulk_create(
        [
            PublishedTable(
                publication=publication, scope=table.scope, place=table.place, name=name, folded=folded(name)[:200],
                ballots=table.ballots, content=table.content,
            )
            for table in found
            for name in [names.get((table.scope, table.place), "")]
        ],
        batch_size=500,
    )  # fmt: skip
    publication.facts = {
        "sessions": sum(table.scope == Scope.STATION for table in found),
        "places": sum(table.scope == Scope.COMMUNE for table in found),
        "left_out": counting.left_out(questionnaire),
        **queries.participation(consultation),
    }
    publication.save(update_fields=["facts"])


def _would_tell(before: Publication, after: Publication) -> bool:
    """Whether the difference of two publications is about fewer children than are ever counted together."""
    old = dict(before.tables.filter(scope=Scope.STATION).values_list("place", "ballots"))
    new = dict(after.tables.filter(scope=Scope.STATION).values_list("place", "ballots"))
    moved = [abs(new.get(place, 0) - old.get(place, 0)) for place in {*old, *new}]
    if any(0 < one < after.threshold for one in moved):
        return True
    rows = dict(before.tables.filter(scope=Scope.STATION).values_list("place", "content"))
    return any(
        rows[place] != content
        for place, ballots, content in after.tables.filter(scope=Scope.STATION).values_list(
            "place", "ballots", "content"
        )
        if old.get(place) == ballots
    )
