"""Marelle really served, children who send their page over HTTP, and every process of the server killed at once.

`python -m tests.ballots.faults.served FOLDER` (with `DATABASE_URL`, for PostgreSQL) says in JSON what was
acknowledged, and what is found once the votes are counted.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Lock
from urllib.parse import urlencode

from .killing import ROOT, environment, python

CHILDREN, TABLETS, KILLS = 400, 6, 2
RETURNS = 25
"""Children already told that all is well, whose tablet sends once more after each restart."""
PREPARE = f"""
import django, json; django.setup()
from datetime import timedelta
from django.utils import timezone
from django.utils.timezone import localdate
from marelle.accounts.models import User
from tests.participation.factories import open_consultation, session_of
now, day = timezone.now(), localdate()
consultation = open_consultation(
    at=now, opens_on=day, closes_on=day + timedelta(days=20), answer_due_on=day + timedelta(days=60)
)
group = session_of(consultation, roll={CHILDREN}, at=now)
User.objects.update(is_fictitious=True)  # so that a demonstration agrees to be served
print(json.dumps([group.station.code, *group.station.tickets.values_list("code", flat=True)]))
"""
COUNT = """
import django, json; django.setup()
from io import StringIO
from django.core.management import call_command
from django.utils import timezone
from marelle.ballots.actions import boxes
from marelle.ballots.models import Ballot, Box, Envelope, Ticket
from marelle.participation.models import Verbatim
sealed, left = Envelope.objects.count(), Ticket.objects.count()
boxes.close(box=Box.objects.get(), by=None, at=timezone.now())
said = StringIO()
call_command("ballots", "verify", "--json", stdout=said)
print(json.dumps({"sealed": sealed, "tickets_left": left, "ballots": Ballot.objects.count(),
                  "holds": json.loads(said.getvalue())["holds"],
                  "words": sorted(Verbatim.objects.values_list("text", flat=True))}))
"""
LOST = (OSError, HTTPException)
"""No answer: the child's tablet knows nothing, and keeps what it has to send."""


@dataclass(frozen=True)
class Child:
    """One tablet's sending: its name, its ticket, and words that no other child has."""

    number: int
    ticket: str

    @property
    def name(self) -> str:
        return f"child-{self.number:020d}"

    @property
    def words(self) -> str:
        return f"Je veux {self.number} arbres dans la cour"

    def body(self) -> tuple[str, str]:
        """As the page's script sends it (the form's fields), or every other child as JSON of the same meaning."""
        if self.number % 2:
            answers = {"aime": "4", "manque": ["arbres", "jeux"], "ordre": ["eau", "ombre"], "seul": "yes"}
            said = {"sending": self.name, "ticket": self.ticket, "answers": answers, "words": {"quoi": self.words}}
            return json.dumps(said), "application/json"
        drawn = [(f"t{place}", number) for place, number in enumerate(self.ticket.split("-"))]
        fields = [
            ("sending", self.name), ("l", "fr"), *drawn, ("q-aime", "4"), ("q-manque", "arbres"), ("q-manque", "jeux"),
            ("r-ordre-eau", "1"), ("r-ordre-ombre", "2"), ("q-seul", "yes"), ("q-quoi", self.words),
        ]  # fmt: skip
        return urlencode(fields), "application/x-www-form-urlencoded"


class Server:
    """`python -m marelle serve` with two processes, on a free port, in a group of processes of its own."""

    def __init__(self, env: dict[str, str]):
        self.env = env
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "marelle", "serve", "--port", str(self.port), "--processes", "2"]
        self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True)
        for _ in range(400):
            try:
                if self.ask("GET", "/api/v1/health/live")[0]:
                    return
            except LOST:
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def kill(self) -> None:
        """The one that watches, those that answer, and whatever they started: at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, bytes]:
        headers = {"Accept": "application/json", "Content-Type": kind} if body else {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


class Group:
    """The children of one session, on a few tablets that send at the same time."""

    def __init__(self, server: Server, code: str, tickets: list[str]):
        self.server, self.path = server, f"/s/{code}/"
        self.waiting = [Child(number, ticket) for number, ticket in enumerate(tickets)]
        self.tried: list[Child] = []
        self.acknowledged: list[Child] = []
        self.lock = Lock()

    def send(self, child: Child) -> None:
        """Raises one of `LOST` when no answer comes; any answer but a yes is a failure of the server."""
        status, said = self.server.ask("POST", self.path, *child.body())
        assert (status, json.loads(said)["ok"]) == (200, True), (child, status, said)

    def tablet(self) -> None:
        """One child after another: reads the page, sends it, until the server is gone."""
        while True:
            with self.lock:
                if not self.waiting:
                    return
                child = self.waiting.pop()
            try:
                status, page = self.server.ask("GET", self.path)
                assert status == 200
                assert re.search(rb'name="?sending', page)
                with self.lock:
                    self.tried.append(child)
                self.send(child)
            except LOST:
                return
            with self.lock:
                self.acknowledged.append(child)

    def struck(self) -> None:
        """Children vote on every tablet; in the middle, the server is killed."""
        enough = len(self.acknowledged) + 8 * TABLETS
        with ThreadPoolExecutor(TABLETS) as pool:
            tablets = [pool.submit(self.tablet) for _ in range(TABLETS)]
            for _ in range(600):
                if len(self.acknowledged) >= enough or any(tablet.done() for tablet in tablets):
                    break
                time.sleep(0.02)
            time.sleep(random.uniform(0, 0.1))  # noqa: S311
            self.server.kill()
            for tablet in tablets:
                tablet.result()
        assert len(self.acknowledged) >= enough

    def again(self) -> None:
        """The network is back: what had no answer leaves again, each twice at once; so do some that had one."""
        unanswered = [child for child in self.tried if child not in self.acknowledged]
        returning = random.sample(self.acknowledged, RETURNS)
        with ThreadPoolExecutor(TABLETS) as pool:
            list(pool.map(self.send, [*unanswered, *unanswered, *returning]))
        self.acknowledged += unanswered


def play(folder: Path, **more: str) -> dict:
    env = environment(folder, **more)
    code, *tickets = json.loads(python(env, "-c", PREPARE))
    server = Server(env)
    try:
        group = Group(server, code, tickets)
        for _ in range(KILLS):
            group.struck()
            server.start()
            group.again()
    finally:
        server.kill()
    found = json.loads(python(env, "-c", COUNT))
    words = Counter(found.pop("words"))
    return found | {
        "acknowledged": len(group.acknowledged),
        "tickets": len(tickets),
        "lost": [child.name for child in group.acknowledged if not words[child.words]],
        "doubled": [said for said, times in words.items() if times > 1],
    }


if __name__ == "__main__":
    data, engine = Path(sys.argv[1]), {"DATABASE_URL": os.environ["DATABASE_URL"]}
    python(environment(data, **engine), "-m", "marelle", "prepare", "--without-data")
    sys.stdout.write(json.dumps(play(data, **engine)) + "\n")
