"""An installation ready to serve, made by `marelle prepare` once for the whole run. Whoever serves or breaks it copies it."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, rmtree

from . import database

ROOT = Path(__file__).resolve().parents[1]


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a command on this installation: nothing of the tests' own settings is left."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MARELLE_", "DATABASE_", "DJANGO_"))}
    return {**clean, "MARELLE_DATA": str(data), **more}


def prepared(run: Path) -> Path:
    """The folder, in the folder that all workers of this run share. Read it, never change it."""
    made = run / "installation"
    with (run / "installation.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            draft = run / "installation.draft"
            rmtree(draft, ignore_errors=True)
            draft.mkdir()
            database.copied_into(draft)
            subprocess.run(
                [sys.executable, "-m", "marelle", "prepare", "--without-data"],
                env=environment(draft), cwd=ROOT, check=True, capture_output=True,
            )  # fmt: skip
            draft.rename(made)
    return made


def copy(made: Path, to: Path) -> Path:
    return Path(copytree(made, to, dirs_exist_ok=True))
