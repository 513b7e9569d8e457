"""Charts and maps: pictures that always stand beside the table or the list that says the same."""

from __future__ import annotations

import json
import re
from hashlib import sha256

from django.core.cache import caches
from django.template import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .library import SQUARES, attributes, one_of, register

CHALKS = {
    "join": "#0b6aa8", "govern": "#6a3fa0", "listen": "#9c5000", "plan": "#b92f25",
    "act": "#176b4a", "measure": "#22566b", "share": "#a82a6a",
}  # fmt: skip
INK, SOFT, LINE = "#17233b", "#51607a", "#e3ddcf"

LOOK = {
    "aria": False,  # the picture has one name, given by the component
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": 500,
        "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
    },
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 13, "titleFontSize": 13},
    "range": {"category": list(CHALKS.values())},
    "bar": {"color": CHALKS["join"], "cornerRadiusEnd": 5},
    "line": {"color": CHALKS["join"], "strokeWidth": 3},
    "mark": {"color": CHALKS["join"]},
    "text": {"color": INK, "fontSize": 14},
}  # fmt: skip
"""The day's colours. `marelle.css` finds each by its value inside a chart and puts the token in its place."""
ROLES = re.compile(r' (?:role|aria-roledescription|aria-hidden)="[^"]*"')
FRENCH_NUMBERS = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}


def svg_of(spec: dict) -> str:
    """A Vega-Lite spec as SVG, in our colours. Made once per content, then remembered by this process."""
    dressed = {**spec, "config": {**LOOK, **spec.get("config", {})}}
    written = json.dumps(dressed, sort_keys=True, default=str)
    key = "chart:" + sha256(written.encode()).hexdigest()
    cache = caches["local"]
    svg = cache.get(key)
    if svg is None:
        import vl_convert

        svg = vl_convert.vegalite_to_svg(json.loads(written), format_locale=FRENCH_NUMBERS)
        svg = ROLES.sub("", svg)
        cache.set(key, svg, timeout=24 * 3600)
    return svg


@register.simple_tag
def chart(spec, table_id="", label=""):
    """A picture of a table. `table_id` names that table on the same page: a chart never stands alone.

    Drawn in the page itself, so that it takes the typeface and the colours of the reader's day or night.
    """
    if not table_id:
        raise TemplateSyntaxError("a chart needs table_id, the id of the table that says the same")
    return format_html(
        '<figure class="chart"{}>{}</figure>',
        attributes(
            role="img",
            aria_label=label or spec.get("title") or spec.get("description"),
            aria_describedby=table_id,
        ),
        mark_safe(svg_of(spec)),  # noqa: S308 - drawn by Vega, which escapes what it writes
    )


@register.inclusion_tag("ui/parts/map.html")
def map(points=(), backdrop="", shapes=(), label="", view_box="0 0 1000 1000", frame="", list_id=""):
    """A map without tiles: a drawn ground, and points already projected on it.

    `backdrop` is the address of an SVG whose own view box is `frame` (by default `view_box`), or `shapes` its paths (dicts(path, name, square)).
    `points`: dicts(x, y, name, url, square, size, hollow): a hollow one is told apart without its colour. `list_id` names the equal list on the page.
    """
    x, y, width, height = (frame or view_box).split()
    return {
        "backdrop": backdrop,
        "shapes": [
            {"path": s["path"], "name": s.get("name", ""), "square": one_of(s.get("square", ""), SQUARES, "square")}
            for s in shapes
        ],
        "points": [
            {
                "x": f"{p['x']:.1f}",
                "y": f"{p['y']:.1f}",
                "name": p["name"],
                "url": p.get("url", ""),
                "square": one_of(p.get("square") or "join", SQUARES, "square"),
                "hollow": bool(p.get("hollow")),
                "radius": f"{p.get('size') or 5:g}",  # as text: a French decimal comma is not SVG
            }
            for p in points
            if p.get("x") is not None and p.get("y") is not None
        ],
        "label": label,
        "view_box": view_box,
        "ground": {"x": x, "y": y, "width": width, "height": height},
        "described": attributes(aria_describedby=list_id),
    }
