"""Start voting processes, kill them without warning, and hear what they had acknowledged."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests import installation
from tests.installation import ROOT

PREPARE = """
import django; django.setup()
from django.utils import timezone
from tests.ballots import factories
now = timezone.now()
print(factories.station(factories.box(at=now), mode="shared", roll=2000, at=now).pk)
"""
COUNT = """
import django, json; django.setup()
from django.utils import timezone
from marelle.ballots.actions import boxes
from marelle.ballots.models import Box, Envelope
from marelle.ballots.queries.verifying import verify
before = Envelope.objects.count()
boxes.close(box=Box.objects.get(), by=None, at=timezone.now())
(sums,) = verify()
print(json.dumps({"envelopes": before, "ballots": sums.ballots, "findings": [f.what for f in sums.findings]}))
"""


def python(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip().splitlines()[-1]


def environment(data: Path, **more: str) -> dict[str, str]:
    settings = {"MARELLE_DEMO": "1", "MARELLE_TLS": "0", "DJANGO_SETTINGS_MODULE": "marelle.config.settings"}
    return installation.environment(data, **(settings | more))


@dataclass
class Heard:
    """What the children's side knows: what was sent, and what was acknowledged."""

    tried: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)

    def listen(self, lines: str) -> None:
        for line in lines.splitlines():
            verb, _, rest = line.partition(" ")
            name = rest.split(" ")[0]
            if verb == "try" and len(name) >= 16:
                self.tried.add(name)
            elif verb == "ack" and rest.endswith((" new", " again")):
                self.acknowledged.add(name)


def voting(env: dict[str, str], station: str, prefix: str, out: Path, again: str = "") -> subprocess.Popen:
    with out.open("wb") as said:
        command = [sys.executable, "-m", "tests.ballots.faults.worker", station, prefix, *([again] if again else [])]
        return subprocess.Popen(command, env=env, cwd=ROOT, stdout=said, stderr=subprocess.DEVNULL)


def wait_until_they_vote(outs: list[Path], acknowledged: int = 3) -> None:
    for _ in range(600):
        if all(out.exists() and out.read_text().count("ack ") >= acknowledged for out in outs):
            return
        time.sleep(0.05)
    raise AssertionError("nobody votes")


def kill(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.send_signal(signal.SIGKILL)
    for process in processes:
        process.wait()


def rounds(env: dict[str, str], station: str, folder: Path, *, times: int, blow) -> Heard:
    """`times` rounds: two processes vote, then `blow(processes)` strikes; at the end all is sent again."""
    heard = Heard()
    for turn in range(times):
        outs = [folder / f"said-{turn}-{who}" for who in "ab"]
        processes = [voting(env, station, f"round{turn}{who}", out) for who, out in zip("ab", outs, strict=True)]
        wait_until_they_vote(outs)
        time.sleep(random.uniform(0, 0.3))  # noqa: S311
        blow(processes)
        for out in outs:
            heard.listen(out.read_text())
    assert heard.tried
    assert heard.acknowledged
    again = folder / "again"
    again.write_text("\n".join(sorted(heard.tried)))
    last = folder / "said-again"
    process = voting(env, station, "", last, str(again))
    assert process.wait(timeout=120) == 0
    repeated = Heard()
    repeated.listen(last.read_text())
    assert repeated.acknowledged == heard.tried
    told = {line.split(" ")[1] for line in last.read_text().splitlines() if line.endswith(" new")}
    assert told & heard.acknowledged == set(), "an acknowledged ballot was lost"
    return heard
