"""An acknowledged ballot is on disk: `kill -9` loses none and doubles none."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from .killing import COUNT, PREPARE, ROOT, environment, kill, python, rounds
from .served import play

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="serves from a file of its own: runs with the suite on SQLite"
)


@pytest.fixture
def fresh(installed, tmp_path):
    """A data folder that could serve: each test breaks its own."""
    return installed(tmp_path / "data")


def everything_is_there(said):
    """Every child who was told so is counted, once, with their own words; so is nobody else."""
    children = said["acknowledged"]
    assert said == {
        "acknowledged": children,
        "sealed": children,
        "ballots": children,
        "tickets": said["tickets"],
        "tickets_left": said["tickets"] - children,
        "lost": [],
        "doubled": [],
        "holds": True,
    }


@on_sqlite
def test_killing_the_server_loses_no_childs_answers_and_doubles_none(fresh):
    everything_is_there(play(fresh))


def test_killing_the_server_on_postgresql_loses_no_childs_answers_and_doubles_none(fresh):
    if connection.vendor != "postgresql":
        pytest.skip("runs with the suite on PostgreSQL")
    everything_is_there(json.loads(on_a_postgresql_of_its_own("tests.ballots.faults.served", str(fresh))))


@on_sqlite
def test_killing_every_process_loses_no_ballot_and_doubles_none(fresh, tmp_path):
    env = environment(fresh)
    station = python(env, "-c", PREPARE)
    heard = rounds(env, station, tmp_path, times=3, blow=kill)
    counted = json.loads(python(env, "-c", COUNT))
    assert counted == {"envelopes": len(heard.tried), "ballots": len(heard.tried), "findings": []}


def test_killing_postgresql_itself_loses_no_ballot_and_doubles_none(fresh):
    """A PostgreSQL of its own, durable as in production, killed with all its processes and started again."""
    if connection.vendor != "postgresql":
        pytest.skip("runs with the suite on PostgreSQL")
    said = on_a_postgresql_of_its_own("tests.ballots.faults.postgresql", FAULTS=str(fresh))
    assert json.loads(said)["findings"] == []


def on_a_postgresql_of_its_own(module, *arguments, **more):
    """The last line that the module says."""
    env = {**os.environ, "PG_DURABLE": "1", "PYTHONPATH": str(ROOT), **more}
    command = [ROOT / "scripts/with_postgresql.sh", sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1]
