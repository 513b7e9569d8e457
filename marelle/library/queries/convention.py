"""What gathers on an article of the Convention, in the library itself."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Window
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from marelle.library.models import Article, Guide, Practice, Resource
from marelle.library.registry import Gathering, Item


def neighbours(number: int) -> dict[int, Article]:
    """This article, the one before and the one after, as far as they exist: one query."""
    return Article.objects.in_bulk([number - 1, number, number + 1])


def resources(number: int, most: int) -> Gathering:
    rows = _first(Resource.objects.public().filter(articles=number), most)
    about = [" · ".join(filter(None, [str(one.get_kind_display()), one.ages_in_words])) for one in rows]
    return _gathering(_("Ressources"), rows, about, f"{reverse('library:catalogue')}?article={number}")


def practices(number: int, most: int) -> Gathering:
    rows = _first(Practice.objects.public().filter(articles=number).select_related("organisation"), most)
    return _gathering(
        _("Pratiques de collectivités"), rows, [one.organisation.name for one in rows],
        f"{reverse('library:practices')}?article={number}",
    )  # fmt: skip


def guides(number: int, most: int) -> Gathering:
    rows = _first(Guide.objects.public().filter(articles=number), most)
    return _gathering(_("Guides"), rows, ["" for _one in rows], _known("library:guides"))


def _first(rows: QuerySet, most: int) -> list:
    """The latest, each knowing how many there are."""
    return list(rows.annotate(total=Window(Count("pk"))).order_by("-first_published_at", "-pk")[:most])


def _gathering(title: str, rows: list, about: list[str], address: str) -> Gathering:
    items = [
        Item(one.title, one.get_absolute_url(), said, one.is_demonstration)
        for one, said in zip(rows, about, strict=True)
    ]
    return Gathering(title, items, rows[0].total if rows else 0, address)


def _known(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
