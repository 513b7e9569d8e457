"""A child's ballot, stored. The only door; thousands come through it in the same minute.

One statement: the envelope is laid down and the child's slot on the roll disappears, or neither (`storing`). Nothing is
recorded, nobody is told: no trace but the envelope itself.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from math import ceil
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marelle.ballots import rules
from marelle.ballots.codes import TICKET
from marelle.ballots.enums import Mode
from marelle.ballots.models import Envelope, Station
from marelle.ballots.paper import Unreadable
from marelle.ballots.sealing import seal
from marelle.core.rules import Refused

from . import storing

SENDING = range(16, 65)
"""How long the random text that names one sending may be."""


class TicketRefused(Refused):
    """Not a ticket of this station, or one already used: nobody can tell which, by structure."""


class NoSlotLeft(Refused):
    """Every child of the roll has answered."""


class Shut(Refused):
    """The station takes no more."""


class TooManyTries(Refused):
    """Wrong tickets were tried too often."""


def cast(
    *,
    station: Station,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    sending: str,
    ticket: str = "",
    at: datetime,
) -> bool:
    """Store one ballot. True: counted now. False: this same sending had already arrived, and is not counted twice.

    `sending` is drawn at random by the child's page for this one sending and comes again with every retry. When this
    returns, the ballot is on disk (or will be when the caller's transaction commits). After `TicketRefused` the caller
    notes the wrong try (`note_wrong_try`), once its own transaction is undone.
    """
    if not isinstance(sending, str) or len(sending) not in SENDING:
        raise Unreadable("a sending has a name")
    content: dict[str, Any] = {"a": station.box.paper.read(answers)}
    if words:
        content["w"] = dict(words)
    numbers = envelope_numbers(station, sending)
    if len(numbers) > 1 and _arrived(numbers):
        return False  # Before the installation changed its secret.
    refused = _refused(station, ticket, at)
    if refused is None:
        if storing.store(station, numbers[0], seal(content, name=f"{station.pk}/{numbers[0]}"), ticket):
            return True
        refused = _nothing_left(station)
    # A retry of what was counted is answered as the first time, even after the station closed.
    if _arrived(numbers):
        return False
    raise refused


def try_ticket(*, station: Station, ticket: str, at: datetime) -> bool:
    """Whether this ticket would work now, before the child answers ten questions for nothing."""
    may = rules.can_try_a_ticket(station, at=at)
    if not may:
        raise TooManyTries(may.reason)
    if TICKET.fullmatch(ticket) and station.tickets.filter(code=ticket).exists():
        return True
    note_wrong_try(station=station, at=at)
    return False


@transaction.atomic
def note_wrong_try(*, station: Station, at: datetime) -> None:
    """One more wrong ticket, counted for the station: nobody's address is kept to slow down who guesses."""
    now = Station.objects.select_for_update(of=("self",), no_key=True).get(pk=station.pk)
    now.wrong_tries, now.tries_since = ceil(rules.owed(now, at=at)) + 1, at
    now.save(update_fields=["wrong_tries", "tries_since"])


def envelope_numbers(station: Station, sending: str) -> list[int]:
    """63 bits made from the sending's name and our secret: the same sending always finds the same envelope, and a
    number seen in a table names no sending. First the one of today's secret, then those of former ones."""
    name = f"{station.pk}/{sending}".encode()
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [int.from_bytes(hmac.digest(secret.encode(), name, sha256)[:8], "big") >> 1 for secret in secrets]


def _arrived(numbers: list[int]) -> bool:
    return Envelope.objects.filter(pk__in=numbers).exists()


def _refused(station: Station, ticket: str, at: datetime) -> Refused | None:
    """What can be said without asking the database."""
    if not (may := rules.can_cast(station, at=at)):
        return Shut(may.reason)
    if station.mode == Mode.TICKETS:
        if not (may := rules.can_try_a_ticket(station, at=at)):
            return TooManyTries(may.reason)
        if not TICKET.fullmatch(ticket):
            return _nothing_left(station)
    return None


def _nothing_left(station: Station) -> Refused:
    if station.mode == Mode.TICKETS:
        return TicketRefused(_("Ce ticket ne marche pas. Il a peut-être déjà servi. Demande à l’adulte."))
    return NoSlotLeft(_("Tous les enfants du groupe ont déjà répondu. L’adulte peut changer le nombre d’enfants."))
