"""What a child answered comes in: counted once, and the child helped at once when their words worry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from marelle.ballots.actions import casting
from marelle.ballots.models import Station
from marelle.ballots.paper import Unreadable
from marelle.participation.models import Session, Verbatim

from . import alerts
from .cleaning import clean, signs_of

MOST_WORDS = 60
"""More questions in words than any questionnaire has."""
MOST_UNCOUNTED = 60
"""Worrying texts of one session in one day from which words of refused sendings are no longer told."""


@dataclass(frozen=True)
class Sent:
    counted: bool
    """False: this very sending had been counted before, and is answered as the first time."""
    needs_help: bool
    """The child is shown 119 and 3018 at once."""


def send(
    *,
    station: Station,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    sending: str,
    ticket: str = "",
    at: datetime,
) -> Sent:
    """Store one child's answers (`casting.cast` says what it raises). No more than 4 queries when nothing worries.

    Words that worry do not travel in the sealed envelope: in the same transaction as the ballot they are held, and
    those who protect are told at once. The same sending that comes twice raises one alert, and shows help twice.
    """
    calm, worrying = _sorted(words)
    facts: dict[str, Any] = {
        "station": station,
        "answers": answers,
        "words": calm,
        "sending": sending,
        "ticket": ticket,
        "at": at,
    }
    try:
        if not worrying:
            return Sent(casting.cast(**facts), needs_help=False)
        with transaction.atomic():
            counted = casting.cast(**facts)
            if counted:
                _hold(station, worrying, at)
        return Sent(counted, needs_help=True)
    except casting.TicketRefused:
        # After the transaction that was undone: a wrong try stays written.
        casting.note_wrong_try(station=station, at=at)
        raise


@transaction.atomic
def hear_although_refused(*, station: Station, words: Mapping[str, Any], at: datetime) -> bool:
    """The sending was refused (a wrong ticket, a closed session, no place left), and these words may never come again:
    those that worry are held and told all the same. True: help is shown to the child.

    Nothing is counted. Sent again and again, the same words are told once; and no more than `MOST_UNCOUNTED` a day
    from one session, because whoever knows its code may knock without a ticket. Help is shown each time.
    """
    _, worrying = _sorted(words)
    if not worrying:
        return False
    session = Session.objects.select_for_update(of=("self",)).filter(station=station).first()
    today = Verbatim.objects.filter(session=session, arrived_on=timezone.localdate(at), alert__isnull=False)
    if session is not None and today.count() < MOST_UNCOUNTED:
        known = set(today.values_list("question", "text"))
        alerts.hold(session=session, texts=[one for one in worrying if one[:2] not in known], at=at)
    return True


def _sorted(words: Mapping[str, Any]) -> tuple[dict[str, str], list[alerts.Worrying]]:
    """(words that may wait in their envelope, words that may not)."""
    if not isinstance(words, Mapping) or len(words) > MOST_WORDS:
        raise Unreadable("not the words of a child")
    calm: dict[str, str] = {}
    worrying: list[alerts.Worrying] = []
    for question, said in words.items():
        if not isinstance(question, str) or len(question) > 20 or not isinstance(said, str):
            raise Unreadable("not the words of a child")
        text = clean(said)
        signs = signs_of(text) if text else []
        if signs:
            worrying.append((question, text, signs))
        elif text:
            calm[question] = text
    return calm, worrying


def _hold(station: Station, worrying: list[alerts.Worrying], at: datetime) -> None:
    session = Session.objects.filter(station=station).select_related("consultation").first()
    if session is not None:
        alerts.hold(session=session, texts=worrying, at=at)
