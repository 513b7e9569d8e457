"""Inside `scripts/with_postgresql.sh`: children vote, PostgreSQL is killed with all its processes, and starts again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from .killing import COUNT, PREPARE, environment, kill, python, rounds


def processes_of(postmaster: int) -> list[int]:
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == postmaster:
            children.append(int(stat.parent.name))
    return [postmaster, *children]


def is_dead(pid: int) -> bool:
    """Gone, or a name on a list that nobody has read yet (a zombie)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def main() -> None:
    folder = Path(os.environ["FAULTS"])
    env = environment(folder, DATABASE_URL=os.environ["DATABASE_URL"])
    pidfile = Path(os.environ["PG_HOME"]) / "data" / "postmaster.pid"

    def blow(workers: list[subprocess.Popen]) -> None:
        killed = processes_of(int(pidfile.read_text().split()[0]))
        for pid in killed:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        kill(workers)
        while not all(is_dead(pid) for pid in killed):
            time.sleep(0.05)
        # A killed process may linger as a zombie, which looks alive to PostgreSQL: its marks are taken away.
        for mark in (pidfile, *Path(os.environ["PG_HOME"]).glob(".s.PGSQL.*")):
            mark.unlink(missing_ok=True)
        started = subprocess.run(["bash", "-c", os.environ["PG_START"]], stdout=subprocess.DEVNULL)
        assert started.returncode == 0, (Path(os.environ["PG_HOME"]) / "log").read_text()[-2000:]

    python(env, "-m", "marelle", "prepare", "--without-data")
    station = python(env, "-c", PREPARE)
    heard = rounds(env, station, folder, times=2, blow=blow)
    counted = json.loads(python(env, "-c", COUNT))
    assert counted["envelopes"] == counted["ballots"] == len(heard.tried), counted
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main()
