"""The picture of a page where it is shared: its title on the board, drawn by Typst. No service of anybody else's."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import caches

from marelle.documents.typesetting import png
from marelle.portal.enums import Chalk

CHALKS = {
    Chalk.JOIN: "#8fc7f0", Chalk.GOVERN: "#cdb4f0", Chalk.LISTEN: "#ffc46b", Chalk.PLAN: "#ff9b8d",
    Chalk.ACT: "#86dcb4", Chalk.MEASURE: "#9ad4e6", Chalk.SHARE: "#f7a6cd",
}  # fmt: skip


def card_of(page: Any) -> bytes:
    """1200 × 630, as networks want it; drawn once for the same words."""
    said = {
        "title": getattr(page, "name", "") or page.title,
        "kicker": getattr(page, "kicker", ""),
        "chalk": CHALKS[Chalk(getattr(page, "square", "") or Chalk.LISTEN)],
    }
    key = "card:" + hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()
    drawn = caches["local"].get(key)
    if drawn is None:
        drawn = png("portal/typst/card.typ", said)
        caches["local"].set(key, drawn, 24 * 3600)
    return drawn
