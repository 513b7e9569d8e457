"""Guides as they are read: chapters with their anchors, whatever they come from (the text of today, an edition)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify

from marelle.core.frozen import digest
from marelle.library.models import Guide, GuideEdition
from marelle.library.queries import rich_text

RICH = {"text", "tip", "watch"}


@dataclass(frozen=True)
class Chapter:
    """What a heading begins. `blocks`: dicts(kind, …) of plain data, the same for the page and for the PDF."""

    number: int
    title: str
    anchor: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Whole:
    """A guide's text, from its first word to its last."""

    opening: list[dict[str, Any]]
    """What stands before the first chapter."""
    chapters: list[Chapter]

    def at(self, anchor: str) -> int | None:
        """The place of a chapter."""
        return next((place for place, one in enumerate(self.chapters) if one.anchor == anchor), None)


def raw_of(guide: Guide) -> list[dict[str, Any]]:
    """The text in its stored form."""
    return list(guide.body.get_prep_value())


def whole(raw: list[dict[str, Any]]) -> Whole:
    opening: list[dict[str, Any]] = []
    chapters: list[Chapter] = []
    for kind, value in _blocks(raw, rich_text.pages_of(raw)):
        if kind == "heading":
            taken = {one.anchor for one in chapters}
            chapters.append(Chapter(len(chapters) + 1, value, _anchor(value, taken)))
        else:
            (chapters[-1].blocks if chapters else opening).append({"kind": kind, **value})
    return Whole(opening, chapters)


def _blocks(raw: list[dict[str, Any]], pages: dict[int, str]) -> Iterator[tuple[str, Any]]:
    for block in raw:
        kind, value = block.get("type", ""), block.get("value")
        if kind == "heading" and str(value).strip():
            yield kind, str(value).strip()
        elif kind in RICH:
            yield kind, {"parts": rich_text.said(str(value), pages)}
        elif kind == "material":
            yield kind, {"lines": [str(_value(one)) for one in value or []]}
        elif kind == "steps":
            yield kind, {"steps": [_step(_value(one), pages) for one in value or []]}


def _value(item: Any) -> Any:
    """An item of a list as Wagtail stores it, with or without its envelope."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


def _step(value: dict[str, Any], pages: dict[int, str]) -> dict[str, Any]:
    return {
        "title": str(value.get("title") or ""),
        "minutes": value.get("minutes"),
        "parts": rich_text.said(str(value.get("text") or ""), pages),
    }


def _anchor(title: str, taken: set[str]) -> str:
    """From the title, so that a link copied last year still finds its chapter; told apart when two have one title."""
    base = slugify(title)[:60].strip("-") or "chapitre"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    return anchor


def listed() -> QuerySet[Guide]:
    editions = GuideEdition.objects.order_by("-number").defer("content")
    return (
        Guide.objects.public()
        .prefetch_related("themes", Prefetch("editions", editions, to_attr="all_editions"))
        .order_by("title", "pk")
    )


def page_of(public_id: str) -> Guide | None:
    """One guide with all that its page shows: four queries."""
    editions = GuideEdition.objects.order_by("-number").defer("content").select_related("pdf")
    return (
        Guide.objects.public()
        .filter(public_id=public_id)
        .prefetch_related("themes", "articles", Prefetch("editions", editions, to_attr="all_editions"))
        .first()
    )


def content_of(guide: Guide) -> dict[str, Any]:
    """What an edition freezes."""
    return {"summary": guide.summary, "body": raw_of(guide)}


def differs(guide: Guide, edition: GuideEdition | None) -> bool:
    """Whether the text of today says something else than the edition."""
    if edition is None:
        return True
    return edition.title != guide.title or edition.digest != digest(content_of(guide))


def for_paper(edition: GuideEdition, *, address: str) -> dict[str, Any]:
    """An edition as data for its template."""
    text = whole(edition.content["body"])
    return _with_absolute_links(
        {
            "demonstration": edition.guide.is_demonstration,
            "summary": edition.content["summary"],
            "number": edition.number,
            "changes": edition.changes,
            "address": address,
            "opening": text.opening,
            "chapters": [
                {"number": one.number, "title": one.title, "blocks": one.blocks} for one in text.chapters
            ],
        }
    )  # fmt: skip


def _with_absolute_links(value: Any) -> Any:
    if isinstance(value, dict):
        found = {key: _with_absolute_links(one) for key, one in value.items()}
        if isinstance(found.get("href"), str):
            found["href"] = rich_text.absolute(found["href"])
            if found["href"].startswith("#"):
                del found["href"]
        return found
    return [_with_absolute_links(one) for one in value] if isinstance(value, list) else value
