"""The ground of the map is light enough for a phone, and its borders do not gape."""

import gzip
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from lighten_map import lighten, rings_of  # noqa: E402 - a script is not a package

LEFT = "M0,0L10,0L10.1,3L9.9,6L10,10L0,10Z"
RIGHT = "M10,10L9.9,6L10.1,3L10,0L20,0L20,10Z"


def test_neighbours_keep_the_very_same_border():
    left, right = lighten([LEFT, RIGHT], tolerance=0.5)
    assert left == "M10 0l0 10-10 0 0-10z"
    assert "10" in right
    assert len(rings_of(RIGHT)[0]) == 6


def test_a_border_that_stands_out_stays():
    left, right = lighten(["M0,0L10,0L13,5L10,10L0,10Z", "M10,10L13,5L10,0L20,0L20,10Z"], tolerance=0.5)
    assert "3 5-3 5" in left
    assert "3-5-3-5" in right


def test_the_shipped_map_weighs_little_and_has_every_departement():
    svg = (ROOT / "marelle/territories/static/territories/france.svg").read_bytes()
    assert len(gzip.compress(svg)) < 25_000
    assert len(set(re.findall(rb'id="d(\w+)"', svg))) == 101
