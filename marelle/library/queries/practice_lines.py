"""Practices as lines of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from marelle.library.models import Practice


def header() -> list[str]:
    return [
        _("titre"), _("collectivité"), _("département"), _("résumé"), _("âge minimal"), _("âge maximal"), _("thèmes"),
        _("articles"), _("commencée en"), _("coût en euros"), _("reprises"), _("mise en ligne"), _("à relire le"),
        _("adresse"),
    ]  # fmt: skip


def lines(practices: Iterable[Practice]) -> Iterator[list[Any]]:
    """One line per practice of `queries.practices.listed`. A cost nobody knows is said so, never a zero."""
    for one in practices:
        town = one.organisation
        departement = town and town.territory and town.territory.departement
        yield [
            one.title, town.name if town else "", departement.code if departement else "", one.summary,
            one.age_from, one.age_to, ", ".join(theme.name for theme in one.themes.all()),
            ", ".join(str(article.number) for article in one.articles.all()), one.started_in,
            _("inconnu") if one.cost_is_unknown else one.cost_euros, one.taken_up, one.first_published_at,
            one.review_on, settings.SITE_URL + one.get_absolute_url(),
        ]  # fmt: skip
