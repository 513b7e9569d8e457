"""Typst: from a template and data to a tagged PDF."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from fontTools.ttLib import TTFont

TREE = Path(__file__).resolve().parent.parent
UNKNOWN = "\N{WHITE SQUARE}"
"""Stands for a sign that no typeface of ours can draw (an emoji, a rare script)."""


def template_path(template: str) -> Path:
    """`programme/typst/receipt.typ` → the file inside the app's folder."""
    app, _, rest = template.partition("/")
    return Path(apps.get_app_config(app).path) / rest


def pdf(template: str, data: dict[str, Any], *, title: str) -> bytes:
    """The PDF's bytes. The template reads `json(bytes(sys.inputs.data))` and `sys.inputs.title`: what people
    wrote arrives as data, and is never read as markup.

    PDF/UA refuses a sign that cannot be drawn: such signs become □ rather than costing a town its receipt.
    """
    try:
        return _compile(template, _each(_printable, data), _printable(title))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(template, _each(_drawable, data), _drawable(title))


def _compile(template: str, data: Any, title: str) -> bytes:
    return typst.compile(
        str(template_path(template)),
        root=str(TREE),
        font_paths=fonts(),
        ignore_system_fonts=True,  # The same page on every machine.
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str), "title": title},
    )


def png(template: str, data: dict[str, Any]) -> bytes:
    """One page as a picture, a pixel for each point. Signs that cannot be drawn are □ here too."""
    return typst.compile(
        str(template_path(template)),
        root=str(TREE),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=72.0,
        sys_inputs={"data": json.dumps(_each(_drawable, data), ensure_ascii=False, default=str)},
    )


def _each(clean: Callable[[str], str], value: Any) -> Any:
    """The same data, every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _each(clean, one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(clean, one) for one in value]
    return value


def _printable(text: str) -> str:
    """Without control marks, nor those that turn the writing round."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def _drawable(text: str) -> str:
    drawn = _drawn()
    return "".join(c if ord(c) in drawn or c in "\n\t\u202f" else UNKNOWN for c in _printable(text))


@cache
def _drawn() -> frozenset[int]:
    """What the text typeface can draw."""
    with TTFont(Path(fonts()[0]) / "AtkinsonHyperlegible-Regular.ttf") as font:
        return frozenset(font.getBestCmap())


@cache
def fonts() -> list[str]:
    """Folders of our two typefaces, as their packages installed them."""
    return [str(files(name) / "files") for name in ("fontpkg_atkinson_hyperlegible", "fontpkg_bricolage_grotesque")]
