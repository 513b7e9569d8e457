"""One measure: a number, what it is beside in the same run, and what was hoped for."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Row:
    """`goal` bounds the ratio to the yardstick, or (`bounds="value"`) the number itself. `sense`: which side is good."""

    engine: str
    name: str
    value: float
    unit: str
    yardstick: str = ""
    yardstick_value: float | None = None
    goal: float | None = None
    sense: Literal["at least", "at most"] = "at least"
    bounds: Literal["ratio", "value"] = "ratio"
    queries: int | None = None
    query_goal: int | None = None
    errors: int = 0
    clients: int | None = None
    said: str = ""
    """What a reader must know to trust it: how many, with what."""

    @property
    def ratio(self) -> float | None:
        return round(self.value / self.yardstick_value, 3) if self.yardstick_value else None

    @property
    def met(self) -> bool | None:
        """None: no goal. A measure with errors meets nothing."""
        measured = self.ratio if self.bounds == "ratio" else self.value
        if self.goal is None or measured is None:
            return None
        near = measured >= self.goal if self.sense == "at least" else measured <= self.goal
        few = self.queries is None or self.query_goal is None or self.queries <= self.query_goal
        return near and few and not self.errors

    @property
    def verdict(self) -> str:
        if self.met is None:
            return ""
        unit = "×" if self.bounds == "ratio" else f" {self.unit}"
        return f"{'met' if self.met else 'MISSED'} ({'≥' if self.sense == 'at least' else '≤'} {self.goal:g}{unit})"

    def as_json(self) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {**asdict(self), "ratio": self.ratio, "met": self.met, "machine": machine(), "at": now}


def row_of(data: dict[str, Any]) -> Row:
    return Row(**{name: data[name] for name in Row.__dataclass_fields__})


def table(rows: Iterable[Row]) -> str:
    """For a terminal, and good enough for an ADR."""
    lines = [
        f"{'measure':<34}{'engine':<11}{'value':>17}  {'yardstick':<32}{'ratio':>8}  {'goal':<22}{'queries':>8}{'errors':>7}"
    ]
    for row in rows:
        queries = "" if row.queries is None else f"{row.queries}" + (f"/{row.query_goal}" if row.query_goal else "")
        beside = f"{row.yardstick} {row.yardstick_value:.1f}" if row.yardstick_value else ""
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        lines.append(
            f"{row.name:<34}{row.engine:<11}{row.value:>10.1f} {row.unit:<6}  {beside:<32}{ratio:>8}  "
            f"{row.verdict:<22}{queries:>8}{row.errors:>7}" + (f"  {row.said}" if row.said else "")
        )
    return "\n".join(lines)


@cache
def machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}, {platform.system()}"
