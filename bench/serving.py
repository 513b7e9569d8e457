"""A server as `marelle serve` starts it, for both sides of a comparison, and what its processes weigh."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROCESSES, THREADS = 2, 2
MARELLE_PORT, BARE_PORT, FORMS_PORT = 18770, 18771, 18772


@dataclass(frozen=True)
class Server:
    pid: int

    def processes(self) -> list[int]:
        """Those that answer: the children of the one that watches them."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [pid for pid in map(int, found) if "multiprocessing.resource_tracker" not in _words(pid)]

    def megabytes(self) -> float:
        return sum(private_megabytes(pid) for pid in self.processes())

    def cpu_seconds(self) -> float:
        return sum(cpu_seconds(pid) for pid in self.processes())


@contextmanager
def served(target: str, port: int, ready: str, *, threads: int = THREADS) -> Iterator[Server]:
    """The same server for both sides: Granian, 2 processes of 2 blocking threads."""
    code = (
        "from granian import Granian\n"
        f"if __name__ == '__main__': Granian({target!r}, port={port}, interface='wsgi', workers={PROCESSES}, "
        f"blocking_threads={threads}, backlog=2048, log_enabled=False).serve()\n"
    )
    script = Path(os.environ["MARELLE_DATA"]) / f"serve_{port}.py"
    script.write_text(code)
    process = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": os.getcwd()})
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.2)
        yield Server(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def cpu_seconds(pid: int) -> float:
    """Processor time of one process so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def private_megabytes(pid: int) -> float:
    """Memory that this process alone holds and wrote to: not the pages of a database file that it maps."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _words(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
