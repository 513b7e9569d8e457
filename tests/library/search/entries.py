"""A small world to search: things without models, brought by a source of their own."""

from dataclasses import replace

import pytest

from marelle.library import registry
from marelle.library.actions.search import read_everything
from marelle.library.registry import Found, searchable


class Shelf:
    """A source whose things a test puts and takes away."""

    def __init__(self, kind):
        self.kind, self.things, self.made = kind, {}, 0

    def put(self, title, summary="", **more):
        self.made += 1
        key = more.pop("key", f"{self.kind}-{self.made}")
        found = Found(key=key, title=title, summary=summary, address=f"/{self.kind}/{key}/", **more)
        self.things[key] = found
        return found

    def change(self, key, **facts):
        self.things[key] = replace(self.things[key], **facts)


@pytest.fixture
def only_these(monkeypatch):
    """No source but those of the test."""
    monkeypatch.setattr(registry, "sources", {})
    monkeypatch.setattr(registry, "owns", {})
    for module in ("marelle.library.actions.search", "marelle.library.queries.search.results"):
        monkeypatch.setattr(f"{module}.sources", registry.sources)
    monkeypatch.setattr("marelle.library.queries.search.results.owns", registry.owns)


@pytest.fixture
def shelf(db, only_these):
    """Resources, as far as the search knows."""
    return shelf_of("resource", "ressource", "ressources")


def shelf_of(kind, label, plural):
    things = Shelf(kind)
    searchable(kind, label, plural, every=lambda: list(things.things.values()), one=things.things.get)
    return things


def index():
    return read_everything()
