"""The site as it is delivered: its pages and their words, as data (`pages/*.yaml`), and where they stand.

No model and no database here: `actions.site` turns what was read into pages, once; editors do the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PAGES = Path(__file__).parent / "pages"
HOME_SLUG = "accueil"
ROOT = f"/{HOME_SLUG}/"
"""Where the site's first page stands in Wagtail's tree: `/accueil/programme/` is served at `/programme/`."""


def address_of(url_path: str) -> str:
    """The public address of what stands at this place of the tree, without asking the database."""
    return "/" + url_path.removeprefix(ROOT)


def place_of(address: str) -> str:
    """The place in the tree that is served at this address."""
    return ROOT + address.lstrip("/")


@dataclass(frozen=True)
class Seed:
    """One page as delivered. `facts` are its fields, `body` its blocks; both in the words of the YAML."""

    address: str
    model: str
    facts: dict[str, Any]
    streams: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.address.strip("/").rpartition("/")[2] or HOME_SLUG

    @property
    def parent(self) -> str:
        """The address of the page above; empty for the first page."""
        if self.address == "/":
            return ""
        above = self.address.strip("/").rpartition("/")[0]
        return f"/{above}/" if above else "/"


STREAMS = ("body", "ways", "sections")


@cache
def seeds() -> dict[str, Seed]:
    """Every page of the delivered site by its address, parents first."""
    found = {}
    for path in sorted(PAGES.glob("*.yaml")):
        for said in yaml.safe_load(path.read_text()):
            facts = dict(said)
            streams = {name: facts.pop(name) for name in STREAMS if name in facts}
            seed = Seed(facts.pop("address"), facts.pop("type"), facts, streams)
            found[seed.address] = seed
    return dict(sorted(found.items(), key=lambda item: item[0].count("/") if item[0] != "/" else 0))
