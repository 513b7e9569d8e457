"""What holds content: card, notice, empty state, disclosure."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from .library import KINDS, SQUARES, attributes, drawing, fresh_id, one_of, register

NOTICE_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert"}


@register.simple_block_tag
def card(content, title="", id="", square="", link="", link_label="", level=2):
    """A sheet of paper. A chalk edge says which square of the hopscotch it belongs to."""
    one_of(square, SQUARES, "square")
    if not title:
        return format_html('<div class="card"{}>{}</div>', attributes(id=id, data_square=square), content)
    heading = f"{id}-titre" if id else fresh_id(slugify(title)[:40] or "carte")
    more = format_html('<a href="{}">{}</a>', link, link_label or title) if link else ""
    return format_html(
        '<section class="card"{}><header><h{} id="{}">{}</h{}>{}</header>{}</section>',
        attributes(id=id, data_square=square, aria_labelledby=heading),
        int(level),
        heading,
        title,
        int(level),
        more,
        content,
    )


@register.simple_block_tag
def notice(content, kind="info", square=""):
    """Something to know before going on. `bad` is announced at once by a screen reader."""
    one_of(kind, KINDS, "kind")
    one_of(square, SQUARES, "square")
    return format_html(
        '<div class="notice {}"{}>{}<div>{}</div></div>',
        kind,
        attributes(data_square=square, role="alert" if kind == "bad" else ""),
        drawing(NOTICE_ICONS[kind or "info"]),
        content,
    )


@register.simple_block_tag
def empty(content, title="", icon="sparkles"):
    """Nothing here yet: says what will come, and what to do about it."""
    heading = format_html('<p class="empty-title">{}</p>', title) if title else SafeString("")
    return format_html('<div class="empty">{}{}{}</div>', drawing(icon), heading, content)


@register.simple_block_tag
def disclosure(content, summary="", open=False):
    """More, for those who want it. Opens without JavaScript."""
    return format_html(
        '<details class="disclosure"{}><summary>{}</summary><div>{}</div></details>',
        attributes(open=bool(open)),
        summary,
        content,
    )
