"""Fewer points on a map, without opening gaps: neighbours keep the very same border.

Borders are cut into arcs at the points where three or more lines meet; each arc is simplified once
(Ramer-Douglas-Peucker), whichever side it is read from.
"""

import re
from collections import defaultdict
from itertools import pairwise

Point = tuple[float, float]


def rings_of(path: str) -> list[list[Point]]:
    """`M1,2L3,4…Z` (absolute, straight lines only) as closed rings, the first point not repeated."""
    rings = []
    for part in path.replace("Z", "").split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", part)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        ring = [p for p, q in pairwise([*points, points[0]]) if p != q]
        if len(ring) > 2:
            rings.append(ring)
    return rings


def thinned(line: list[Point], tolerance: float) -> list[Point]:
    """The ends, and the points that stand out by more than `tolerance`."""
    (ax, ay), (bx, by) = line[0], line[-1]
    dx, dy = bx - ax, by - ay
    length = (dx * dx + dy * dy) ** 0.5

    def away(p: Point) -> float:
        if not length:
            return ((p[0] - ax) ** 2 + (p[1] - ay) ** 2) ** 0.5
        return abs(dx * (p[1] - ay) - dy * (p[0] - ax)) / length

    if len(line) < 3:
        return line
    far = max(range(1, len(line) - 1), key=lambda i: away(line[i]))
    if away(line[far]) <= tolerance:
        return [line[0], line[-1]]
    return thinned(line[: far + 1], tolerance)[:-1] + thinned(line[far:], tolerance)


def lighten(paths: list[str], tolerance: float = 0.6) -> list[str]:
    """The same map with fewer points, written with relative moves of one decimal."""
    shapes = [rings_of(path) for path in paths]
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for shape in shapes for ring in shape):
        for p, q in pairwise([*ring, ring[0]]):
            neighbours[p].add(q)
            neighbours[q].add(p)
    return ["".join(written(lightened(ring, neighbours, tolerance)) for ring in shape) for shape in shapes]


def lightened(ring: list[Point], neighbours: dict[Point, set[Point]], tolerance: float) -> list[Point]:
    crossings = [i for i, p in enumerate(ring) if len(neighbours[p]) != 2]
    if len(crossings) < 2:  # an island, or an enclave: begin where every reader would, at its smallest point
        lowest, highest = ring.index(min(ring)), ring.index(max(ring))
        crossings = sorted({*crossings, lowest, highest})
    first = crossings[0]
    turned = ring[first:] + ring[:first] + [ring[first]]
    stops = [i - first for i in crossings] + [len(ring)]
    kept: list[Point] = []
    for start, end in pairwise(stops):
        arc = turned[start : end + 1]
        forward = (arc[0], arc[1]) <= (arc[-1], arc[-2])
        arc = thinned(arc if forward else arc[::-1], tolerance)
        kept += (arc if forward else arc[::-1])[:-1]
    return kept


def written(ring: list[Point]) -> str:
    """`M12.3 4.5l1 .5…z`; rings that shrank to nothing are left out."""
    if len(ring) < 3:
        return ""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    moves = "".join(
        f"{short(q[0] - p[0])}{short(q[1] - p[1], after=True)}"
        if i == 0
        else f"{short(q[0] - p[0], after=True)}{short(q[1] - p[1], after=True)}"
        for i, (p, q) in enumerate(pairwise(tenths))
    )
    return f"M{short(tenths[0][0])}{short(tenths[0][1], after=True)}l{moves}z"


def short(number: int, *, after: bool = False) -> str:
    """Tenths as the shortest text: 5 → « .5 », -12 → « -1.2 »; a space where two numbers would run together."""
    text = f"{number / 10:.1f}".removesuffix(".0")
    text = re.sub(r"^(-?)0\.", r"\1.", text)
    return text if not after or text.startswith("-") else f" {text}"
