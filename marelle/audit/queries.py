"""Reading the log: is it whole, and what happened to one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, models
from django.utils.translation import gettext as _

from .models import Entry, Head, name_of
from .sentences import UnknownKind, sentence

START = "0" * 64
SYSTEM = "systeme"
"""The author of what no person did: a timer, a command."""


@dataclass(frozen=True)
class Fault:
    """One place where the chain does not hold."""

    number: int
    what: str  # "changed" | "missing" | "rewritten" | "added"
    words: str


@dataclass(frozen=True)
class Verification:
    """What reading the whole chain found."""

    entries: int
    head: str
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(*, at_most: int = 100) -> Verification:
    """Read the chain from its first entry to its last, in constant memory, and say where it breaks.

    Stops looking for words after `at_most` faults, so that a ruined log does not fill the screen.
    """
    head = Head.objects.filter(pk=1).first() or Head(number=0, hash=START)
    faults: list[Fault] = []
    count, last, hash_before = 0, 0, START
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        count += 1
        if len(faults) < at_most:
            faults.extend(_faults_of(entry, last, hash_before))
        last, hash_before = entry.number, entry.hash
    if last < head.number:
        faults.append(Fault(last + 1, "missing", _missing(last + 1, head.number)))
    elif last > head.number:
        faults.append(
            Fault(
                head.number + 1,
                "added",
                _("Des entrées suivent la n° %(number)s, la dernière connue.") % {"number": head.number},
            )
        )
    elif hash_before != head.hash:
        faults.append(
            Fault(last, "rewritten", _("L’entrée n° %(number)s n’est pas celle qui a été écrite.") % {"number": last})
        )
    return Verification(count, hash_before, faults)


def last_number() -> int:
    """The number of the last thing done. Entries are numbered under a lock held to the commit, and every action
    writes one: as long as this number stays, nothing that an action changes has changed.

    Asked for each page that is kept: written by hand, since putting the question into words took the ORM ten times
    longer than answering it takes the database."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_NUMBER)
        row = cursor.fetchone()
    return row[0] if row else 0


LAST_NUMBER = 'SELECT "number" FROM "audit_head" WHERE "id" = 1'


def _faults_of(entry: Entry, last: int, hash_before: str) -> Iterator[Fault]:
    if entry.number != last + 1:
        yield Fault(last + 1, "missing", _missing(last + 1, entry.number - 1))
    elif entry.previous_hash != hash_before:
        # The row before was changed and its own hash made anew: only the next one still knows.
        yield Fault(last, "rewritten", _("L’entrée n° %(number)s n’est pas celle qui a été écrite.") % {"number": last})
    if entry.fingerprint() != entry.hash:
        yield Fault(entry.number, "changed", _("L’entrée n° %(number)s a été modifiée.") % {"number": entry.number})


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("L’entrée n° %(number)s manque.") % {"number": first}
    return _("Les entrées n° %(first)s à %(last)s manquent.") % {"first": first, "last": last}


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it: when, who, what."""

    at: datetime
    actor: str
    """The author's public id, or `systeme`."""
    who: str
    said: str
    entry: Entry


def history_of(thing: models.Model, *, names: Mapping[str, str] | None = None) -> list[Line]:
    """What happened to one thing, latest first. `names` gives a name to each actor's public id: the log
    itself knows no names (`{user.public_id: user.name}`; see `actors_of`)."""
    return [line(entry, names or {}) for entry in Entry.objects.filter(target=name_of(thing)).order_by("-number")]


def actors_of(thing: models.Model) -> set[str]:
    """Public ids of all who acted on one thing, so that the caller can name them in one query."""
    return set(
        Entry.objects.filter(target=name_of(thing)).exclude(actor=SYSTEM).order_by().values_list("actor", flat=True)
    )


def line(entry: Entry, names: Mapping[str, str]) -> Line:
    who = "Marelle" if entry.actor == SYSTEM else names.get(entry.actor, _("Une personne dont le compte est clos"))
    try:
        said = sentence(entry.kind)
    except UnknownKind:  # A kind of an older version: the row stays, its words may have gone.
        said = entry.kind
    return Line(entry.at, entry.actor, who, said.format_map(defaultdict(str, entry.details)), entry)
