"""The two typefaces, cut down to what French needs and compressed for the web.

They come from PyPI (both SIL OFL 1.1, which allows it under the same licence) and are never committed: they are
made once, into the data folder, by `marelle build_fonts`. Without them pages use the reader's own typefaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

FOLDER = "ui/fonts"
LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2039, 0x203A, 0x20AC,
    0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2605, 0x2713,
)  # fmt: skip
"""Latin with its accents, French punctuation and spaces, the few arrows and signs we write."""


@dataclass(frozen=True)
class Face:
    """One file of letters as a style sheet names it."""

    family: str
    package: str
    file: str
    name: str
    weight: str
    style: str = "normal"
    axes: tuple[tuple[str, tuple[float, float] | float], ...] = ()


FACES = (
    Face(
        "Marelle Display",
        "fontpkg_bricolage_grotesque",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        "display",
        "600 800",
        axes=(("opsz", 36.0), ("wdth", 100.0), ("wght", (600.0, 800.0))),
    ),
    Face("Marelle Text", "fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf", "text", "400"),
    Face("Marelle Text", "fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf", "text-bold", "700"),
    Face(
        "Marelle Text",
        "fontpkg_atkinson_hyperlegible",
        "AtkinsonHyperlegible-Italic.ttf",
        "text-italic",
        "400",
        "italic",
    ),
)


def _cut(face: Face, to: Path) -> None:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with files(face.package).joinpath("files", face.file).open("rb") as source:
        font = TTFont(source)
        subsetter = Subsetter(Options(layout_features=["kern", "liga", "mark", "mkmk", "tnum", "locl", "ccmp"]))
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        if face.axes:
            font = instantiateVariableFont(font, dict(face.axes))
        if 0x202F not in font.getBestCmap():
            _add_narrow_space(font)
        font.flavor = "woff2"
        font.save(to)


def _add_narrow_space(font) -> None:
    """The space before « ; : ! ? » and between thousands, which the text face lacks: a fifth of an em, empty."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    font.setGlyphOrder([*font.getGlyphOrder(), "narrowspace"])
    font["glyf"].glyphs["narrowspace"] = Glyph()
    font["hmtx"]["narrowspace"] = (round(font["head"].unitsPerEm * 0.2), 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x202F] = "narrowspace"


def build(into: Path) -> Iterator[Path]:
    """Make the files and their style sheet under `into`, and name each as it is written."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    rules = ["/* Bricolage Grotesque and Atkinson Hyperlegible, SIL Open Font License 1.1 (OFL.txt). */"]
    for face in FACES:
        made = folder / f"{face.name}.woff2"
        _cut(face, made)
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; src: url("{made.name}") format("woff2"); '
            f"font-weight: {face.weight}; font-style: {face.style}; font-display: swap; }}"
        )
        yield made
    licences = sorted({face.package for face in FACES})
    (folder / "OFL.txt").write_text("\n\n".join(files(p).joinpath("LICENSE").read_text() for p in licences))
    sheet = folder / "fonts.css"
    sheet.write_text("\n".join(rules) + "\n")
    (folder / "made-from").write_text(recipe())
    yield sheet


def recipe() -> str:
    """What the files depend on: when it has not changed, they need not be made again."""
    return sha256(repr((FACES, LETTERS, Path(__file__).read_bytes())).encode()).hexdigest()


def are_built(into: Path) -> bool:
    mark = into / FOLDER / "made-from"
    return mark.exists() and mark.read_text() == recipe()
