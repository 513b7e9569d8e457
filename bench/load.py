"""A bounded load on this machine, by wrk (Debian's package `wrk`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

CLIENTS = 16
SECONDS = int(os.environ.get("BENCH_SECONDS", "6"))
"""How long each load lasts; `BENCH_SECONDS=2` for a first look."""

LUA = """
local paths = {%(paths)s}
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[(turn %% #paths) + 1])
end
done = function(summary, latency)
  io.write(string.format("MEASURED %%.1f %%.3f %%.3f %%d\\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Measured:
    """Requests per second; median and 95th percentile in milliseconds; answers that were errors."""

    per_second: float
    p50: float
    p95: float
    errors: int


def have_wrk() -> None:
    if shutil.which("wrk"):
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=True, stdout=subprocess.DEVNULL)
        return
    raise SystemExit("make bench needs wrk: install the Debian package `wrk`.")


def put_load_on(port: int, paths: tuple[str, ...], *, cookie: str = "", seconds: int = SECONDS) -> Measured:
    """`CLIENTS` connections on 127.0.0.1 for `seconds`, after one second to warm up."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA % {"paths": ", ".join(f'"{path}"' for path in paths)})
        script.flush()
        headers = ["-H", f"Cookie: {cookie}"] if cookie else []
        command = ["wrk", "-t", "1", "-c", str(CLIENTS), "-s", script.name, *headers]
        url = f"http://127.0.0.1:{port}"
        subprocess.run([*command, "-d", "1s", url], check=True, capture_output=True)
        out = subprocess.run([*command, "-d", f"{seconds}s", url], check=True, capture_output=True, text=True).stdout
    found = re.search(r"MEASURED ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", out)
    assert found, out
    return Measured(float(found[1]), float(found[2]), float(found[3]), int(found[4]))
