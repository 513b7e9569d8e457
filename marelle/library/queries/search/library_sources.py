"""What the library itself brings to the search: its sheets, and the articles of the Convention. Only what is live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import strip_tags

from marelle.library.enums import Kind
from marelle.library.models import Article, Guide, Practice, Resource
from marelle.library.registry import Found

CHUNK = 200


def _rows(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.prefetch_related("themes", "articles").iterator(chunk_size=CHUNK)


def text_of(blocks: Any) -> str:
    """The words of a StreamField, whatever its blocks."""
    return strip_tags(" ".join(_strings(blocks.get_prep_value() if hasattr(blocks, "get_prep_value") else blocks)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("<", " <")
    elif isinstance(value, dict):
        for name, inside in value.items():
            if name not in {"id", "type"}:
                yield from _strings(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _strings(inside)


def page_of(name: str, *args: Any) -> str:
    """The address of a page; nothing when this installation does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _sheet(row: Any, address: str, *, keywords: str, body: str) -> Found:
    return Found(
        key=row.public_id,
        title=row.title,
        summary=row.summary,
        address=address,
        keywords=keywords,
        body=body,
        themes=tuple(theme.slug for theme in row.themes.all()),
        ages=(row.age_from, row.age_to),
        articles=tuple(article.number for article in row.articles.all()),
        dated=timezone.localdate(row.first_published_at) if row.first_published_at else None,
        is_demonstration=row.is_demonstration,
    )


def _resource(row: Resource) -> Found:
    labels = [Kind(row.kind).label, row.keywords, row.author]
    address = page_of("library:resource", row.public_id, row.slug)
    return _sheet(row, address, keywords=" ; ".join(map(str, labels)), body=text_of(row.body))


def _practice(row: Practice) -> Found:
    """Never who to talk to: that is shown on the page, by consent, and found nowhere else."""
    town = row.organisation.name if row.organisation else ""
    told = [row.context, row.children_part, *map(str, row.steps), row.cost_note, row.staff, row.partners, row.result,
            row.evidence, row.failures, row.advice]  # fmt: skip
    return _sheet(row, page_of("library:practice", row.public_id, row.slug), keywords=town, body=" ".join(told))


def _guide(row: Guide) -> Found:
    return _sheet(row, page_of("library:guide", row.public_id, row.slug), keywords="", body=text_of(row.body))


def _article(row: Article) -> Found:
    return Found(
        key=str(row.number),
        title=f"Article {row.number}. {row.title}",
        summary=row.wording[:400],
        address=page_of("library:article", row.number),
        body=f"{row.wording} {row.child_title} {row.child_wording}",
        articles=(row.number,),
    )


def resources() -> Iterable[Found]:
    return map(_resource, _rows(Resource.objects.public()))


def resource(key: str) -> Found | None:
    row = Resource.objects.public().filter(public_id=key).first()
    return _resource(row) if row else None


def practices() -> Iterable[Found]:
    return map(_practice, _rows(Practice.objects.public().select_related("organisation")))


def practice(key: str) -> Found | None:
    row = Practice.objects.public().select_related("organisation").filter(public_id=key).first()
    return _practice(row) if row else None


def guides() -> Iterable[Found]:
    return map(_guide, _rows(Guide.objects.public()))


def guide(key: str) -> Found | None:
    row = Guide.objects.public().filter(public_id=key).first()
    return _guide(row) if row else None


def articles() -> Iterable[Found]:
    return map(_article, Article.objects.iterator(chunk_size=CHUNK))


def article(key: str) -> Found | None:
    row = Article.objects.filter(number=key).first() if key.isdecimal() else None
    return _article(row) if row else None
