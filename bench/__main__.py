"""`make bench`: both engines, one table, one JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.load import CLIENTS, SECONDS, have_wrk
from bench.rows import Row, machine, row_of, table

HERE = Path(__file__).resolve().parent


SCENARIOS = {
    "ballots": "bench.ballots",
    "opening": "bench.opening",
    "results": "bench.results_page",
    "library": "bench.library",
}
"""Each in a process and a database of its own; whatever is not one of them is a page by name (`bench.pages`)."""


def modules(only: str) -> list[str]:
    if only in SCENARIOS:
        return [SCENARIOS[only]]
    return ["bench.measure"] if only else ["bench.measure", *SCENARIOS.values()]


def run(engine: str, module: str, only: str) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="marelle-bench-") as data:
        out = Path(data) / "out.json"
        command = [sys.executable, "-m", module, "--engine", engine, "--only", only, "--out", str(out)]
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        env |= {
            "MARELLE_DATA": data,
            "MARELLE_TLS": "0",
            "MARELLE_DEMO": "1",
            "MARELLE_API_PER_MINUTE": "100000000",
            "MARELLE_HOSTS": "127.0.0.1,testserver",
        }
        if engine == "postgresql":
            command = [str(HERE.parent / "scripts" / "with_postgresql.sh"), *command]
            env["PG_DURABLE"] = "1"
        subprocess.run(command, env=env, check=True, cwd=HERE.parent)
        return [row_of(one) for one in json.loads(out.read_text())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help=f"one page by name, or one of: {', '.join(SCENARIOS)}")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="one engine")
    options = parser.parse_args()
    have_wrk()
    rows = [
        row
        for module in modules(options.only)
        for engine in ([options.engine] if options.engine else ["sqlite", "postgresql"])
        for row in run(engine, module, options.only)
    ]
    (HERE / "results").mkdir(exist_ok=True)
    told = [row.as_json() for row in rows]
    (HERE / "results" / "latest.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    print(f"\n{machine()}, {CLIENTS} clients, {SECONDS} s a load\n\n{table(rows)}")


if __name__ == "__main__":
    main()
