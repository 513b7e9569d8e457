"""Words that wait for a moderator, and those that may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from marelle.accounts.queries import standing
from marelle.participation.enums import Duty, Theme, VerbatimState
from marelle.participation.lexicon import Span, similar, suggestions
from marelle.participation.models import Consultation, Steward, Verbatim

READ_FOR_LIKENESS = 400


@dataclass(frozen=True)
class Queue:
    """A consultation a person moderates, and what waits in it."""

    consultation: Consultation
    waiting: int
    oldest: date | None


def moderated_by(user: Any) -> QuerySet[Consultation]:
    who = standing(user)
    if who.user is None or not who.memberships:
        return Consultation.objects.none()
    named = Steward.objects.filter(user=user, duty=Duty.MODERATOR).values("consultation")
    return Consultation.objects.filter(pk__in=named)


def queues(user: Any) -> list[Queue]:
    """The consultations a person moderates: those whose words have waited longest first, then those with nothing."""
    waits = Q(sessions__verbatims__state=VerbatimState.WAITING)
    rows = moderated_by(user).annotate(
        waiting=Count("sessions__verbatims", filter=waits), oldest=Min("sessions__verbatims__arrived_on", filter=waits)
    )
    found = [Queue(one, one.waiting, one.oldest) for one in rows.order_by("-opened_at", "pk")]
    return sorted(found, key=lambda queue: queue.oldest or date.max)


def waiting(user: Any) -> int:
    """How many words wait for this person, for their dashboard."""
    return Verbatim.objects.visible_to(user).to_moderate().count()


def waiting_in(user: Any) -> Combinable:
    """As an annotation of consultations: how many words of each wait for this person."""
    rows = Verbatim.objects.visible_to(user).to_moderate().filter(session__consultation=OuterRef("pk"))
    counts = rows.order_by().values("session__consultation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def of(consultation: Consultation, user: Any) -> QuerySet[Verbatim]:
    """What its moderators may read."""
    return (
        Verbatim.objects.visible_to(user)
        .filter(session__consultation=consultation)
        .select_related("session__consultation", "moderated_by")
    )


def counts(consultation: Consultation, user: Any) -> dict[str, int]:
    """How many words by state, what is held left out."""
    rows = Verbatim.objects.visible_to(user).filter(session__consultation=consultation)
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state.value: found.get(state.value, 0) for state in VerbatimState if state != VerbatimState.HELD}


def questions(consultation: Consultation) -> dict[str, str]:
    """The questions answered in words: key and wording, in the order of the questionnaire."""
    version = consultation.version
    if version is None:
        return {}
    language = get_language() or "fr"
    return {
        key: question.text.get(language) or question.text.get("fr", key)
        for key, question in version.questionnaire.questions.items()
        if question.is_text
    }


@dataclass(frozen=True)
class Mark:
    """A piece of a text; `span` when something in it may be hidden."""

    text: str
    number: int
    span: Span | None = None
    is_chosen: bool = False


def marks(text: str, chosen: set[int] | None = None) -> list[Mark]:
    """The text cut where something may be hidden. `chosen`: numbers of what is; None: everything found."""
    found: list[Mark] = []
    at = 0
    for number, span in enumerate(suggestions(text)):
        found.append(Mark(text[at : span.start], -1))
        found.append(Mark(text[span.start : span.end], number, span, chosen is None or number in chosen))
        at = span.end
    return [one for one in [*found, Mark(text[at:], -1)] if one.text]


@dataclass(frozen=True)
class Likeness:
    """Words that say nearly the same."""

    verbatims: list[Verbatim]


def alike(consultation: Consultation, user: Any, question: str) -> list[Likeness]:
    """Suggested groups among the words to one question that are in none yet. Reads the 400 oldest."""
    rows = of(consultation, user).filter(
        question=question, group="", state__in=[VerbatimState.WAITING, VerbatimState.APPROVED]
    )
    known = {one.public_id: one for one in rows.order_by("arrived_on", "public_id")[:READ_FOR_LIKENESS]}
    groups = similar({key: one.text or one.wording for key, one in known.items()})
    return [Likeness([known[key] for key in keys]) for keys in groups]


def groups(consultation: Consultation, user: Any) -> list[str]:
    """The names of groups already made, for the one who names another."""
    rows = of(consultation, user).exclude(group="").order_by("group").values_list("group", flat=True)
    return list(dict.fromkeys(rows))


def publishable(consultation: Consultation) -> Iterator[tuple[str, str, str, str]]:
    """Approved wordings of a consultation: question, wording, themes, group; in no order of arrival, without the
    session: a small class would be recognised."""
    asked = questions(consultation)
    rows = Verbatim.objects.public().filter(session__consultation=consultation).order_by("question", "group", "wording")
    for one in rows.iterator(chunk_size=500):
        themes = ", ".join(str(Theme(code).label) for code in one.themes if code in Theme.values)
        yield asked.get(one.question, one.question), one.wording, themes, one.group


def last_decision(consultation: Consultation, user: Any) -> list[Verbatim]:
    """What this person decided last here, in one gesture: one verbatim, or several approved together."""
    mine = of(consultation, user).filter(moderated_by=user).exclude(state=VerbatimState.WAITING)
    last = mine.order_by("-moderated_at").first()
    return list(mine.filter(moderated_at=last.moderated_at)) if last else []
