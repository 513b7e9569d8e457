"""Reads of resources: the cards of a list, the lines of an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from marelle.library import words
from marelle.library.enums import Kind
from marelle.library.models import Resource

from .catalogue import Snapshot
from .facets import THEME

CARD = (
    "pk", "public_id", "slug", "title", "summary", "kind", "age_from", "age_to", "minutes_from", "minutes_to",
    "group_from", "group_to", "is_demonstration",
)  # fmt: skip


def cards(keys: Sequence[int]) -> list[Resource]:
    """What a list shows of these resources, in this order, in one query."""
    found = {one.pk: one for one in Resource.objects.public().only(*CARD).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def header() -> list[str]:
    return [
        _("titre"), _("nature"), _("résumé"), _("âge minimal"), _("âge maximal"), _("durée"), _("groupe"), _("cadres"),
        _("thèmes"), _("articles"), _("objectifs"), _("langues"), _("formats"), _("accessibilité"), _("licence"),
        _("première mise en ligne"), _("adresse"),
    ]  # fmt: skip


def lines(keys: Sequence[int], snapshot: Snapshot) -> Iterator[list[Any]]:
    """One line of the export per resource, in this order."""
    fields = (
        "title", "kind", "summary", "age_from", "age_to", "minutes_from", "minutes_to", "group_from", "group_to",
        "settings", "goals", "languages", "formats", "access", "licence", "first_published_at", "public_id", "slug",
    )  # fmt: skip
    found = {one.pk: one for one in Resource.objects.public().only("pk", *fields)} if keys else {}
    for key in keys:
        one, row = found.get(key), snapshot.row(key)
        if one is None or row is None:
            continue
        yield [
            one.title, Kind(one.kind).label, one.summary, one.age_from, one.age_to,
            words.duration(one.minutes_from, one.minutes_to), words.group(one.group_from, one.group_to),
            ", ".join(one.settings_in_words), ", ".join(str(snapshot.labels[THEME][slug]) for slug in row.themes),
            ", ".join(sorted(row.articles, key=int)), ", ".join(one.goals_in_words), ", ".join(one.languages_in_words),
            ", ".join(one.formats_in_words), ", ".join(one.access_in_words), one.licence, one.first_published_at,
            settings.SITE_URL + one.get_absolute_url(),
        ]  # fmt: skip
