"""Who waits for whom on a file: the side that spoke last waits, unless there is nothing to answer."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When

from marelle.programme.enums import Side
from marelle.programme.models import Candidacy, Message

OTHER = {Side.COLLECTIVITE: Side.TEAM, Side.TEAM: Side.COLLECTIVITE}


def with_last_message(candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """Adds `last_side`, `last_at` and `settled_at` of a file's last message: None when nobody wrote."""
    last = Message.objects.filter(candidacy=OuterRef("pk")).order_by("-at", "-pk")
    return candidacies.annotate(
        last_side=Subquery(last.values("side")[:1]),
        last_at=Subquery(last.values("at")[:1]),
        settled_at=Subquery(last.values("settled_at")[:1]),
    )


def awaited_side(last_side: str | None, settled_at: datetime | None) -> str | None:
    """Who is to answer the last message; None when nobody wrote, or there is nothing to answer."""
    return OTHER[Side(last_side)] if last_side and not settled_at else None


def with_waiting(candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """Adds `awaited_side` (the side whose answer is awaited, None when nobody's) and `awaited_since`."""
    return with_last_message(candidacies).annotate(
        awaited_side=Case(
            When(settled_at__isnull=False, then=Value(None)),
            When(last_side=Side.COLLECTIVITE, then=Value(Side.TEAM.value)),
            When(last_side=Side.TEAM, then=Value(Side.COLLECTIVITE.value)),
            default=Value(None),
            output_field=CharField(null=True),
        ),
        awaited_since=Case(When(settled_at__isnull=True, then=F("last_at")), default=Value(None)),
    )


def awaited(messages: list[Message]) -> Message | None:
    """The message that awaits an answer, given a file's messages in order; None when all is answered."""
    last = messages[-1] if messages else None
    return last if last and last.settled_at is None else None
