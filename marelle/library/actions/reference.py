"""Taking in the reference data that ships with the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from marelle.audit.actions import record
from marelle.library import definition
from marelle.library.models import Article, Theme


@dataclass(frozen=True)
class Loaded:
    """How many rows there are, and how many of them the loading wrote."""

    articles: int
    themes: int
    changed: int


@transaction.atomic
def load(*, by: Any, at: datetime) -> Loaded:
    """Put the articles of the Convention and the themes as the definition says them. Run twice, it changes nothing.

    What is no longer in the definition stays: resources cite it.
    """
    articles, themes = definition.convention(), definition.themes()
    changed = sum(
        _put(
            Article, {"number": number},
            title=one.title, wording=one.wording, child_title=one.child_title, child_wording=one.child_wording,
            is_principle=one.principle, picto=one.picto,
        )
        for number, one in articles.items()
    )  # fmt: skip
    changed += sum(
        _put(Theme, {"slug": slug}, name=one.name, picto=one.picto, position=position)
        for position, (slug, one) in enumerate(themes.items(), 1)
    )
    if changed:
        record(
            "library.reference.loaded", on=Article, by=by, at=at,
            articles=len(articles), themes=len(themes), changed=changed,
        )  # fmt: skip
    return Loaded(len(articles), len(themes), changed)


def _put(model: type[models.Model], key: dict[str, Any], **said: Any) -> bool:
    """Whether a row had to be written."""
    manager: models.Manager[models.Model] = model._default_manager
    row = manager.filter(**key).first()
    if row is None:
        manager.create(**key, **said)
        return True
    if all(getattr(row, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
    return True
