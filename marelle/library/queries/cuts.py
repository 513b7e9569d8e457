"""The sizes, shapes and formats in which pictures are shown: `carte-640.avif` is a name, and nothing else is made on
demand, so that nobody can have a million sizes made."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marelle.library.models import Picture

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
"""Best first: a browser takes the first it knows."""
WIDTHS = (320, 640, 960, 1440)
SHARED = (1200, 630)
"""What social networks ask for."""
NAME = re.compile(r"(entiere|carte|carree|partage)-(\d{2,4})\.(avif|webp|jpg)")


@dataclass(frozen=True)
class Cut:
    """A shape: the whole picture, or a piece of it around its focal point."""

    key: str
    ratio: float | None
    """Width over height; None: as the picture is."""
    widths: tuple[int, ...]
    formats: tuple[str, ...] = tuple(FORMATS)

    def height(self, width: int) -> int:
        return round(width / self.ratio) if self.ratio else 0

    def spec(self, width: int, form: str) -> str:
        """As Wagtail writes it."""
        size = f"fill-{width}x{self.height(width)}" if self.ratio else f"width-{width}"
        return f"{size}|format-{'jpeg' if form == 'jpg' else form}"

    def widths_for(self, picture: Picture) -> tuple[int, ...]:
        """Those that the picture is large enough for: it is never blown up."""
        most = min(picture.width, int(picture.height * self.ratio)) if self.ratio else picture.width
        return tuple(width for width in self.widths if width <= most) or self.widths[:1]

    def size(self, picture: Picture, width: int) -> tuple[int, int]:
        """Width and height in points of what is shown, for a page that keeps the place."""
        ratio = self.ratio or picture.width / picture.height
        return width, max(1, round(width / ratio))

    def address_name(self, width: int, form: str) -> str:
        return f"{self.key}-{width}.{form}"


CUTS = {
    "whole": Cut("entiere", None, WIDTHS),
    "card": Cut("carte", 3 / 2, WIDTHS[:3]),
    "square": Cut("carree", 1.0, WIDTHS[:2]),
    "shared": Cut("partage", SHARED[0] / SHARED[1], SHARED[:1], ("jpg",)),
}
_by_key = {cut.key: cut for cut in CUTS.values()}


def spec_of(name: str) -> str | None:
    """« carte-640.avif » → what Wagtail makes; None when it is none of our sizes."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    cut, width, form = _by_key[found[1]], int(found[2]), found[3]
    return cut.spec(width, form) if width in cut.widths and form in cut.formats else None


def specs_for(picture: Picture) -> list[str]:
    """All that pages may ask for of this picture."""
    return [cut.spec(width, form) for cut in CUTS.values() for width in cut.widths_for(picture) for form in cut.formats]
