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


def main() -> None:
    folder = Path(os.environ["FAULTS"])
    env = environment(folder, DATABASE_URL=os.environ["DATABASE_URL"])
    pidfile = Path(os.environ["PG_HOME"]) / "data" / "postmaster.pid"

    def blow(workers: list[subprocess.Popen]) -> None:
        for pid in processes_of(int(pidfile.read_text().split()[0])):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        kill(workers)
        time.sleep(0.2)
        subprocess.run(["bash", "-c", os.environ["PG_START"]], check=True, stdout=subprocess.DEVNULL)

    python(env, "-m", "marelle", "prepare", "--without-data")
    station = python(env, "-c", PREPARE)
    heard = rounds(env, station, folder, times=2, blow=blow)
    counted = json.loads(python(env, "-c", COUNT))
    assert counted["envelopes"] == counted["ballots"] == len(heard.tried), counted
    sys.stdout.write(json.dumps(counted) + "\n")


if __name__ == "__main__":
    main()
