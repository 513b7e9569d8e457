"""The pages measured: who opens them, how much worse than the yardstick they may be, with how many queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Page:
    """`paths` are opened in turn. `goal`: at least this share of the yardstick's requests per second;
    `slower_goal`: p95 at most this many times the yardstick's."""

    name: str
    paths: tuple[str, ...]
    signed_in_as: Literal["", "lead", "adviser", "manager"] = ""
    goal: float | None = None
    slower_goal: float | None = None
    queries: int | None = None


SEARCHES = (
    "rouen",
    "st etienne",
    "saint-den",
    "76000",
    "l'hay",
    "metropole",
    "aix en prov",
    "sotteville",
    "marseile",
    "bourg",
)

PAGES = (
    Page("home", ("/",), goal=0.3, queries=5),
    Page("territory", ("/territoires/76540-rouen/",), goal=0.3, queries=5),
    Page("search", tuple(f"/territoires/?q={q.replace(' ', '+')}" for q in SEARCHES), slower_goal=3.0, queries=5),
    Page(
        "search-api",
        tuple(f"/api/v1/territories?q={q.replace(' ', '+')}" for q in SEARCHES),
        slower_goal=3.0,
        queries=5,
    ),
    Page("dashboard", ("{dashboard}",), "lead", goal=0.2, queries=12),
    Page("portfolio", ("/portefeuille/",), "adviser", goal=0.2, queries=12),
    Page("funnel", ("/entonnoir/",), "manager", goal=0.2, queries=12),
)
