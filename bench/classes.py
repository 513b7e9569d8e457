"""A country on the morning of 20 November: one consultation of ten questions, and classes of 28 with their tickets.

Filled through the actions that people use, so that what is measured is what a real class meets.
"""

from __future__ import annotations

import gzip
import random
import re
import secrets
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from bench.children import NONCE, Journey, Plan
from bench.questions import QUESTIONNAIRE, answers
from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.ballots.enums import Gathering, Mode
from marelle.ballots.models import Box, Station, Ticket
from marelle.participation.actions import consultations, sessions
from marelle.participation.models import Consultation
from marelle.territories.models import Territory

CLASS = 28
TOWNS = 20
TOGETHER = 40
"""Classes that vote at the same time."""
BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language: fr-FR,fr;q=0.9",
    "Accept-Encoding: gzip, deflate",
    "Upgrade-Insecure-Requests: 1",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: same-origin",
)
"""What a tablet's browser says with every request, to both sides."""
SENDING = "sending"
DRAWN_IN_GZIP = r"\x00\x20\x00\xdf\xff([A-Za-z0-9_-]{32})"
"""The name of the sending lies in the compressed page as a stored block of 32 bytes (`participation.views.kept`): the
generator finds it without unpacking, and `check_the_pages` makes sure that a browser would find the same."""
DRAWN = re.compile(r'name="sending" value="([A-Za-z0-9_-]{32})"')
THANKS = "/merci/"


@dataclass(frozen=True)
class Seat:
    """One child: where the class votes, and the ticket drawn."""

    code: str
    ticket: str


class School:
    """The consultation, and as many classes as the measures need."""

    def __init__(self) -> None:
        self.consultation = _consultation()
        self.chance = random.Random(2026)
        self.leads = list(_leads())
        self.opened = 0

    @property
    def box(self) -> Box:
        assert self.consultation.box is not None
        return self.consultation.box

    def seats(self, children: int) -> list[Seat]:
        """Open classes for so many children. Forty classes vote at the same time, each child when it is ready."""
        codes: list[list[Seat]] = []
        for _ in range(-(-children // CLASS)):
            station = self.open_class()
            drawn = Ticket.objects.filter(station=station).values_list("code", flat=True)
            codes.append([Seat(station.code, ticket) for ticket in drawn])
        mixed: list[Seat] = []
        for start in range(0, len(codes), TOGETHER):
            wave = [seat for one in codes[start : start + TOGETHER] for seat in one]
            self.chance.shuffle(wave)
            mixed += wave
        return mixed[:children]

    def journeys(self, seats: Sequence[Seat], *, own_names: bool = False) -> list[Journey]:
        """`own_names`: the sending is named here, because no page is read."""
        made = []
        for seat in seats:
            name = secrets.token_urlsafe(24) if own_names else NONCE
            fields: dict[str, Any] = {f"q-{key}": said for key, said in answers(self.chance).items()}
            fields |= {f"t{place}": drawing for place, drawing in enumerate(seat.ticket.split("-"))}
            made.append(Journey(f"/s/{seat.code}/", f"{SENDING}={name}&{urlencode(fields, doseq=True)}"))
        return made

    def open_class(self) -> Station:
        return self._open(Mode.TICKETS, Gathering.SCHOOL, CLASS)

    def open_link(self) -> Station:
        return self._open(Mode.LINK, Gathering.ONLINE, None)

    def _open(self, mode: str, gathering: str, roll: int | None) -> Station:
        lead, town = self.leads[self.opened % len(self.leads)]
        self.opened += 1
        session = sessions.open_session(
            consultation=self.consultation,
            organisation=town,
            title=f"CM1 {self.opened}",
            mode=mode,
            gathering=gathering,
            roll=roll,
            age_band="9-12",
            territory=town.territory,
            by=lead,
            at=timezone.now(),
        )
        return session.station


def plan(port: int, journeys: Sequence[Journey], **more: Any) -> Plan:
    """Children in front of Marelle."""
    return Plan(port, journeys, DRAWN_IN_GZIP, THANKS, headers=BROWSER, **more)


def check_the_pages(port: int, code: str) -> None:
    """A browser that unpacks the page finds in it what the generator finds without unpacking; and is thanked."""

    def packed_page(path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
        return urllib.request.urlopen(request, timeout=10).read()

    packed = packed_page(f"/s/{code}/")
    found = DRAWN.search(gzip.decompress(packed).decode())
    short = re.search(DRAWN_IN_GZIP.encode(), packed)
    assert found, "the page draws no name"
    assert short, "the name is not where the generator looks"
    assert found[1].encode() == short[1], "the generator reads another name than a browser"
    assert "Merci" in gzip.decompress(packed_page(f"/s/{code}{THANKS}")).decode(), "nobody is thanked"


def _consultation() -> Consultation:
    """National, open since now, with who moderates and who protects."""
    now = timezone.now()
    today = timezone.localdate(now)
    nation = Organisation.objects.create(kind=Kind.NATIONAL, name="Équipe nationale", created_at=now)
    manager = _person("manager", nation, Role.MANAGER)
    _person("protects", nation, Role.SAFEGUARDING)
    made = consultations.create(
        organisation=nation,
        title="Mon école, ma ville",
        why="Les villes veulent savoir ce que les enfants en pensent, avant de décider.",
        answerer="Les maires et la défenseure des enfants",
        opens_on=today,
        closes_on=today + timedelta(days=30),
        answer_due_on=today + timedelta(days=90),
        age_bands=["6-8", "9-12"],
        draft={"sections": QUESTIONNAIRE["sections"]},
        by=manager,
        at=now,
    )
    return consultations.open(consultation=made, by=manager, at=now)


def _leads() -> Iterator[tuple[User, Organisation]]:
    now = timezone.now()
    places = Territory.objects.eligible().filter(population__gt=1000, departement__isnull=False)
    for number, place in enumerate(places.order_by("-population", "code")[:TOWNS]):
        town = Organisation.objects.create(kind=Kind.COLLECTIVITE, name=place.name, territory=place, created_at=now)
        yield _person(f"town{number}", town, Role.LEAD), town


def _person(name: str, organisation: Organisation, role: str) -> User:
    user = User.objects.create(email=f"{name}@marelle.example", name=name, is_fictitious=True, password="!")
    since = timezone.localdate() - timedelta(days=30)
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=since)
    return user
