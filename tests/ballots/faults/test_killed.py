"""An acknowledged ballot is on disk: `kill -9` loses none and doubles none."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from .killing import COUNT, PREPARE, ROOT, environment, kill, python, rounds


def test_killing_every_process_loses_no_ballot_and_doubles_none(tmp_path):
    env = environment(tmp_path)
    python(env, "-m", "marelle", "prepare", "--without-data")
    station = python(env, "-c", PREPARE)
    heard = rounds(env, station, tmp_path, times=3, blow=kill)
    counted = json.loads(python(env, "-c", COUNT))
    assert counted == {"envelopes": len(heard.tried), "ballots": len(heard.tried), "findings": []}


def test_killing_postgresql_itself_loses_no_ballot_and_doubles_none(tmp_path):
    """A PostgreSQL of its own, durable as in production, killed with all its processes and started again."""
    if connection.vendor != "postgresql":
        pytest.skip("runs with the suite on PostgreSQL")
    env = {**os.environ, "PG_DURABLE": "1", "FAULTS": str(tmp_path), "PYTHONPATH": str(ROOT)}
    tmp_path.chmod(0o755)
    command = [ROOT / "scripts/with_postgresql.sh", sys.executable, "-m", "tests.ballots.faults.postgresql"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.strip().splitlines()[-1])["findings"] == []
