"""Ten o'clock on 20 November, on one engine: classes of 28 vote together; a burst presses « send » at once.

Called by `python -m bench` with MARELLE_DATA (and DATABASE_URL for PostgreSQL) set. Writes a JSON list of rows.
After each load, what was acknowledged is compared with what the database holds: a ballot lost or doubled is an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean
from urllib.parse import urlencode

from bench import limits
from bench.children import Journey, Plan, Report, play
from bench.load import CLIENTS, SECONDS
from bench.process import begun
from bench.rows import Row
from bench.serving import FORMS_PORT, MARELLE_PORT, THREADS, Server, served

SLOWER = {"sqlite": 2, "postgresql": 1}
"""SQLite has one writer: its bursts may take twice as long."""
BURSTS = ((200, 1.0), (800, 3.0))
RATE = 2500
"""No machine of ours answers more than this in a second: so many children wait, that none is missing."""
FLAT = int(os.environ.get("BENCH_FLAT", "20000"))
"""Submissions between the two weighings of the server."""
TOKEN = "a" * 32


def children_for(seconds: float) -> int:
    return int(RATE * (seconds + 1))


class Ballots:
    """The measures of one engine."""

    def __init__(self, engine: str) -> None:
        from bench.classes import School

        self.row = partial(Row, engine, clients=CLIENTS)
        self.engine = engine
        self.rows: list[Row] = []
        self.school = School()

    # --- One load, and the count after it ----------------------------------------------------------------

    def vote(self, plan: Plan) -> Report:
        """Play, then compare with the database: slots gone and envelopes laid down, as many as acknowledged."""
        before = self._held()
        got = play(plan)
        after = self._held()
        envelopes, slots = after[0] - before[0], before[1] - after[1]
        wrong = abs(envelopes - got.acknowledged) + abs(slots - got.acknowledged)
        if wrong or got.errors:
            print(
                f"  {got.acknowledged} acknowledged, {envelopes} envelopes, {slots} slots used", *got.shown, sep="\n  "
            )
        assert not got.ran_dry, "every child had voted before the time was up: raise RATE"
        return replace(got, errors=got.errors + wrong)

    def _held(self) -> tuple[int, int]:
        from marelle.ballots.models import Envelope, Ticket

        box = self.school.box
        return Envelope.objects.filter(station__box=box).count(), Ticket.objects.filter(station__box=box).count()

    def submissions(self, seconds: float = SECONDS) -> Report:
        """Answers only, without the pages around them."""
        from bench.classes import plan

        journeys = self.school.journeys(self.school.seats(children_for(seconds)), own_names=True)
        return self.vote(replace(plan(MARELLE_PORT, journeys, seconds=seconds, clients=CLIENTS), nonce="", thanks=""))

    def journeys(self) -> Report:
        from bench.classes import plan

        journeys = self.school.journeys(self.school.seats(children_for(SECONDS)))
        return self.vote(plan(MARELLE_PORT, journeys, seconds=SECONDS, clients=CLIENTS))

    def burst(self, children: int) -> Report:
        from bench.classes import plan

        journeys = self.school.journeys(self.school.seats(children))
        return self.vote(plan(MARELLE_PORT, journeys, clients=children, burst=True))

    # --- The yardsticks ----------------------------------------------------------------------------------

    def form(self, **more) -> Plan:
        from bench.classes import BROWSER
        from bench.questions import answers

        chance = self.school.chance
        bodies = [urlencode(answers(chance), doseq=True) for _ in range(500)]
        journeys = [Journey("/form/", f"{body}&csrfmiddlewaretoken={{nonce}}") for body in bodies]
        journeys *= -(-children_for(SECONDS) // len(journeys))
        drawn = 'name="csrfmiddlewaretoken" value="([^"]+)"'
        headers = (*(h for h in BROWSER if "Encoding" not in h), f"Cookie: csrftoken={TOKEN}")
        return Plan(FORMS_PORT, journeys, drawn, "/thanks/", headers=headers, **{"clients": CLIENTS, "seconds": SECONDS, **more})  # fmt: skip

    def yardstick(self, plan: Plan) -> Report:
        before = self._stored()
        got = play(plan)
        wrong = abs(self._stored() - before - got.acknowledged)
        assert wrong + got.errors == 0, (wrong, got)
        return got

    def insert(self) -> Report:
        return self.yardstick(replace(self.form(), nonce="", thanks="", post="/insert/", accepted=(204,)))

    @staticmethod
    def _stored() -> int:
        done = subprocess.run([sys.executable, "-m", "bench.forms", "--count"], check=True, capture_output=True)
        return int(done.stdout)

    # --- The measures ------------------------------------------------------------------------------------

    def measure(self) -> list[Row]:
        subprocess.run([sys.executable, "-m", "bench.forms"], check=True)
        with served("bench.forms:application", FORMS_PORT, "/thanks/") as self.forms:
            for threads in (THREADS, 1):
                with served("marelle.config.wsgi:application", MARELLE_PORT, "/health/live", threads=threads) as server:
                    self._checked()
                    self._loads(threads)
                    if threads == THREADS:
                        self._bursts()
                        self._weighed(server)
        self._adds_up()
        return self.rows

    def _checked(self) -> None:
        from bench.classes import check_the_pages

        check_the_pages(MARELLE_PORT, self.school.seats(1)[0].code)

    def _loads(self, threads: int) -> None:
        """Each measure between two of its yardstick: a shared machine changes its mind."""
        first = self.insert()
        got = self.submissions()
        again = self.insert()
        insert = mean([first.submissions.per_second, again.submissions.per_second])
        name = "submission" if threads == THREADS else f"submission, {threads} thread"
        self._submission(name, got, insert, mean([first.submissions.p95, again.submissions.p95]), threads)
        plain, whole = self.yardstick(self.form()), self.journeys()
        name = "journey" if threads == THREADS else f"journey, {threads} thread"
        self._journey(name, whole, plain, threads)

    def _submission(self, name: str, got: Report, insert: float, insert_p95: float, threads: int) -> None:
        queries = {} if threads != THREADS else {"queries": self._queries("POST"), "query_goal": 4}
        took = got.submissions
        self._say(
            name,
            took.per_second,
            "/s",
            "bare insert (b)",
            insert,
            goal=0.5 if threads == THREADS else None,
            errors=got.errors,
            **queries,
        )
        self._say(f"{name} p50", took.p50, "ms")
        self._say(f"{name} p95", took.p95, "ms", "bare insert (b) p95", insert_p95)
        self._say(f"{name} p99", took.p99, "ms", said=f"generator {got.cpu_share:.0%} of a core")
        if threads == THREADS:
            limit, what = self._limit()
            self._say(f"{name} / {what}", took.per_second, "/s", what, limit)

    def _limit(self) -> tuple[float, str]:
        if self.engine == "postgresql":
            return limits.pgbench(clients=CLIENTS, seconds=SECONDS), "pgbench (a)"
        return limits.sqlite_alone(seconds=SECONDS), "SQLite alone (c)"

    def _journey(self, name: str, whole: Report, plain: Report, threads: int) -> None:
        goal = {"goal": 500, "bounds": "value"} if threads == THREADS and self.engine == "postgresql" else {}
        queries = {} if threads != THREADS else {"queries": self._queries("GET"), "query_goal": None}
        self._say(
            name,
            whole.journeys.per_second,
            "/s",
            "plain forms (d)",
            plain.journeys.per_second,
            errors=whole.errors,
            **goal,
            **queries,
        )
        self._say(f"{name} p50", whole.journeys.p50, "ms", "plain forms (d) p50", plain.journeys.p50)
        self._say(f"{name} p95", whole.journeys.p95, "ms", "plain forms (d) p95", plain.journeys.p95)
        self._say(f"{name} p99", whole.journeys.p99, "ms", "plain forms (d) p99", plain.journeys.p99)
        self._say(f"{name}: page p95", whole.pages.p95, "ms", "plain forms (d) p95", plain.pages.p95)
        said = f"generator {whole.cpu_share:.0%} of a core"
        self._say(f"{name}: send p95", whole.submissions.p95, "ms", "plain forms (d) p95", plain.submissions.p95)
        self._say(
            f"{name}: send p99", whole.submissions.p99, "ms", "plain forms (d) p99", plain.submissions.p99, said=said
        )

    def _bursts(self) -> None:
        for children, within in BURSTS:
            got = self.burst(children)
            plain = self.yardstick(self.form(clients=children, burst=True))
            goal = within * SLOWER[self.engine]
            more = {"goal": goal, "sense": "at most", "bounds": "value", "clients": children}
            self._say(f"burst of {children}", got.last, "s", "plain forms (d)", plain.last, errors=got.errors, **more)
            self._say(
                f"burst of {children} p99",
                got.submissions.p99,
                "ms",
                "plain forms (d) p99",
                plain.submissions.p99,
                clients=children,
            )

    def _weighed(self, server: Server) -> None:
        """What the server's processes hold, before and after many submissions more."""
        from bench.classes import plan

        before = server.megabytes()
        journeys = self.school.journeys(self.school.seats(FLAT), own_names=True)
        calm = plan(MARELLE_PORT, journeys, seconds=100, warm=0, clients=CLIENTS)
        got = self.vote(replace(calm, nonce="", thanks="", exhaust=True))
        after = server.megabytes()
        said = f"{before:.1f} MB private in 2 processes, {after:.1f} MB after {got.acknowledged} submissions more"
        self._say(
            "server memory grown",
            after - before,
            "MB",
            goal=5,
            sense="at most",
            bounds="value",
            errors=got.errors,
            said=said,
        )

    def _queries(self, method: str) -> int:
        """Statements of one request, in this process; BEGIN and COMMIT are not counted."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        client = Client(SERVER_NAME="127.0.0.1")
        first, second = self.school.journeys(self.school.seats(2), own_names=True)
        client.get(first.page)
        form = "application/x-www-form-urlencoded"
        ask = (
            (lambda one: client.get(one.page))
            if method == "GET"
            else (lambda one: client.post(one.page, one.body, form))
        )
        assert ask(first).status_code in {200, 303}
        with CaptureQueriesContext(connection) as seen:
            answer = ask(second)
        assert answer.status_code in {200, 303}, answer.content
        statements = [one["sql"] for one in seen if not one["sql"].startswith(("BEGIN", "COMMIT"))]
        connection.close()
        return len(statements)

    def _adds_up(self) -> None:
        """Open every envelope, and count everything again."""
        from django.utils import timezone

        from marelle.ballots.actions import opening
        from marelle.ballots.queries import verifying

        opening.open_all(at=timezone.now())
        [sums] = verifying.verify(self.school.box)
        said = f"{sums.used_slots} slots used = {sums.ballots} ballots counted + {sums.waiting} sealed"
        self._say("sums that do not hold", len(sums.findings), "", goal=0, sense="at most", bounds="value", said=said)

    def _say(
        self, name: str, value: float, unit: str, yardstick: str = "", yardstick_value: float | None = None, **more
    ) -> None:
        row = self.row(name, value, unit, yardstick, yardstick_value, **more)
        self.rows.append(row)
        beside = f" beside {yardstick_value:.1f} ({yardstick})" if yardstick_value else ""
        print(f"[{self.engine}] {name}: {value:.1f} {unit}{beside} {row.verdict} {row.said}", flush=True)


def main() -> None:
    options = begun()
    from django.core.management import call_command

    call_command("prepare", stdout=sys.stderr)
    rows = Ballots(options.engine).measure()
    Path(options.out).write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
