"""`make bench`: both engines, one table, one JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.load import have_wrk

HERE = Path(__file__).resolve().parent


def run(engine: str, only: str) -> list[dict]:
    with tempfile.TemporaryDirectory(prefix="marelle-bench-") as data:
        out = Path(data) / "out.json"
        command = [sys.executable, "-m", "bench.measure", "--engine", engine, "--only", only, "--out", str(out)]
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
        return json.loads(out.read_text())


def verdict(row: dict) -> str:
    if row["goal"] is None:
        return ""
    met = row["ratio"] >= row["goal"] if row["unit"] == "requests/s" else row["ratio"] <= row["goal"]
    return ("met" if met else "MISSED") + f" ({'≥' if row['unit'] == 'requests/s' else '≤'} {row['goal']})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="one page by name")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="one engine")
    options = parser.parse_args()
    have_wrk()
    rows = [
        row
        for engine in ([options.engine] if options.engine else ["sqlite", "postgresql"])
        for row in run(engine, options.only)
    ]
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "latest.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    print(f"\n{rows[0]['machine']}, {rows[0]['clients']} clients\n" if rows else "nothing measured")
    head = ("measure", "engine", "value", "yardstick", "ratio", "goal", "queries", "errors")
    print("{:<22}{:<12}{:>14}{:>14}{:>8}  {:<16}{:>8}{:>8}".format(*head))
    for row in rows:
        queries = f"{row['queries']}" + (f"/{row['query_goal']}" if row["query_goal"] else "")
        print(
            f"{row['name']:<22}{row['engine']:<12}{row['value']:>9.1f} {row['unit'][:4]:<4}{row['yardstick_value']:>14.1f}"
            f"{row['ratio']:>8}  {verdict(row):<16}{queries:>8}{row['errors']:>8}"
        )


if __name__ == "__main__":
    main()
