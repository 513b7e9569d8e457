"""The little markup of the YAML: paragraphs, `- ` and `1. ` lists, **bold**, *italic*, [a link](https://…).

Gives the HTML that Wagtail keeps. Everything else is text.
"""

from __future__ import annotations

import re
from html import escape

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"\*(?=\S)(.+?)(?<=\S)\*")
LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s)]+|/[^\s)]*)\)")
ITEM = {"ul": re.compile(r"^- +"), "ol": re.compile(r"^\d+\. +")}


def html(text: str) -> str:
    """Raises ValueError when an asterisk stays that marks nothing."""
    made, lines = [], text.strip().split("\n")
    while lines:
        kind = _list_of(lines[0])
        if not lines[0].strip():
            lines.pop(0)
        elif kind:
            made.append(_list(kind, lines))
        else:
            made.append(f"<p>{_inline(_joined(lines))}</p>")
    return "".join(made)


def _list(kind: str, lines: list[str]) -> str:
    items: list[str] = []
    while lines and lines[0].strip():
        line = lines.pop(0)
        if ITEM[kind].match(line):
            items.append(ITEM[kind].sub("", line))
        else:
            items[-1] += " " + line.strip()
    return f"<{kind}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{kind}>"


def _joined(lines: list[str]) -> str:
    """The lines of a paragraph, taken off the front."""
    taken = []
    while lines and lines[0].strip() and not _list_of(lines[0]):
        taken.append(lines.pop(0).strip())
    return " ".join(taken)


def _list_of(line: str) -> str:
    return next((kind for kind, mark in ITEM.items() if mark.match(line)), "")


def _inline(text: str) -> str:
    said = escape(text, quote=False)
    said = LINK.sub(r'<a href="\2">\1</a>', said)
    said = BOLD.sub(r"<b>\1</b>", said)
    said = ITALIC.sub(r"<i>\1</i>", said)
    if "*" in said:
        raise ValueError(f"un astérisque de trop : {text[:60]}")
    return said
