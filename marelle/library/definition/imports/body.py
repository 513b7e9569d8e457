"""The text of a sheet, as one types it in a cell, into the blocks of a sheet (`library.blocks.SheetBody`).

    # Intertitre
    Un paragraphe, avec du **gras** et de l’*italique*.

    - une liste
    - à puces

    Matériel :
    - des feutres

    1. Se souvenir (10 min) : chacun dessine sa cachette.

    Conseil : commencer dehors.
    Attention : personne n’est obligé de parler.

A block is `[type, value]`. HTML is never read: what looks like it is shown as it was typed.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

HEADING = re.compile(r"^#{1,3}\s+(.+)$")
ITEM = re.compile(r"^[-•]\s+(.+)$")
STEP = re.compile(r"^\d{1,2}[.)]\s+(.+?)(?:\s*\((\d{1,3})\s*(?:min|minutes)\.?\))?(?:\s*:\s*(.+))?$")
MATERIAL = re.compile(r"^mat[ée]riel\s*:?$", re.I)
SAID = {"tip": re.compile(r"^conseil\s*:\s*(.+)$", re.I), "watch": re.compile(r"^attention\s*:\s*(.+)$", re.I)}
LONGEST_TITLE, LONGEST_THING = 120, 160

Block = list[Any]


def read_body(text: str) -> list[Block]:
    blocks: list[Block] = []
    gathering = ""  # "material", "list" or "text": what the next line may go on with
    for raw in text.replace("\u202f:", " :").splitlines():
        line = raw.strip()
        if not line:
            gathering = "" if gathering == "text" else gathering
        elif MATERIAL.match(line):
            blocks.append(["material", []])
            gathering = "material"
        elif (item := ITEM.match(line)) and gathering == "material":
            blocks[-1][1].append(item[1][:LONGEST_THING])
        elif item:
            _grow(blocks, f"<li>{_rich(item[1])}</li>", into="ul" if gathering == "list" else "")
            gathering = "list"
        elif (heading := HEADING.match(line)) and len(heading[1]) <= LONGEST_TITLE:
            blocks.append(["heading", heading[1].strip()])
            gathering = ""
        elif (step := STEP.match(line)) and len(step[1]) <= LONGEST_TITLE:
            _step(blocks, step)
            gathering = ""
        elif said := next(((kind, found[1]) for kind, rule in SAID.items() if (found := rule.match(line))), None):
            blocks.append([said[0], f"<p>{_rich(said[1])}</p>"])
            gathering = ""
        else:
            _paragraph(blocks, _rich(line), goes_on=gathering == "text")
            gathering = "text"
    return [block for block in blocks if block[1]]


def _step(blocks: list[Block], step: re.Match[str]) -> None:
    if not blocks or blocks[-1][0] != "steps":
        blocks.append(["steps", []])
    minutes = int(step[2]) if step[2] and 1 <= int(step[2]) <= 600 else None
    title = step[1].strip()
    blocks[-1][1].append({"title": title, "minutes": minutes, "text": f"<p>{_rich(step[3] or title)}</p>"})


def _paragraph(blocks: list[Block], html: str, *, goes_on: bool) -> None:
    if goes_on:
        blocks[-1][1] = blocks[-1][1].removesuffix("</p>") + f"<br/>{html}</p>"
    else:
        _grow(blocks, f"<p>{html}</p>")


def _grow(blocks: list[Block], html: str, into: str = "") -> None:
    """One block of text holds the paragraphs and lists that follow one another."""
    if into:
        blocks[-1][1] = blocks[-1][1].removesuffix(f"</{into}>") + f"{html}</{into}>"
        return
    if html.startswith("<li>"):
        html = f"<ul>{html}</ul>"
    if blocks and blocks[-1][0] == "text":
        blocks[-1][1] += html
    else:
        blocks.append(["text", html])


def _rich(text: str) -> str:
    safe = escape(text, quote=False)
    safe = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"<b>\1</b>", safe)
    return re.sub(r"(?<!\*)\*(\S(?:[^*]*\S)?)\*(?!\*)", r"<i>\1</i>", safe)


KEY = re.compile(r'\sdata-block-key="[^"]*"')


def settled(raw: list[dict[str, Any]]) -> list[Block]:
    """The same from what Wagtail keeps: without the marks that its editor adds, so that opening and saving a text
    untouched changes nothing here."""
    return [[block["type"], _settled(block["type"], block["value"])] for block in raw]


def _settled(kind: str, value: Any) -> Any:
    if kind in {"material", "steps"}:
        return [_settled("step" if kind == "steps" else "heading", _inner(one)) for one in value]
    if kind == "step":
        return {"title": value["title"], "minutes": value.get("minutes"), "text": _html(value["text"])}
    return _html(value) if kind != "heading" else value


def _inner(one: Any) -> Any:
    """A list keeps its items bare, or with an id of theirs."""
    return one["value"] if isinstance(one, dict) and one.get("type") == "item" else one


def _html(value: str) -> str:
    return KEY.sub("", value).replace("<br>", "<br/>").replace("&#x27;", "'").replace("&quot;", '"')


def to_raw(blocks: list[Block]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for kind, value in blocks]


TAG = re.compile(r"<[^>]+>")


def in_words(blocks: list[Block]) -> str:
    """The text alone, for a page that compares two."""
    said: list[str] = []
    for kind, value in blocks:
        if kind == "material":
            said += value
        elif kind == "steps":
            said += [f"{one['title']} : {TAG.sub(' ', one['text'])}" for one in value]
        else:
            said.append(TAG.sub(" ", value))
    return " ".join(" ".join(said).split())
