"""Words are readable by day and by night: the tokens of the style sheet, measured."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "marelle/ui/static/ui/marelle.css").read_text()
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))
    for block in (
        CSS.partition(":root {")[2].partition("prefers-color-scheme: dark")[0],
        CSS.partition("prefers-color-scheme: dark")[2].partition("prefers-contrast")[0],
    )
)
SQUARES = ("join", "govern", "listen", "plan", "act", "measure", "share")
PAIRS = [
    *((words, ground) for words in ("ink", "ink-soft") for ground in ("paper", "sheet", "plain")),
    *((f"chalk-{s}", ground) for s in SQUARES for ground in (f"tint-{s}", "paper", "sheet")),
    *(("ink", f"tint-{s}") for s in SQUARES),
    *(("ink-soft", f"tint-{s}") for s in SQUARES),
    *(("on-chalk", f"chalk-{s}") for s in SQUARES),
    *((kind, ground) for kind in ("ok", "warn", "bad") for ground in (f"tint-{kind}", "paper", "sheet")),
    ("chalk-listen", "tint-warn"),
    ("on-chalk", "bad"),
    ("on-ink", "ink"),
    ("on-board", "board"),
]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_words_stand_out_from_their_ground(tokens):
    weak = {pair: round(contrast(*(tokens[t] for t in pair)), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_the_edge_of_a_field_is_seen(tokens):
    assert contrast(tokens["field"], tokens["sheet"]) >= 3


def test_night_redraws_every_colour_of_the_day():
    assert set(DAY) == set(NIGHT)
