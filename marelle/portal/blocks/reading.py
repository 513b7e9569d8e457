"""From the words of the delivered pages' YAML to what a StreamField stores: Markdown becomes rich text, an address
becomes a link to the page that stands there."""

from __future__ import annotations

import re
import uuid
from typing import Any

from markdown_it import MarkdownIt
from wagtail import blocks

from .links import LinkBlock

MARKDOWN = MarkdownIt("zero").enable(["emphasis", "list", "link", "heading", "newline"])
NAMESPACE = uuid.UUID("6d617265-6c6c-4c65-8000-706167657321")


def stored(stream: blocks.StreamBlock, said: list[dict[str, Any]], pages: dict[str, int]) -> list[dict[str, Any]]:
    """Each item of `said` has one key, the block's name. Identifiers are the same at each reading."""
    found = []
    for number, item in enumerate(said):
        [(name, value)] = item.items()
        found.append(
            {
                "type": name,
                "value": _value(stream.child_blocks[name], value, pages),
                "id": str(uuid.uuid5(NAMESPACE, f"{number} {item!r}")),
            }
        )
    return found


def _value(block: Any, value: Any, pages: dict[str, int]) -> Any:
    if isinstance(block, LinkBlock):
        return _link(value, pages)
    if isinstance(block, blocks.StructBlock):
        return {name: _value(block.child_blocks[name], one, pages) for name, one in (value or {}).items()}
    if isinstance(block, blocks.ListBlock):
        return [_value(block.child_block, one, pages) for one in value]
    if isinstance(block, blocks.StreamBlock):
        return stored(block, value, pages)
    if isinstance(block, blocks.RichTextBlock):
        return _rich(value, pages)
    return value


def _link(said: dict[str, str], pages: dict[str, int]) -> dict[str, Any]:
    """`{to: /programme/, label: Le programme}`."""
    page = pages.get(said["to"])
    return {"label": said["label"], "page": page, "address": "" if page else said["to"]}


def _rich(text: str, pages: dict[str, int]) -> str:
    html = MARKDOWN.render(text).replace("\n</li>", "</li>").replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = html.replace("<em>", "<i>").replace("</em>", "</i>")

    def link(found: re.Match[str]) -> str:
        page = pages.get(found[1])
        return f'<a linktype="page" id="{page}">' if page else found[0]

    return re.sub(r'<a href="([^"]+)">', link, html)
