"""A sheet as plain values, one by column of a table: the same from a row, from a revision, and from a cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from marelle.library.definition.imports.body import in_words, settled
from marelle.library.definition.imports.columns import CHOICES
from marelle.library.models import Practice, Resource
from marelle.library.words import ages, duration, group

Values = dict[str, Any]
PLAIN = {
    "resource": ("kind", "title", "summary", "keywords", "author", "licence"),
    "practice": (
        "title", "summary", "started_in", "context", "children_part", "steps", "cost_note", "staff", "partners",
        "result", "evidence", "failures", "advice",
    ),
}  # fmt: skip
LISTS = {"settings": "settings", "languages": "languages", "formats": "formats", "access": "access"}
BOUNDS = {"ages": "age", "minutes": "minutes", "group": "group"}
ARTICLES_AND_THEMES = ("articles", "themes")


def of_resource(data: Mapping[str, Any], *, themes: list[str], articles: list[int]) -> Values:
    values: Values = {name: data[name] or "" for name in PLAIN["resource"]}
    for name in LISTS:
        order = [code for code, _label in CHOICES[name]]
        values[name] = sorted(data[name] or [], key=lambda code: order.index(code) if code in order else len(order))
    for key, stem in BOUNDS.items():
        values[key] = _bounds(data[f"{stem}_from"], data[f"{stem}_to"])
    raw = data["body"]
    values["body"] = settled(json.loads(raw) if isinstance(raw, str) else list(raw))
    return values | _cited(data, themes, articles)


def of_practice(data: Mapping[str, Any], *, themes: list[str], articles: list[int]) -> Values:
    values: Values = {name: data[name] for name in PLAIN["practice"]}
    values["ages"] = _bounds(data["age_from"], data["age_to"])
    values["cost"] = "inconnu" if data["cost_is_unknown"] else data["cost_euros"]
    return values | _cited(data, themes, articles)


def row_data(sheet: Resource | Practice) -> dict[str, Any]:
    """What the row says, as `serializable_data` would, without asking the tables between."""
    data = {field.attname: getattr(sheet, field.attname) for field in sheet._meta.concrete_fields}
    if isinstance(sheet, Resource):
        data["body"] = list(sheet.body.raw_data)
    return data


def put_plain(sheet: Resource | Practice, key: str, value: Any) -> None:
    """Set one value on the sheet; what is cited (themes, articles) is not set here."""
    fields: dict[str, Any] = {key: value}
    if key in BOUNDS:
        low, high = value or [None, None]
        fields = {f"{BOUNDS[key]}_from": low, f"{BOUNDS[key]}_to": high}
    elif key == "body":
        fields = {"body": json.dumps([{"type": kind, "value": said} for kind, said in value])}
    elif key == "cost":
        unknown = value == "inconnu"
        fields = {"cost_is_unknown": unknown, "cost_euros": None if unknown else value}
    for name, one in fields.items():
        setattr(sheet, name, one)


def said(key: str, value: Any, theme_names: Mapping[str, str]) -> str:
    """For a page that shows the old and the new."""
    if value in (None, "", []):
        return ""
    if key in BOUNDS:
        return {"ages": ages, "minutes": duration, "group": group}[key](*value)
    if key == "themes":
        return ", ".join(theme_names.get(slug, slug) for slug in value)
    if key == "body":
        return in_words(value)
    if key in CHOICES:
        words = dict(CHOICES[key])
        return ", ".join(str(words.get(one, one)) for one in (value if isinstance(value, list) else [value]))
    return " ; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _bounds(low: int | None, high: int | None) -> list[int | None] | None:
    return None if low is None and high is None else [low, high]


def _cited(data: Mapping[str, Any], themes: list[str], articles: list[int]) -> Values:
    return {"themes": sorted(themes), "articles": sorted(articles), "goals": sorted(data["goals"] or [])}
