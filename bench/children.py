"""Children at ten o'clock: a bounded load on this machine that plays whole journeys, page by page.

Each connection is one child after another: it reads the session's page, finds in it what the page drew for this one
sending, posts the answers, follows to the thanks. Raw HTTP/1.1 over prepared bytes, because this process shares two
cores with the server and the database; how much it took of them is in the report. Loopback only.

`play(plan)` runs it in a process of its own. Every journey is checked; what was acknowledged is told, to be compared
with what the database holds.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

HOST = "127.0.0.1"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
MOST_CLIENTS, MOST_SECONDS = 1000, 120
SHOWN = 3
"""Errors told with what was answered."""
NONCE = "{nonce}"


@dataclass(frozen=True)
class Journey:
    """One child. `body` holds `{nonce}` where the page's own number goes."""

    page: str
    body: str


@dataclass(frozen=True)
class Plan:
    """Who plays what. `nonce`: the pattern that finds the sending's name in the page; empty: the answers are posted
    without reading a page. `thanks`: what the address of the last page ends with; empty: no page follows."""

    port: int
    journeys: Sequence[Journey]
    nonce: str
    thanks: str
    post: str = ""
    """Where answers go, when it is not the page itself."""
    accepted: tuple[int, ...] = (302, 303)
    headers: tuple[str, ...] = ()
    body_type: str = "application/x-www-form-urlencoded"
    clients: int = 16
    warm: float = 1.0
    seconds: float = 6.0
    burst: bool = False
    """Everybody reads the page first (one connection each), then all press « send » at once."""
    exhaust: bool = False
    """It ends when the last child has played."""


@dataclass(frozen=True)
class Times:
    """How many a second, and how long they took, in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    longest: float


@dataclass(frozen=True)
class Report:
    acknowledged: int
    """Answers that the server said it holds, from the first to the last, warming up included."""
    errors: int
    shown: list[str]
    pages: Times
    submissions: Times
    journeys: Times
    last: float
    """Of a burst: seconds from the press to the last acknowledgement."""
    cpu_share: float
    """Of one core, that this generator took."""
    ran_dry: bool
    """All children had played before the time was up."""


def play(plan: Plan) -> Report:
    """Run the plan in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.children"],
        input=json.dumps(asdict(plan)),
        check=True,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS + 60,
    )
    told = json.loads(done.stdout)
    return Report(**{**told, **{name: Times(**told[name]) for name in ("pages", "submissions", "journeys")}})


@dataclass
class Hall:
    """What the children of one run share."""

    plan: Plan
    waiting: Iterator[Journey]
    until: float = 0.0
    """No child begins after this moment."""
    acknowledged: int = 0
    errors: int = 0
    shown: list[str] = field(default_factory=list)
    # (when it ended, how long it took)
    pages: list[tuple[float, float]] = field(default_factory=list)
    submissions: list[tuple[float, float]] = field(default_factory=list)
    journeys: list[tuple[float, float]] = field(default_factory=list)
    ran_dry: bool = False

    def __post_init__(self) -> None:
        plan = self.plan
        common = "".join(f"{header}\r\n" for header in (f"Host: {HOST}:{plan.port}", *plan.headers))
        self.get = f"GET %s HTTP/1.1\r\n{common}\r\n"
        self.post = f"POST %s HTTP/1.1\r\n{common}Content-Type: {plan.body_type}\r\nContent-Length: %d\r\n\r\n"
        self.nonce = re.compile(plan.nonce.encode()) if plan.nonce else None
        self.thanks = plan.thanks.encode()

    def next(self) -> Journey | None:
        if time.perf_counter() >= self.until:
            return None
        journey = next(self.waiting, None)
        self.ran_dry = self.ran_dry or journey is None
        return journey

    def wrong(self, what: str, answer: bytes) -> None:
        self.errors += 1
        if len(self.shown) < SHOWN:
            self.shown.append(f"{what}: {answer[:400].decode(errors='replace')}")


class Connection(asyncio.Protocol):
    """One tablet: one child after another, one request at a time."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.received = b""
        self.expects: Any = None
        self.began = self.asked = 0.0
        loop = asyncio.get_running_loop()
        self.over: asyncio.Future[None] = loop.create_future()
        self.has_read: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.begin()

    def begin(self) -> None:
        journey = self.hall.next()
        if journey is None:
            self.expects = None
            if not self.over.done():
                self.over.set_result(None)
            self.transport.close()
            return
        self.journey = journey
        self.began = time.perf_counter()
        if self.hall.nonce is None:
            self.send("")
        else:
            self.ask(self.hall.get % journey.page, self.page)

    def ask(self, request: str, expects: Any) -> None:
        self.expects = expects
        self.asked = time.perf_counter()
        self.transport.write(request.encode())

    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        answer = self.received
        head = answer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = LENGTH.search(answer, 0, head + 2)
        if length is None:
            if not answer.endswith(b"0\r\n\r\n"):  # Sent in pieces, and the last has not come.
                return
        elif len(answer) < head + 4 + int(length[1]):
            return
        self.received = b""
        now = time.perf_counter()
        self.expects(int(answer[9:12]), answer, head, now)

    def page(self, status: int, answer: bytes, head: int, now: float) -> None:
        found = self.hall.nonce.search(answer, head) if status == 200 and self.hall.nonce else None
        if found is None:
            self.wrong(f"page {self.journey.page}", answer)
            return
        self.hall.pages.append((now, now - self.asked))
        self.drawn = found[1].decode()
        if self.hall.plan.burst:
            self.expects = None
            if not self.has_read.done():
                self.has_read.set_result(None)
        else:
            self.send(self.drawn)

    def press(self) -> None:
        self.send(self.drawn)

    def send(self, nonce: str) -> None:
        body = self.journey.body.replace(NONCE, nonce)
        where = self.hall.plan.post or self.journey.page
        self.ask(self.hall.post % (where, len(body.encode())) + body, self.sent)

    def sent(self, status: int, answer: bytes, head: int, now: float) -> None:
        if status not in self.hall.plan.accepted:
            self.wrong(f"answers to {self.journey.page}", answer)
            return
        self.hall.acknowledged += 1
        self.hall.submissions.append((now, now - self.asked))
        if not self.hall.thanks:
            self.finished(now)
            return
        there = LOCATION.search(answer, 0, head + 2)
        if there is None or not there[1].endswith(self.hall.thanks):
            self.wrong(f"no thanks after {self.journey.page}", answer)
        else:
            self.ask(self.hall.get % there[1].decode(), self.thanked)

    def thanked(self, status: int, answer: bytes, head: int, now: float) -> None:
        if status != 200:
            self.wrong(f"thanks of {self.journey.page}", answer)
            return
        self.finished(now)

    def finished(self, now: float) -> None:
        self.hall.journeys.append((now, now - self.began))
        self.begin()

    def wrong(self, what: str, answer: bytes) -> None:
        self.hall.wrong(what, answer)
        self.begin()

    def connection_lost(self, error: Exception | None) -> None:
        if self.expects is not None:
            self.hall.wrong(f"the connection broke ({error})", b"")
        for waited in (self.over, self.has_read):
            if not waited.done():
                waited.set_result(None)


async def keep_going(hall: Hall, until: float) -> None:
    """One connection, and another when it breaks."""
    loop = asyncio.get_running_loop()
    while time.perf_counter() < until and not hall.ran_dry:
        try:
            _, one = await loop.create_connection(partial(Connection, hall), HOST, hall.plan.port)
        except OSError as error:
            hall.wrong(f"no connection ({error})", b"")
            await asyncio.sleep(0.05)
            continue
        await one.over


async def crowd(hall: Hall) -> tuple[float, float]:
    """Clients, one child after another, until the time is up. Gives the moments between which to count."""
    began = time.perf_counter()
    counted_from = began + hall.plan.warm
    hall.until = counted_from + hall.plan.seconds
    await asyncio.gather(*(keep_going(hall, hall.until) for _ in range(hall.plan.clients)))
    return counted_from, min(hall.until, time.perf_counter())


async def burst(hall: Hall) -> tuple[float, float]:
    """Everybody reads the page, sixteen at a time; then all press at once. The thanks are read as they come."""
    loop = asyncio.get_running_loop()
    hall.until = time.perf_counter() + MOST_SECONDS
    together = asyncio.Semaphore(16)

    async def sit_down() -> Connection:
        async with together:
            _, one = await loop.create_connection(partial(Connection, hall), HOST, hall.plan.port)
            await one.has_read
            return one

    seated = await asyncio.gather(*(sit_down() for _ in range(hall.plan.clients)))
    hall.until = 0.0
    pressed = time.perf_counter()
    for one in seated:
        if not one.over.done():
            one.press()
    await asyncio.gather(*(one.over for one in seated))
    return pressed, time.perf_counter()


def times(seen: list[tuple[float, float]], since: float, until: float) -> Times:
    took = sorted(1000 * long for ended, long in seen if since <= ended <= until)
    if not took:
        return Times(0, 0, 0, 0, 0)

    def at(share: float) -> float:
        return round(took[min(len(took) - 1, int(share * len(took)))], 3)

    return Times(round(len(took) / (until - since), 1), at(0.5), at(0.95), at(0.99), round(took[-1], 3))


def report(hall: Hall, since: float, until: float, cpu_share: float) -> Report:
    last = max((ended for ended, _ in hall.submissions), default=since) - since if hall.plan.burst else 0.0
    before = 0.0 if hall.plan.burst else since
    return Report(
        acknowledged=hall.acknowledged,
        errors=hall.errors,
        shown=hall.shown,
        pages=times(hall.pages, before, until),
        submissions=times(hall.submissions, since, until),
        journeys=times(hall.journeys, since, until),
        last=round(last, 3),
        cpu_share=round(cpu_share, 3),
        ran_dry=hall.ran_dry and not (hall.plan.burst or hall.plan.exhaust),
    )


def main() -> None:
    told = json.load(sys.stdin)
    told["journeys"] = [Journey(**one) for one in told["journeys"]]
    told["accepted"] = tuple(told["accepted"])
    plan = Plan(**told)
    assert plan.clients <= MOST_CLIENTS, "too many clients"
    assert plan.seconds + plan.warm <= MOST_SECONDS, "too long"
    gc.disable()
    hall = Hall(plan, iter(plan.journeys))
    began, cpu = time.perf_counter(), time.process_time()
    since, until = asyncio.run(burst(hall) if plan.burst else crowd(hall))
    share = (time.process_time() - cpu) / (time.perf_counter() - began)
    json.dump(asdict(report(hall, since, until, share)), sys.stdout)


if __name__ == "__main__":
    main()
