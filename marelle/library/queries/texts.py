"""The words of a page or a sheet, wherever they are: plain fields, rich text, blocks inside blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

APART = {"slug", "url_path", "seo_title", "locked", "public_id", "keywords"}


@dataclass(frozen=True)
class Piece:
    """One text, as it is stored: `rich` is HTML as Wagtail keeps it, `address` a link typed by hand."""

    where: str
    kind: Literal["plain", "rich", "address"]
    text: str


def pieces(thing: models.Model) -> Iterator[Piece]:
    for field in thing._meta.concrete_fields:
        if field.name in APART or field.is_relation or not getattr(field, "editable", True):
            continue
        value, where = getattr(thing, field.name, None), str(field.verbose_name)
        if not value:
            continue
        if isinstance(field, StreamField):
            for child in value:
                yield from _of_block(child.block, child.value, _name(child.block))
        elif isinstance(field, RichTextField):
            yield Piece(where, "rich", value)
        elif isinstance(field, models.URLField):
            yield Piece(where, "address", value)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield Piece(where, "plain", value)


def _of_block(block: Any, value: Any, where: str) -> Iterator[Piece]:
    if value in (None, ""):
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), f"{where}, {_name(child)}")
    elif isinstance(block, blocks.ListBlock):
        for one in value:
            yield from _of_block(block.child_block, one, where)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _of_block(child.block, child.value, f"{where}, {_name(child.block)}")
    elif isinstance(block, blocks.RichTextBlock):
        yield Piece(where, "rich", value.source)
    elif isinstance(block, blocks.URLBlock):
        yield Piece(where, "address", str(value))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Piece(where, "plain", str(value))


def _name(block: Any) -> str:
    return str(block.label or block.name)
